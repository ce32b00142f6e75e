"""The press room: newest first, filters with counts, whom to call, what to take."""

from __future__ import annotations

import re
from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from campaigns.models import PressPage, PressRoomContact, PressRoomPicture, PressSettings
from tests.campaigns.factories import (
    DebateArticlePageFactory,
    PressContactFactory,
    PressReleasePageFactory,
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
    (facet,) = [facet for facet in response.context["facets"] if facet.name == name]
    return {choice.value: choice.count for choice in facet.choices}


def test_both_kinds_stand_by_their_own_date_newest_first(client, press_room, news):
    response = client.get(press_room.url)
    assert titles(response) == ["Nyast", "Debatten", "Äldst"]
    html = response.content.decode()
    assert "fredag 15 januari 2027" in html
    assert "Storslättens Allehanda" in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "release"}, ["Nyast", "Äldst"]),
        ({"kind": "debate"}, ["Debatten"]),
        ({"year": "2026"}, ["Debatten", "Äldst"]),
        ({"kind": "release", "year": "2026"}, ["Äldst"]),
        ({"kind": "debate", "year": "2027"}, []),
        ({"kind": "gossip"}, ["Nyast", "Debatten", "Äldst"]),
        ({"year": "1999"}, ["Nyast", "Debatten", "Äldst"]),
        ({"year": "x'\"><b>", "page": "tio"}, ["Nyast", "Debatten", "Äldst"]),
    ],
)
def test_the_address_filters_by_kind_and_year(client, press_room, news, query, expected):
    assert titles(client.get(press_room.url, query)) == expected


def test_each_choice_tells_how_many_it_gives_with_the_other_filter_applied(
    client, press_room, news
):
    everything = client.get(press_room.url)
    assert choices(everything, "kind") == {"release": 2, "debate": 1}
    assert choices(everything, "year") == {"2027": 1, "2026": 2}
    filtered = client.get(press_room.url, {"kind": "release"})
    assert choices(filtered, "kind") == {"release": 2, "debate": 1}
    assert choices(filtered, "year") == {"2027": 1, "2026": 1}


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


def test_pictures_can_be_taken_in_their_original(client, press_room, locales, make_image):
    image = make_image(size=(640, 480))
    image.credit = "Foto: ASF Lyfter"
    image.file_size = 2048
    image.save()
    PressRoomPicture.objects.create(
        page=press_room, image=image, alt_text="En cykel lagas", locale=locales["sv"]
    )
    html = client.get(press_room.url).content.decode()
    assert f'href="{image.file.url}" download' in html
    assert 'alt="En cykel lagas"' in html
    assert "(PNG" in html
    assert "640 × 480" in html.replace("\xa0", " ")
    assert "Foto: ASF Lyfter" in html
    assert client.get(image.file.url).status_code == 200


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
        kinds = [(row.title, row.press_kind) for row in rows]
    assert kinds == [("Nyast", "release"), ("Debatten", "debate")]


def test_the_press_room_asks_as_many_questions_with_three_items_as_with_thirty(
    press_room, locales, make_image, count_queries
):
    PressSettings.objects.create(boilerplate="<p>ASF.</p>", locale=locales["sv"])

    def add(numbers):
        for number in numbers:
            make = PressReleasePageFactory if number % 2 else DebateArticlePageFactory
            make(parent=press_room, listing_image=make_image())
            PressRoomContact.objects.create(page=press_room, contact=PressContactFactory())
            PressRoomPicture.objects.create(
                page=press_room, image=make_image(), alt_text="Bild", locale=locales["sv"]
            )

    add(range(3))
    few = count_queries(press_room.url)
    add(range(3, 30))
    # One more row than a page holds changes nothing either.
    assert count_queries(press_room.url) == few <= 15
