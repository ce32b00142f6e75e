"""The press room's feeds: valid, per language, only what is public."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction
from wagtailmedia.models import Media

from core.models import OrganisationSettings, Theme
from library.models import FilmPage, LibraryIndexPage
from tests.campaigns.factories import (
    PUBLISHED,
    DebateArticlePageFactory,
    PressReleasePageFactory,
)
from tests.library.factories import add

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def news(press_room):
    return [
        PressReleasePageFactory(parent=press_room, title="Äldst & först", date=date(2026, 4, 1)),
        DebateArticlePageFactory(parent=press_room, title="Debatten", date=date(2026, 9, 1)),
        PressReleasePageFactory(parent=press_room, title="Nyast", date=date(2027, 3, 1)),
    ]


@pytest.fixture
def organisation(locales):
    return OrganisationSettings.objects.create(
        name="Skoopi", email="info@asflyfter.example", locale=locales["sv"]
    )


def rss(client, url="/feeds/press.rss", **headers):
    response = client.get(url, **headers)
    assert response.status_code == 200
    return ElementTree.XML(response.content).find("channel")


def atom(client, url="/feeds/press.atom"):
    return ElementTree.XML(client.get(url).content)


def test_the_addresses_follow_the_language_and_not_the_press_room_s_slug(press_room):
    assert reverse("press_rss") == "/feeds/press.rss"
    with translation.override("en"):
        assert reverse("press_rss") == "/en/feeds/press.rss"
        assert reverse("press_atom") == "/en/feeds/press.atom"


def test_rss_has_what_its_specification_requires(client, press_room, news):
    response = client.get("/feeds/press.rss")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.XML(response.content)
    assert root.attrib["version"] == "2.0"
    channel = root.find("channel")
    assert channel.findtext("title") == "Pressrum – ASF Lyfter"
    assert channel.findtext("link") == "http://localhost/press/"
    assert channel.findtext("description")
    assert channel.findtext("language") == "sv"
    own = channel.find(f"{ATOM}link")
    assert own.attrib == {"rel": "self", "href": "http://testserver/feeds/press.rss"}
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Nyast", "Debatten", "Äldst & först"]
    for item, page in zip(items, reversed(news), strict=True):
        assert item.findtext("link") == item.findtext("guid") == page.get_full_url()
        assert item.find("guid").get("isPermaLink", "true") == "true"
        assert parsedate_to_datetime(item.findtext("pubDate")) == page.released_at
        assert item.findtext("description") == page.introduction


def test_atom_has_what_its_rfc_requires(client, press_room, news, organisation):
    response = client.get("/feeds/press.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.XML(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert feed.findtext(f"{ATOM}id")
    assert feed.findtext(f"{ATOM}title")
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Skoopi"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/feeds/press.atom"
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    for entry, page in zip(entries, reversed(news), strict=True):
        assert entry.findtext(f"{ATOM}title") == page.title
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}published")) == page.released_at
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == page.modified_at


def test_each_language_has_its_own_feed(client, press_room, news, english_press_room, locales):
    release = news[2].copy_for_translation(locales["en"])
    release.title = "Newest"
    release.save_revision().publish()
    channel = rss(client, "/en/feeds/press.rss")
    assert channel.findtext("language") == "en"
    assert [item.findtext("title") for item in channel.findall("item")] == ["Newest"]
    assert (
        channel.find("item").findtext("link") == "http://localhost/en/press/" + release.slug + "/"
    )


def test_there_is_no_feed_without_a_press_room_in_the_language(client, press_room, english_home):
    assert client.get("/en/feeds/press.rss").status_code == 404


def test_what_is_not_public_is_in_no_feed(client, press_room, news):
    PressReleasePageFactory(parent=press_room, title="Utkast", live=False)
    PageViewRestriction.objects.create(page=news[0], restriction_type=PageViewRestriction.LOGIN)
    titles = [item.findtext("title") for item in rss(client).findall("item")]
    assert titles == ["Nyast", "Debatten"]
    entries = [entry.findtext(f"{ATOM}title") for entry in atom(client).findall(f"{ATOM}entry")]
    assert entries == titles


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", 'A & B ]]> "C"', "Tecken\x08 som XML\x1b inte tål"]
)
def test_hostile_text_stays_text(client, press_room, title):
    PressReleasePageFactory(parent=press_room, title=title, slug="elak", introduction=title)
    readable = title.replace("\x08", "").replace("\x1b", "")
    item = rss(client).find("item")
    assert item.findtext("title") == readable
    assert "<" not in item.findtext("description")
    assert atom(client).findtext(f"{ATOM}entry/{ATOM}title") == readable


def test_the_categories_are_the_development_areas_in_the_feed_s_language(
    client, press_room, news, english_press_room, locales
):
    theme = Theme.objects.create(
        name="Finansiering", slug="financing", summary="Pengar.", locale=locales["sv"]
    )
    english_theme = theme.copy_for_translation(locales["en"])
    english_theme.name = "Financing"
    english_theme.save()
    for page in (news[2], news[2].copy_for_translation(locales["en"])):
        page.themes = [theme]
        page.save_revision().publish()
    assert rss(client).find("item").findtext("category") == "Finansiering"
    assert rss(client, "/en/feeds/press.rss").find("item").findtext("category") == "Financing"


def test_only_the_newest_twenty_are_there(client, press_room):
    for day in range(1, 23):
        PressReleasePageFactory(parent=press_room, title=f"Dag {day}", date=date(2027, 1, day))
    titles = [item.findtext("title") for item in rss(client).findall("item")]
    assert len(titles) == 20
    assert titles[0] == "Dag 22"


@pytest.mark.parametrize("url", ["/feeds/press.rss", "/feeds/press.atom"])
def test_a_reader_that_has_the_feed_is_not_sent_it_again(client, press_room, news, url):
    first = client.get(url)
    assert parsedate_to_datetime(first["Last-Modified"]) == PUBLISHED
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    news[0].last_published_at = PUBLISHED + timedelta(days=1)
    news[0].title = "Rättad"
    news[0].save()
    again = client.get(
        url,
        headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]},
    )
    assert again.status_code == 200
    assert parsedate_to_datetime(again["Last-Modified"]) == datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


def test_a_feed_sets_no_cookie_and_may_be_kept_by_anything_in_front(client, press_room, news):
    response = client.get("/feeds/press.rss")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]


@pytest.mark.parametrize("url", ["/feeds/press.rss", "/feeds/press.atom"])
def test_a_feed_asks_as_many_questions_with_three_items_as_with_thirty(
    press_room, locales, count_queries, url
):
    themes = [
        Theme.objects.create(name=name, slug=name, summary="S", locale=locales["sv"])
        for name in ("a", "b")
    ]

    def add(number):
        for _ in range(number):
            page = PressReleasePageFactory(parent=press_room)
            page.themes = themes
            page.save()

    add(3)
    few = count_queries(url)
    add(27)
    assert count_queries(url) == few <= 15


FEEDS = ["/feeds/press.rss", "/feeds/press.atom"]


@pytest.fixture
def financing(locales):
    return Theme.objects.create(
        name="Finansiering", slug="financing", summary="Pengar.", locale=locales["sv"]
    )


@pytest.fixture
def film(home):
    """A film for the press, with its file."""
    library = add(home, LibraryIndexPage, title="Kunskap", slug="kunskap")
    video = Media.objects.create(
        title="Film", type="video", file=ContentFile(b"film" * 25, name="film.mp4"), duration=60
    )
    return add(
        library,
        FilmPage,
        title="Samtalet",
        slug="samtalet",
        video=video,
        recorded_on=date(2026, 11, 6),
        in_press_room=True,
    )


@pytest.fixture
def varied(news, film, financing):
    """News of every kind, in a county and the whole country, some of it on a theme."""
    news[0].county_code = news[1].county_code = "21"
    news[0].themes = [financing]
    for page in news:
        page.save()
    film.themes = [financing]
    film.save()


def parsed(client, url, query=None):
    """The feed as an independent parser reads it, which has nothing to complain of."""
    response = client.get(url, query)
    assert response.status_code == 200
    headers = {"content-type": response["Content-Type"]}
    feed = feedparser.parse(response.content, response_headers=headers)
    assert feed.bozo is False, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize(
    ("query", "expected", "title"),
    [
        ({}, ["Nyast", "Samtalet", "Debatten", "Äldst & först"], "Pressrum – ASF Lyfter"),
        ({"kind": ""}, ["Nyast", "Samtalet", "Debatten", "Äldst & först"], "Pressrum – ASF Lyfter"),
        ({"kind": "debate"}, ["Debatten"], "Pressrum: Debattartikel – ASF Lyfter"),
        (
            {"theme": "financing"},
            ["Samtalet", "Äldst & först"],
            "Pressrum: Finansiering – ASF Lyfter",
        ),
        ({"county": "21"}, ["Debatten", "Äldst & först"], "Pressrum: Gävleborgs län – ASF Lyfter"),
        ({"county": "00"}, ["Nyast", "Samtalet"], "Pressrum: Hela landet – ASF Lyfter"),
        (
            {"kind": "release", "county": "21"},
            ["Äldst & först"],
            "Pressrum: Pressmeddelande, Gävleborgs län – ASF Lyfter",
        ),
        ({"kind": "recording", "county": "21"}, [], None),
    ],
)
@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_gives_what_the_press_room_gives(
    client, press_room, varied, organisation, url, query, expected, title
):
    feed = parsed(client, url, query)
    assert [entry.title for entry in feed.entries] == expected
    if title:
        assert feed.feed.title == title
    links = {link.rel: link.href for link in feed.feed.links}
    asked = {name: value for name, value in query.items() if value}
    tail = "?" + "&".join(f"{name}={value}" for name, value in asked.items()) if asked else ""
    assert links["self"] == f"http://testserver{url}{tail}"
    assert links["alternate"] == f"http://localhost/press/{tail}"


@pytest.mark.parametrize("query", [{}, {"kind": "release"}, {"theme": "financing"}])
@pytest.mark.parametrize("url", FEEDS)
def test_an_independent_parser_finds_all_that_is_required(
    client, press_room, varied, organisation, url, query
):
    """RFC 4287 § 4.1.1–2 (id, title, updated, author) and RSS 2.0 (title, link, description)."""
    feed = parsed(client, url, query)
    assert feed.feed.title
    assert feed.feed.link
    assert feed.feed.subtitle
    assert feed.feed.language == "sv"
    assert feed.feed.updated_parsed
    if feed.version == "atom10":
        assert feed.feed.id
        assert feed.feed.author == "Skoopi"
    assert feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.title
        assert entry.link.startswith("http://localhost/")
        assert entry.published_parsed
        if feed.version == "atom10":
            assert entry.updated_parsed


def test_two_filtered_feeds_are_not_taken_for_the_same(client, press_room, varied):
    ids = [parsed(client, FEEDS[1], {"kind": kind}).feed.id for kind in ("", "debate", "release")]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("url", FEEDS)
def test_a_film_comes_with_its_file(client, press_room, film, url):
    (entry,) = parsed(client, url).entries
    assert entry.link == "http://localhost/kunskap/samtalet/"
    (file,) = entry.enclosures
    assert file.href == f"http://testserver{film.video.url}"
    assert (file.type, file.length) == ("video/mp4", "100")
    assert datetime(*entry.published_parsed[:5], tzinfo=UTC) == datetime(
        2026, 11, 5, 23, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "query", [{"kind": "gossip"}, {"theme": "no-such"}, {"county": "99"}, {"county": "21\0"}]
)
@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_of_what_there_is_not_does_not_pretend_to_be_everything(
    client, press_room, news, url, query
):
    assert client.get(url, query).status_code == 404


@pytest.mark.parametrize("url", FEEDS)
def test_a_filtered_feed_is_not_sent_again_either(client, press_room, varied, url):
    for query in ({"county": "21"}, {"county": "01"}):  # one with news, one without
        first = client.get(url, query)
        again = client.get(url, query, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert first["ETag"] != client.get(url)["ETag"]


def test_what_is_published_late_under_an_early_date_reaches_who_asks_by_date(
    client, press_room, news
):
    first = client.get(FEEDS[0])
    later = PUBLISHED + timedelta(days=3)
    PressReleasePageFactory(
        parent=press_room, date=date(2026, 1, 1), first_published_at=later, last_published_at=later
    )
    again = client.get(FEEDS[0], headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 200
