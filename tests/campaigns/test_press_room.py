"""The press room: one stream newest first, filters with counts, whom to call, how to follow."""

from __future__ import annotations

import re
from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from campaigns.models import MediaBankPage, PressPage, PressRoomContact, PressSettings
from core.models import Theme
from library.enums import FilmKind
from library.models import FilmPage, LibraryIndexPage
from tests.campaigns.factories import (
    PUBLISHED,
    DebateArticlePageFactory,
    PressContactFactory,
    PressReleasePageFactory,
)
from tests.library.factories import add

GAVLEBORG, STOCKHOLM, WHOLE_COUNTRY = "21", "01", "00"


@pytest.fixture
def library(home):
    return add(home, LibraryIndexPage, title="Kunskap", slug="kunskap")


@pytest.fixture
def financing(locales):
    return Theme.objects.create(
        name="Finansiering", slug="financing", summary="Pengar.", locale=locales["sv"]
    )


@pytest.fixture
def news(press_room):
    """Two releases and a debate article, over two years."""
    return [
        PressReleasePageFactory(parent=press_room, title="Äldst", date=date(2026, 4, 1)),
        DebateArticlePageFactory(parent=press_room, title="Debatten", date=date(2026, 9, 1)),
        PressReleasePageFactory(parent=press_room, title="Nyast", date=date(2027, 1, 15)),
    ]


def titles(response):
    html = response.content.decode()
    return re.findall(r'<article class="press-item">.*?<h3><a [^>]*>(.*?)</a>', html, re.DOTALL)


def choices(response, name):
    (facet,) = [facet for facet in response.context["listing"].facets if facet.name == name]
    return {choice.value: choice.count for choice in facet.choices}


def test_both_kinds_stand_by_their_own_date_newest_first(client, press_room, news):
    response = client.get(press_room.url)
    assert titles(response) == ["Nyast", "Debatten", "Äldst"]
    html = response.content.decode()
    assert "fredag 15 januari 2027" in html
    assert "Storslättens Allehanda" in html


@pytest.fixture
def webinar(library):
    """A webinar that the press wants, recorded between the debate article and the newest."""
    return add(
        library,
        FilmPage,
        title="Samtal om upphandling",
        slug="samtal",
        film_kind=FilmKind.WEBINAR,
        recorded_on=date(2026, 11, 6),
        duration=200,
        in_press_room=True,
    )


@pytest.fixture
def places(press_room, news, webinar, financing):
    """The same news in two counties and the whole country, two of them on a theme."""
    for page, county in zip(news, (GAVLEBORG, GAVLEBORG, STOCKHOLM), strict=True):
        page.county_code = county
        page.save()
    for page in (news[0], webinar):
        page.themes = [financing]
        page.save()


def test_films_that_the_press_wants_stand_in_the_same_stream(
    client, press_room, news, webinar, library
):
    add(library, FilmPage, title="Bara i biblioteket", slug="bara")
    response = client.get(press_room.url)
    assert titles(response) == ["Nyast", "Samtal om upphandling", "Debatten", "Äldst"]
    html = response.content.decode()
    assert f'href="{webinar.url}"' in html
    assert "Inspelat webbinarium" in html
    assert "3 min 20 s" in html
    assert "fredag 6 november 2026" in html


def test_a_film_without_a_day_of_recording_stands_at_its_publication(client, press_room, library):
    film = add(library, FilmPage, title="Film", slug="film", in_press_room=True)
    FilmPage.objects.filter(pk=film.pk).update(first_published_at=PUBLISHED)
    assert "måndag 1 mars 2027" in client.get(press_room.url).content.decode()


def test_another_language_has_its_own_films(client, press_room, english_press_room, webinar):
    assert titles(client.get(press_room.url)) == ["Samtal om upphandling"]
    assert titles(client.get("/en/press/")) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "release"}, ["Nyast", "Äldst"]),
        ({"kind": "debate"}, ["Debatten"]),
        ({"kind": "recording"}, ["Samtal om upphandling"]),
        ({"year": "2026"}, ["Samtal om upphandling", "Debatten", "Äldst"]),
        ({"kind": "release", "year": "2026"}, ["Äldst"]),
        ({"kind": "debate", "year": "2027"}, []),
        ({"theme": "financing"}, ["Samtal om upphandling", "Äldst"]),
        ({"theme": "financing", "county": GAVLEBORG}, ["Äldst"]),
        ({"county": GAVLEBORG}, ["Debatten", "Äldst"]),
        ({"county": STOCKHOLM}, ["Nyast"]),
        ({"county": WHOLE_COUNTRY}, ["Samtal om upphandling"]),
    ],
)
def test_the_address_filters_by_kind_year_theme_and_county(
    client, press_room, places, query, expected
):
    assert titles(client.get(press_room.url, query)) == expected


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"kind": "gossip"}, "gossip"),
        ({"year": "1999"}, "1999"),
        ({"theme": "no-such"}, "no-such"),
        ({"county": "99"}, "99"),
        ({"year": "x'\"><b>", "page": "tio"}, "x&#x27;&quot;&gt;&lt;b&gt;"),
    ],
)
def test_what_there_is_no_choice_for_is_left_out_and_told(client, press_room, news, query, said):
    response = client.get(press_room.url, query)
    assert titles(response) == ["Nyast", "Debatten", "Äldst"]
    assert f"”{said}”" in response.content.decode()


def test_each_choice_tells_how_many_it_gives_with_the_other_filters_applied(
    client, press_room, places
):
    everything = client.get(press_room.url)
    assert choices(everything, "kind") == {"release": 2, "debate": 1, "recording": 1}
    assert choices(everything, "year") == {"2027": 1, "2026": 3}
    assert choices(everything, "theme") == {"financing": 2}
    assert choices(everything, "county") == {WHOLE_COUNTRY: 1, GAVLEBORG: 2, STOCKHOLM: 1}
    filtered = client.get(press_room.url, {"kind": "release", "theme": "financing"})
    assert choices(filtered, "kind") == {"release": 1, "debate": 0, "recording": 1}
    assert choices(filtered, "year") == {"2027": 0, "2026": 1}
    assert choices(filtered, "theme") == {"financing": 1}
    assert choices(filtered, "county") == {WHOLE_COUNTRY: 0, GAVLEBORG: 1, STOCKHOLM: 0}


def test_the_counts_are_what_the_choices_give(client, press_room, places):
    """Each choice of each filter, with one other made already."""
    for query in ({}, {"kind": "release"}, {"county": GAVLEBORG}, {"theme": "financing"}):
        for facet in client.get(press_room.url, query).context["listing"].facets:
            for choice in facet.choices:
                chosen = query | {facet.name: choice.value}
                assert len(titles(client.get(press_room.url, chosen))) == choice.count, chosen


def test_an_item_with_two_themes_is_counted_once(client, press_room, news, locales, financing):
    competence = Theme.objects.create(
        name="Kompetens", slug="competence", summary="Kunskap.", locale=locales["sv"]
    )
    news[0].themes = [financing, competence]
    news[0].save()
    response = client.get(press_room.url)
    assert response.context["listing"].count == 3
    assert choices(response, "theme") == {"financing": 1, "competence": 1}
    assert titles(client.get(press_room.url, {"theme": "competence"})) == ["Äldst"]


def test_the_filters_keep_their_shape_whatever_is_chosen(client, press_room, places):
    def shape(query):
        facets = client.get(press_room.url, query).context["listing"].facets
        return [(facet.name, [choice.value for choice in facet.choices]) for facet in facets]

    assert shape({}) == shape({"kind": "debate", "year": "2027"})


def test_no_hits_say_which_filter_to_loosen(client, press_room, places):
    response = client.get(press_room.url, {"kind": "debate", "county": STOCKHOLM})
    assert titles(response) == []
    loosened = {
        filter_.label: (filter_.url, filter_.count)
        for filter_ in response.context["listing"].chosen
    }
    assert loosened == {
        "Debattartikel": (f"{press_room.url}?county={STOCKHOLM}", 1),
        "Stockholms län": (f"{press_room.url}?kind=debate", 1),
    }
    html = response.content.decode()
    assert f'href="{press_room.url}?kind=debate#hits"' in html
    assert "ger 1 träff" in html


def test_the_filters_come_before_the_news_and_the_contacts_before_both(client, press_room, news):
    PressRoomContact.objects.create(page=press_room, contact=PressContactFactory())
    html = client.get(press_room.url).content.decode()
    assert html.index("tel:+46") < html.index('name="kind"') < html.index("press-item")


def test_a_filtered_list_stays_out_of_search_engines(client, press_room, news):
    assert 'content="noindex' not in client.get(press_room.url).content.decode()
    assert 'content="noindex' in client.get(press_room.url, {"kind": "debate"}).content.decode()


def test_the_feeds_and_the_mail_follow_what_is_chosen(client, press_room, places):
    html = client.get(press_room.url, {"kind": "debate", "county": "21", "year": "2026"})
    html = html.content.decode()
    assert html.count('href="/feeds/press.rss?kind=debate&amp;county=21"') == 2
    assert html.count('href="/feeds/press.atom?kind=debate&amp;county=21"') == 2
    assert 'href="/folj-press/?kind=debate&amp;county=21"' in html
    plain = client.get(press_room.url).content.decode()
    assert plain.count('href="/feeds/press.rss"') == 2
    assert 'href="/folj-press/"' in plain


def test_the_media_bank_is_at_hand_when_there_is_one(client, press_room):
    assert "mediebank" not in client.get(press_room.url).content.decode()
    press_room.add_child(instance=MediaBankPage(title="Mediebank", slug="mediebank"))
    assert 'href="/press/mediebank/"' in client.get(press_room.url).content.decode()


def test_years_are_written_as_years(client, press_room, news):
    html = client.get(press_room.url).content.decode()
    assert 'value="2027"' in html
    assert "2 027" not in html.replace("\xa0", " ")


def test_contacts_stand_before_the_news_with_a_number_to_call(client, press_room, news):
    PressRoomContact.objects.create(page=press_room, contact=PressContactFactory())
    html = client.get(press_room.url).content.decode()
    assert 'href="tel:+46846500420"' in html
    assert 'href="mailto:press@asflyfter.example"' in html
    assert html.index("tel:+46") < html.index("press-item")


def test_asf_in_short_comes_from_the_settings(client, press_room, locales):
    PressSettings.objects.create(boilerplate="<p>Ett ASF är ett företag.</p>", locale=locales["sv"])
    assert "Ett ASF är ett företag." in client.get(press_room.url).content.decode()


def test_a_long_list_is_divided_and_keeps_the_filter(client, press_room):
    for day in range(1, 24):
        PressReleasePageFactory(parent=press_room, date=date(2027, 1, day))
    first = client.get(press_room.url, {"kind": "release"})
    assert len(titles(first)) == 20
    assert "kind=release&amp;page=2" in first.content.decode()
    assert len(titles(client.get(press_room.url, {"kind": "release", "page": "2"}))) == 3


def test_only_what_is_live_and_public_is_listed(client, press_room, news):
    PressReleasePageFactory(parent=press_room, title="Utkast", live=False)
    PageViewRestriction.objects.create(page=news[0], restriction_type=PageViewRestriction.LOGIN)
    response = client.get(press_room.url)
    assert titles(response) == ["Nyast", "Debatten"]
    assert choices(response, "kind") == {"release": 1, "debate": 1}


def test_the_home_page_gets_both_kinds_in_one_query(press_room, news, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = list(PressPage.objects.listed().newest_first()[:2])
        kinds = [(row.title, str(row.card_kind)) for row in rows]
    assert kinds == [("Nyast", "Pressmeddelande"), ("Debatten", "Debattartikel")]


def test_the_press_room_asks_as_many_questions_with_three_items_as_with_thirty(
    press_room, library, locales, financing, make_image, count_queries
):
    PressSettings.objects.create(boilerplate="<p>ASF.</p>", locale=locales["sv"])

    def add_news(numbers):
        for number in numbers:
            make = PressReleasePageFactory if number % 2 else DebateArticlePageFactory
            page = make(parent=press_room, listing_image=make_image(), county_code=GAVLEBORG)
            page.themes = [financing]
            page.save()
            film = {"title": f"Film {number}", "slug": f"film-{number}", "in_press_room": True}
            add(library, FilmPage, themes=[financing], **film)
            PressRoomContact.objects.create(page=press_room, contact=PressContactFactory())

    add_news(range(3))
    few = count_queries(press_room.url)
    add_news(range(3, 30))
    # One more row than a page holds changes nothing either.
    assert count_queries(press_room.url) == few <= 15
