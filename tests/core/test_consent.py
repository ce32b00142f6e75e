"""From the day after its consent has ended, a picture is nowhere: no job has to run for it."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image as PillowImage

from campaigns.models import (
    CampaignMaterial,
    EventDraft,
    MediaBankItem,
    MediaBankPage,
    PressReleasePicture,
)
from core.dates import swedish_today
from core.models import CustomDocument, CustomImage
from home.models import StandardPage
from library.models import FilmPage
from tests.asflist.factories import make_enterprise, make_list_page
from tests.campaigns.factories import (
    CampaignIndexPageFactory,
    PressReleasePageFactory,
    PressRoomPageFactory,
    make_campaign,
    make_event,
)
from tests.library.factories import add, library, stream, video

#: In the name of every file of the picture, and in every word that stands with it.
MARK = "zebrafink"
LEFT = 20  # days of consent left


@pytest.fixture
def image(db):
    """A picture with credit and licence, whose consent ends in twenty days."""
    file = io.BytesIO()
    PillowImage.new("RGB", (64, 48), "#0f3d3e").save(file, "PNG")
    return CustomImage.objects.create(
        title=MARK,
        description=f"Alt om {MARK}",
        credit=f"Foto: {MARK}",
        licence="press",
        file=ImageFile(file, name=f"{MARK}.png"),
        width=64,
        height=48,
        consent_expires_on=swedish_today() + timedelta(days=LEFT),
    )


def picture_block(image):
    value = {"image": image.pk, "alt_text": f"Alt om {MARK}", "decorative": False}
    return "picture", {"image": value, "caption": f"Bildtext om {MARK}", "credit": f"Foto: {MARK}"}


def page_header(home, image):
    return add(home, StandardPage, slug="sida", listing_image=image).url


def when_shared(home, image):
    return add(home, StandardPage, slug="sida", share_image=image).url


def body(home, image):
    return add(home, StandardPage, slug="sida", body=stream(picture_block(image))).url


def card(home, image):
    index = library(home)
    add(index, FilmPage, slug="film", listing_image=image)
    return index.url


def card_in_a_body(home, image):
    shown = add(home, StandardPage, slug="sida", listing_image=image)
    block = ("cards", {"title": "Mer", "pages": [shown.pk]})
    return add(home, StandardPage, slug="annan", body=stream(block)).url


def poster_of_a_player(home, image):
    return add(library(home), FilmPage, slug="film", listing_image=image, video=video()).url


def still_of_a_film_that_is_not_here(home, image):
    return add(library(home), FilmPage, slug="film", listing_image=image).url


def film_in_a_body(home, image):
    film = add(library(home), FilmPage, slug="film", listing_image=image)
    block = ("film", {"film": film.pk, "play_here": False})
    room = PressRoomPageFactory(parent=home, slug="press")
    return PressReleasePageFactory(parent=room, slug="nytt", body=stream(block)).url


def enterprise_page(home, image):
    make_list_page(home)
    return make_enterprise(picture=image).get_url()


def logo(home, image):
    make_list_page(home)
    return make_enterprise(logo=image).get_url()


def enterprise_card(home, image):
    make_enterprise(picture=image)
    return make_list_page(home).url


def campaign_card(home, image):
    index = CampaignIndexPageFactory(parent=home, slug="kampanjer")
    make_campaign(index, slug="dagen", listing_image=image)
    return index.url


def campaign(home, image):
    index = CampaignIndexPageFactory(parent=home, slug="kampanjer")
    return make_campaign(index, slug="dagen", listing_image=image).url


def campaign_kit(home, image):
    page = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"), slug="dagen")
    CampaignMaterial.objects.create(page=page, image=image, locale=page.locale)
    return page.url


def campaign_kit_as_zip(home, image):
    page = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"), slug="dagen")
    poster = CustomDocument.objects.create(
        title="Affisch", file=ContentFile(b"affisch", name="affisch.pdf")
    )
    CampaignMaterial.objects.create(page=page, image=image, locale=page.locale)
    CampaignMaterial.objects.create(page=page, document=poster, locale=page.locale)
    return reverse("campaign_kit", args=[page.pk])


def event(home, image):
    page = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"), slug="dagen")
    return make_event(page, picture=image, picture_alt=f"Alt om {MARK}").get_url()


def press_release(home, image):
    room = PressRoomPageFactory(parent=home, slug="press")
    page = PressReleasePageFactory(parent=room, slug="nytt", listing_image=image)
    PressReleasePicture.objects.create(
        page=page,
        image=image,
        alt_text=f"Alt om {MARK}",
        caption=f"Bildtext om {MARK}",
        locale=page.locale,
    )
    return page.url


def in_the_bank(home, image):
    room = PressRoomPageFactory(parent=home, slug="press")
    item = MediaBankItem.objects.create(
        title=f"Bild av {MARK}", image=image, alt_text=f"Alt om {MARK}", locale=home.locale
    )
    bank = room.add_child(
        instance=MediaBankPage(title="Mediebank", slug="mediebank", locale=home.locale)
    )
    return room, bank, item


def press_room(home, image):
    return in_the_bank(home, image)[0].url


def media_bank(home, image):
    return in_the_bank(home, image)[1].url


def media_bank_as_zip(home, image):
    _room, _bank, item = in_the_bank(home, image)
    return f"{reverse('media_bank_zip')}?item={item.pk}"


WAYS = [
    page_header,
    when_shared,
    body,
    card,
    card_in_a_body,
    poster_of_a_player,
    still_of_a_film_that_is_not_here,
    film_in_a_body,
    enterprise_page,
    logo,
    enterprise_card,
    campaign_card,
    campaign,
    campaign_kit,
    campaign_kit_as_zip,
    event,
    press_release,
    press_room,
    media_bank,
    media_bank_as_zip,
]


def seen(client, url):
    """Return all that a visitor is sent from ``url``, redirects followed."""
    response = client.get(url, follow=True)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace").lower()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_picture_goes_with_its_words_when_consent_ends(client, home, image, way):
    url = way(home, image)
    assert MARK in seen(client, url)
    with time_machine.travel(timezone.now() + timedelta(days=LEFT + 1), tick=False):
        assert MARK not in seen(client, url)


def test_consent_ends_with_the_swedish_day(image):
    zone = timezone.get_default_timezone()
    midnight = datetime.combine(image.consent_expires_on + timedelta(days=1), time.min, zone)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert not image.is_expired
        assert CustomImage.objects.usable().exists()
        assert not CustomImage.objects.expired().exists()
    with time_machine.travel(midnight, tick=False):
        assert image.is_expired
        assert not CustomImage.objects.usable().exists()
        assert CustomImage.objects.expired().exists()


def test_every_file_is_gone_for_visitors_and_there_for_staff(client, home, image, superuser):
    page_header(home, image)
    names = [image.file.name, *image.renditions.values_list("file", flat=True)]
    assert len(names) > 10
    urls = [default_storage.url(name) for name in names]
    assert {client.get(url).status_code for url in urls} == {200}
    with time_machine.travel(timezone.now() + timedelta(days=LEFT + 1), tick=False):
        assert {client.get(url).status_code for url in urls} == {404}
        client.force_login(superuser)
        response = client.get(urls[0])
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_no_cache_may_keep_a_file_longer_than_consent_holds(client, home, image):
    page_header(home, image)
    assert "max-age=3600" in client.get(image.file.url)["Cache-Control"]
    zone = timezone.get_default_timezone()
    midnight = datetime.combine(image.consent_expires_on + timedelta(days=1), time.min, zone)
    with time_machine.travel(midnight - timedelta(minutes=10), tick=False):
        assert "max-age=600" in client.get(image.file.url)["Cache-Control"]


def test_the_picture_when_shared_is_the_listing_picture_when_its_own_has_ended(
    home, image, make_image
):
    other = make_image(title="Annan")
    page = add(home, StandardPage, slug="sida", share_image=image, listing_image=other)
    assert page.share_picture == image
    with time_machine.travel(timezone.now() + timedelta(days=LEFT + 1), tick=False):
        assert page.share_picture == other


def test_the_words_of_a_picture_are_in_no_search(home, image):
    page = add(home, StandardPage, slug="sida", body=stream(picture_block(image)))
    assert not [text for text in page.get_searchable_text() if MARK in text]


def test_an_event_s_picture_is_public_while_the_event_is(client, home, image):
    page = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"), slug="dagen")
    shown = make_event(page, picture=image, picture_alt="Alt", publish=False)
    assert client.get(image.file.url).status_code == 404
    shown.get_latest_revision().publish()
    assert client.get(image.file.url).status_code == 200
    page.unpublish()
    assert client.get(image.file.url).status_code == 404


def test_a_picture_in_the_bank_is_public_in_whichever_language(client, home, image, locales):
    item = MediaBankItem.objects.create(
        title="Bild", image=image, alt_text="Alt", locale=home.locale
    )
    item.copy_for_translation(locales["en"]).save()
    item.delete()
    assert client.get(image.file.url).status_code == 200
    MediaBankItem.objects.all().delete()
    assert client.get(image.file.url).status_code == 404


def test_what_an_organiser_has_sent_and_nobody_approved_is_never_served(client, home, superuser):
    page = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"), slug="dagen")
    draft = EventDraft.objects.create(campaign=page)
    draft.picture.save("bild.png", ContentFile(b"bild"))
    assert draft.picture.name.startswith("event_drafts/")
    assert client.get(draft.picture.url).status_code == 404
    client.force_login(superuser)
    assert client.get(draft.picture.url).status_code == 404


def test_staff_see_a_picture_whose_consent_has_ended_marked(client, home, image, superuser):
    with time_machine.travel(timezone.now() + timedelta(days=LEFT + 1), tick=False):
        client.force_login(superuser)
        for url in (
            reverse("wagtailimages:index"),
            f"{reverse('wagtailimages:index')}?layout=list",
            reverse("wagtailimages:edit", args=[image.pk]),
        ):
            html = client.get(url).content.decode()
            assert image.consent_in_words in html
        chooser = client.get(reverse("wagtailimages_chooser:choose"))
        assert MARK not in chooser.content.decode()


def test_the_form_for_pictures_has_credit_licence_and_consent(admin_client_sv, image):
    html = admin_client_sv.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    for name in ("credit", "licence", "consent_expires_on"):
        assert f'name="{name}"' in html
    assert f'value="{image.consent_expires_on.isoformat()}"' in html
