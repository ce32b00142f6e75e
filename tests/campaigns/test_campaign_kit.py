"""The campaign kit: each file with its facts, and all of them as one streamed zip."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from campaigns.dates import swedish_today
from campaigns.models import CampaignMaterial
from core.models import CustomDocument
from tests.campaigns.factories import make_campaign


@pytest.fixture
def campaign(campaigns):
    return make_campaign(campaigns, slug="dagen")


def add_document(campaign, title="Affisch A4", content=b"%PDF-1.7 affisch", **fields):
    document = CustomDocument.objects.create(
        title=title, file=ContentFile(content, name="affisch.pdf")
    )
    return CampaignMaterial.objects.create(
        page=campaign,
        document=document,
        material_kind="poster",
        locale=campaign.locale,
        sort_order=campaign.material.count(),
        **fields,
    )


def add_image(campaign, image):
    return CampaignMaterial.objects.create(
        page=campaign,
        image=image,
        material_kind="logo",
        locale=campaign.locale,
        sort_order=campaign.material.count(),
    )


def kit(client, campaign):
    response = client.get(reverse("campaign_kit", args=[campaign.pk]))
    assert response.status_code == 200
    assert response.streaming
    content = b"".join(response)
    assert response.headers["Content-Type"] == "application/zip"
    assert int(response.headers["Content-Length"]) == len(content)
    return zipfile.ZipFile(io.BytesIO(content))


def test_each_file_says_its_kind_format_size_and_pixels(client, campaign, make_image):
    add_document(campaign, note="Fyll i era tider.")
    add_image(campaign, make_image(title="Logotyp liggande", size=(640, 200)))
    html = client.get(campaign.url).content.decode()
    assert "Affisch A4" in html
    assert "(PDF, 16" in html
    assert "Fyll i era tider." in html
    assert "Logotyp liggande" in html
    assert "640 × 200 px" in html
    assert "(PNG, " in html
    assert f'href="/campaigns/{campaign.pk}/kit.zip"' in html


def test_the_zip_holds_every_file_with_names_that_say_what_they_are(client, campaign, make_image):
    add_document(campaign)
    add_document(campaign, content=b"en annan")
    add_document(campaign, title="../../Öppet “hus”: så här?")
    add_document(campaign, title="…")
    image = make_image(title="Logotyp")
    add_image(campaign, image)
    files = kit(client, campaign)
    assert files.testzip() is None
    assert files.namelist() == [
        "dagen/affisch-a4.pdf",
        "dagen/affisch-a4-2.pdf",
        "dagen/oppet-hus-sa-har.pdf",
        "dagen/poster.pdf",
        "dagen/logotyp.png",
    ]
    assert files.read("dagen/affisch-a4-2.pdf") == b"en annan"
    with image.file.open() as original:
        assert files.read("dagen/logotyp.png") == original.read()


def test_a_picture_whose_consent_has_ended_is_neither_shown_nor_sent(client, campaign, make_image):
    add_document(campaign)
    image = make_image(title="Porträtt")
    add_image(campaign, image)
    image.consent_expires_on = swedish_today()
    image.save()
    assert "dagen/portratt.png" in kit(client, campaign).namelist()
    image.consent_expires_on = swedish_today() - timedelta(days=1)
    image.save()
    assert kit(client, campaign).namelist() == ["dagen/affisch-a4.pdf"]
    assert "Porträtt" not in client.get(campaign.url).content.decode()


def test_a_document_behind_a_lock_is_not_sent(client, campaign):
    add_document(campaign)
    locked = add_document(campaign, title="Hemlig").document
    locked.collection = Collection.get_first_root_node().add_child(name="Låst")
    locked.save()
    CollectionViewRestriction.objects.create(
        collection=locked.collection, restriction_type="password", password="x"
    )
    assert kit(client, campaign).namelist() == ["dagen/affisch-a4.pdf"]


def test_a_file_that_is_gone_does_not_stop_the_rest(client, campaign):
    gone = add_document(campaign, title="Borta").document
    add_document(campaign)
    gone.file.storage.delete(gone.file.name)
    assert kit(client, campaign).namelist() == ["dagen/affisch-a4.pdf"]


def test_only_a_public_campaign_with_material_has_a_kit(client, campaign):
    url = reverse("campaign_kit", args=[campaign.pk])
    assert client.get(url).status_code == 404
    add_document(campaign)
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 405
    restriction = PageViewRestriction.objects.create(page=campaign, restriction_type="login")
    assert client.get(url).status_code == 404
    restriction.delete()
    campaign.unpublish()
    assert client.get(url).status_code == 404


def test_one_file_alone_needs_no_zip(client, campaign):
    add_document(campaign)
    assert "kit.zip" not in client.get(campaign.url).content.decode()


def test_each_language_has_its_own_material(client, campaign, campaigns, english_home, locales):
    campaigns.copy_for_translation(locales["en"]).save_revision().publish()
    add_document(campaign)
    english = campaign.copy_for_translation(locales["en"])
    english.save_revision().publish()
    english.refresh_from_db()
    item = english.material.get()
    item.document = CustomDocument.objects.create(
        title="Poster A4", file=ContentFile(b"%PDF-1.7", name="poster.pdf"), language="en"
    )
    item.save()
    assert kit(client, english).namelist() == [f"{english.slug}/poster-a4.pdf"]
    assert "Affisch A4" not in client.get(english.url).content.decode()
    assert kit(client, campaign).namelist() == ["dagen/affisch-a4.pdf"]


def test_the_kit_costs_one_query_however_much_it_holds(campaign, count_queries, make_image):
    add_document(campaign)
    few = count_queries(campaign.url)
    for number in range(10):
        add_document(campaign, title=f"Affisch {number}")
        add_image(campaign, make_image(title=f"Bild {number}"))
    assert count_queries(campaign.url) == few <= 15
