"""Press releases and debate articles as readers meet them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from campaigns.models import (
    DebateSignatory,
    PressReleaseContact,
    PressReleasePicture,
    PressSettings,
)
from campaigns.models.press_release_page import PressReleaseMaterial
from core.models import CustomDocument, OrganisationSettings, Theme
from tests.campaigns.factories import (
    PUBLISHED,
    DebateArticlePageFactory,
    PressContactFactory,
    PressReleasePageFactory,
)


@pytest.fixture
def organisation(locales):
    return OrganisationSettings.objects.create(
        name="Skoopi", email="info@asflyfter.example", locale=locales["sv"]
    )


@pytest.fixture
def release(press_room):
    return PressReleasePageFactory(
        parent=press_room,
        title="24 ASF öppnar sina dörrar",
        slug="24-asf",
        body=json.dumps([{"type": "text", "value": "<p>Kom och se hur det går till.</p>"}]),
    )


def structured_data(response):
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return json.loads(text)


def test_a_release_has_place_date_text_contact_and_boilerplate(client, release, locales):
    PressReleaseContact.objects.create(page=release, contact=PressContactFactory())
    PressSettings.objects.create(boilerplate="<p>Ett ASF är ett företag.</p>", locale=locales["sv"])
    html = client.get(release.url).content.decode()
    assert "Gävle" in html
    assert "måndag 1 mars 2027" in html
    assert "Kom och se hur det går till." in html
    assert 'href="tel:+46846500420"' in html
    assert "Ett ASF är ett företag." in html


def test_a_release_describes_itself_as_a_news_article(client, release, organisation, make_image):
    release.listing_image = make_image()
    release.save()
    data = structured_data(client.get(release.url))
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "24 ASF öppnar sina dörrar"
    assert data["datePublished"] == PUBLISHED.isoformat()
    assert data["dateModified"] >= data["datePublished"]
    assert data["author"]["@type"] == data["publisher"]["@type"] == "Organization"
    assert data["publisher"]["name"] == "Skoopi"
    assert data["publisher"]["logo"]["url"].endswith("/apple-touch-icon.png")
    assert data["image"].startswith("http://testserver/media/")


def test_an_article_without_a_picture_of_its_own_has_the_site_s_and_a_headline_that_fits(
    client, press_room
):
    release = PressReleasePageFactory(parent=press_room, title="Nytt " * 40)
    data = structured_data(client.get(release.url))
    assert data["image"].endswith("/img/share-default.png")
    assert len(data["headline"]) <= 110


def test_the_date_counts_where_it_is_not_the_day_of_publication(press_room):
    release = PressReleasePageFactory(parent=press_room, date=date(2026, 12, 24))
    assert release.released_at == release.modified_at == datetime(2026, 12, 23, 23, tzinfo=UTC)


def test_a_release_says_where_it_belongs_and_what_goes_with_it(
    client, press_room, release, locales
):
    draft = PressReleasePageFactory(parent=press_room, title="Ett utkast", live=False)
    other = PressReleasePageFactory(parent=press_room, title="En annan sida")
    report = CustomDocument.objects.create(
        title="Rapporten", file=ContentFile(b"rapport", name="rapport.pdf")
    )
    release.county_code = "21"
    for item in ({"document": report}, {"linked_page": other}, {"linked_page": draft}):
        release.related_material.add(PressReleaseMaterial(locale=locales["sv"], **item))
    release.save_revision().publish()
    html = client.get(release.url).content.decode()
    assert "Gävleborgs län" in html
    assert f'href="{report.url}"' in html
    assert client.get(report.url).status_code == 200
    assert "En annan sida" in html
    assert "Ett utkast" not in html


def test_hostile_text_cannot_leave_its_place(client, press_room):
    hostile = '</script><script>alert("&\'")</script>'
    release = PressReleasePageFactory(parent=press_room, title=hostile, slug="elak", place=hostile)
    response = client.get(release.url)
    assert "<script>alert" not in response.content.decode()
    assert structured_data(response)["headline"] == hostile


def test_press_pages_point_feed_readers_to_the_feeds(client, press_room, release):
    article = DebateArticlePageFactory(parent=press_room)
    for page in (press_room, release, article):
        html = client.get(page.url).content.decode()
        assert 'type="application/rss+xml"' in html
        assert f'href="{reverse("press_rss")}"' in html
        assert f'href="{reverse("press_atom")}"' in html


def test_a_debate_article_leads_to_the_newspaper_and_says_so(client, press_room, locales):
    article = DebateArticlePageFactory(parent=press_room)
    for order, role in enumerate(["Ordförande, Skoopi", "Handledare på en cykelverkstad"]):
        DebateSignatory.objects.create(
            page=article, role=role, sort_order=order, locale=locales["sv"]
        )
    response = client.get(article.url)
    html = response.content.decode()
    assert f'href="{article.article_url}"' in html
    assert "Storslättens Allehanda" in html
    assert html.index("Ordförande, Skoopi") < html.index("Handledare på en cykelverkstad")
    data = structured_data(response)
    assert data["@type"] == "OpinionNewsArticle"
    assert data["isPartOf"]["name"] == "Storslättens Allehanda"


def test_drafts_and_scheduled_releases_are_not_found(client, press_room):
    draft = PressReleasePageFactory(parent=press_room, slug="utkast", live=False)
    scheduled = PressReleasePageFactory(parent=press_room, slug="senare", live=False)
    scheduled.go_live_at = timezone.now() + timedelta(hours=1)
    scheduled.save_revision().publish()
    scheduled.refresh_from_db()
    assert not scheduled.live
    for page in (draft, scheduled):
        assert client.get(f"{press_room.url}{page.slug}/").status_code == 404


def test_a_release_asks_as_many_questions_with_three_of_each_as_with_thirty(
    press_room, release, locales, make_image, count_queries
):
    PressSettings.objects.create(boilerplate="<p>ASF.</p>", locale=locales["sv"])
    theme = Theme.objects.create(name="Finansiering", slug="f", summary="S", locale=locales["sv"])
    release.themes = [theme]
    release.save()

    def add(number):
        for order in range(number):
            PressReleaseContact.objects.create(page=release, contact=PressContactFactory())
            PressReleasePicture.objects.create(
                page=release, image=make_image(), alt_text=f"Bild {order}", locale=locales["sv"]
            )
            other = PressReleasePageFactory(parent=press_room, listing_image=make_image())
            other.themes = [theme]
            other.save()

    add(3)
    few = count_queries(release.url)
    add(27)
    assert count_queries(release.url) == few <= 15


def test_a_debate_article_asks_as_many_questions_with_three_signatories_as_with_thirty(
    press_room, locales, count_queries
):
    article = DebateArticlePageFactory(parent=press_room)

    def add(number):
        for _ in range(number):
            DebateSignatory.objects.create(page=article, role="Ordförande", locale=locales["sv"])

    add(3)
    few = count_queries(article.url)
    add(27)
    assert count_queries(article.url) == few <= 15
