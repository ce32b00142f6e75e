"""Corrections are numbered, dated and said at the top; what was said before stays readable."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction, Revision

from campaigns.models import DebateArticlePage, PressChange, PressReleasePage, PressReleasePicture
from search.indexing import rebuild
from tests.campaigns.factories import DebateArticlePageFactory, PressReleasePageFactory
from tests.campaigns.test_press_pages import structured_data

FIRST = datetime(2027, 5, 7, 8, tzinfo=UTC)


def text(words):
    return json.dumps([{"type": "text", "value": f"<p>{words}</p>"}])


def publish(page, **fields):
    """Publish a new version of the page, an hour after the one before."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture(autouse=True)
def clock():
    """The clock, which stands at ``FIRST`` until a test moves it."""
    with time_machine.travel(FIRST) as clock:
        yield clock


@pytest.fixture
def old_picture(make_image):
    return make_image(title="Förra bilden")


@pytest.fixture
def release(press_room, old_picture, locales, clock):
    """A release with two corrections: 24 became 25 at nine, and 26 at ten (UTC)."""
    release = PressReleasePageFactory(
        parent=press_room, title="24 ASF", slug="asf", body=text("Tjugofyra ställen."), date=FIRST
    )
    release.pictures.add(
        PressReleasePicture(image=old_picture, alt_text="Förra bilden", locale=locales["sv"])
    )
    release.save_revision().publish()
    for hours, number, words in ((1, 25, "Tjugofem"), (2, 26, "Tjugosex")):
        clock.move_to(FIRST + timedelta(hours=hours), tick=False)
        publish(
            release,
            title=f"{number} ASF",
            body=text(f"{words} ställen."),
            pictures=[],
            change_kind="correction",
            change_note=f"Vi skrev fel. De är {number}.",
        )
    return release


def version_url(page, number, language="sv"):
    with translation.override(language):
        return reverse("press_version", args=[page.pk, number])


def test_corrections_are_numbered_and_dated_and_stand_above_the_text(client, release):
    html = client.get(release.url).content.decode()
    top = html[: html.index("Tjugosex ställen.")]
    assert "Rättelse 2</strong>" in top or "Correction 2" in top or "Rättelse 2" in top
    for words in ("Vi skrev fel. De är 25.", "Vi skrev fel. De är 26.", "7 maj 2027 11:00"):
        assert words in top
    assert f'href="{version_url(release, 1)}"' in top


def test_the_version_before_is_readable_and_says_what_it_is(client, release):
    response = client.get(version_url(release, 2))
    html = response.content.decode()
    assert "Tjugofem ställen." in html
    assert "<h1>25 ASF</h1>" in html
    notice = html[html.index("version-notice") : html.index("<h1>")]
    assert "Vi skrev fel. De är 26." in notice
    assert f'href="{release.url}"' in notice
    # Of the correction that had been made by then it still tells.
    assert "Vi skrev fel. De är 25." in html


def test_machines_are_told_to_leave_earlier_versions_alone(client, release):
    response = client.get(version_url(release, 1))
    html = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "application/ld+json" not in html
    assert 'rel="canonical"' not in html
    assert "og:title" not in html


@pytest.mark.parametrize("url", ["/sok/?q=Tjugofyra", "/feeds/press.rss", "/feeds/press.atom"])
def test_earlier_versions_are_out_of_search_and_feeds(client, release, url):
    rebuild()
    html = client.get(url).content.decode()
    assert "Tjugofyra ställen" not in html
    assert "24 ASF" not in html
    assert "tidigare-version" not in html


def test_earlier_versions_are_out_of_the_sitemap(client, release):
    assert "tidigare-version" not in client.get("/sitemap.xml").content.decode()


def test_the_pictures_of_an_earlier_version_still_show(client, release, old_picture):
    html = client.get(version_url(release, 1)).content.decode()
    addresses = set(re.findall(r'(/media/[^" ]+)', html))
    assert old_picture.file.url in addresses
    assert {client.get(address).status_code for address in addresses} == {200}
    assert "Förra bilden" not in client.get(release.url).content.decode()


def test_an_earlier_version_goes_where_its_page_goes(client, release, old_picture):
    url = version_url(release, 1)
    PageViewRestriction.objects.create(page=release, restriction_type="login")
    assert client.get(url).status_code == client.get(old_picture.file.url).status_code == 404
    PageViewRestriction.objects.all().delete()
    assert client.get(url).status_code == 200
    PressReleasePage.objects.get().unpublish()
    assert client.get(url).status_code == client.get(old_picture.file.url).status_code == 404


def test_there_is_no_version_that_never_was(client, release):
    assert client.get(version_url(release, 3)).status_code == 404
    assert client.get(version_url(release, 1, "en")).status_code == 404
    assert client.get("/tidigare-version/999999/1/").status_code == 404


def test_an_earlier_version_outlives_the_revisions(client, release):
    call_command("purge_revisions")
    Revision.objects.exclude(pk=PressReleasePage.objects.get().live_revision_id).delete()
    assert "Tjugofyra ställen." in client.get(version_url(release, 1)).content.decode()


def test_corrections_are_said_to_machines_as_schema_org_does(client, release):
    data = structured_data(client.get(release.url))
    assert [correction["@type"] for correction in data["correction"]] == ["CorrectionComment"] * 2
    assert data["correction"][0]["text"] == "Vi skrev fel. De är 26."
    assert data["dateModified"] == (FIRST + timedelta(hours=2)).isoformat()


def test_each_language_has_its_own_history(client, release, english_press_room, locales):
    english = PressReleasePage.objects.get().copy_for_translation(locales["en"])
    english.title, english.slug = "26 ASFs", "asfs"
    english.save_revision().publish()
    english.refresh_from_db()
    assert "De är 25" not in client.get(english.url).content.decode()
    publish(english, change_kind="correction", change_note="We had the number wrong.")
    (change,) = PressChange.objects.filter(page=english.pk)
    assert change.number == 1
    html = client.get(english.url).content.decode()
    assert "We had the number wrong." in html
    assert version_url(english, 1, "en") in html
    assert "26 ASFs" in client.get(version_url(english, 1, "en")).content.decode()


def test_debate_articles_are_corrected_as_well(client, press_room):
    article = DebateArticlePageFactory(parent=press_room, body=text("Tre månader."))
    article.save_revision().publish()
    publish(article, body=text("Sex."), change_kind="correction", change_note="De är sex.")
    assert "De är sex." in client.get(article.url).content.decode()
    assert "Tre månader." in client.get(version_url(article, 1)).content.decode()
    assert DebateArticlePage.objects.get().corrections[0].number == 1


def test_a_corrected_page_keeps_the_budget_of_queries(release, count_queries):
    few = count_queries(release.url)
    assert few <= 15
    for number in range(3, 10):
        PressChange.objects.create(
            page=release,
            kind="correction",
            number=number,
            note="Fel.",
            made_at=FIRST,
            earlier=PressChange.objects.get(number=1).earlier,
        )
    assert count_queries(release.url) == few
