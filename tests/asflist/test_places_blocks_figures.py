"""Places, the blocks for page bodies, and the list in numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.blocks import StructBlockValidationError

from asflist.applications.who_forms import WhereForm
from asflist.blocks import CountyMapBlock, EnterprisesBlock
from asflist.figures import SectorFigures, sector_figures
from asflist.places import (
    counties,
    counties_by_name,
    county_choices,
    municipalities,
    municipality,
)
from tests.asflist.factories import make_enterprise, make_industry, make_list_page


def test_there_are_21_counties_and_290_municipalities_each_in_its_county():
    assert len(counties()) == 21
    assert len(municipalities()) == 290
    assert all(place.code.startswith(place.county_code) for place in municipalities())
    assert municipality("2180").name == "Gävle"
    assert municipality("2180").county.name_sv == "Gävleborgs län"
    assert municipality("9999") is None


def test_counties_are_chosen_from_in_alphabetical_order():
    names = [name for _code, name in county_choices()]
    assert (names[0], names[-2:]) == ("Blekinge län", ["Örebro län", "Östergötlands län"])
    with translation.override("en"):
        english = [county.name for county in counties_by_name()]
        asked = [name for _code, name in WhereForm.base_fields["delivers_to"].choices]
    assert english == asked
    assert english[0] == "Blekinge County"


def cards(rf, **value):
    block = EnterprisesBlock()
    context = block.get_context(block.to_python({"title": "x"} | value), {"request": rf.get("/")})
    return [card.enterprise.name for card in context["cards"]]


@pytest.fixture
def four(home):
    make_list_page(home)
    cafe = make_industry()
    now = timezone.now()
    return [
        make_enterprise(
            name=name,
            municipality=place,
            industries=[cafe] if n % 2 else [],
            tags=["surdeg"] if n == 3 else [],
            first_published_at=now - timedelta(days=n),
        )
        for n, (name, place) in enumerate(
            [("A", "2180"), ("B", "2180"), ("C", "0180"), ("D", "0180")]
        )
    ]


def test_a_rule_gives_the_newest_that_fit_it(four, rf):
    cafe = make_industry()
    assert cards(rf) == ["A", "B", "C"]
    assert cards(rf, number=1) == ["A"]
    assert cards(rf, county="01") == ["C", "D"]
    assert cards(rf, industry=cafe.pk) == ["B", "D"]
    assert cards(rf, industry=cafe.pk, county="01") == ["D"]
    assert cards(rf, tag="Surdeg") == ["D"]


def test_those_chosen_by_hand_stand_in_the_chosen_order(four, rf):
    assert cards(rf, chosen=[four[3].pk, four[0].pk], county="21") == ["D", "A"]


def test_the_industry_of_a_rule_must_be_the_swedish_one(four, locales):
    english = make_industry("Café", locale=locales["en"])
    block = EnterprisesBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"title": "x", "number": 3, "industry": english.pk}))


def block_queries(rf):
    """Return how many queries both blocks take on one page, none of them twice."""
    cache.clear()
    request = rf.get("/")
    with CaptureQueriesContext(connection) as captured:
        for block in (EnterprisesBlock(), CountyMapBlock()):
            value = block.to_python({"title": "x", "number": 12})
            assert block.render(value, {"request": request})
    asked = [query["sql"] for query in captured.captured_queries]
    assert len(asked) == len(set(asked))
    return len(asked)


def test_blocks_take_the_same_queries_for_three_rows_and_thirty(home, rf):
    make_list_page(home)
    cafe = make_industry()
    for _number in range(3):
        make_enterprise(industries=[cafe])
    few = block_queries(rf)
    for _number in range(27):
        make_enterprise(industries=[cafe], municipality="0180")
    assert block_queries(rf) == few


def test_the_map_counts_each_county_and_leads_to_the_list(four, rf):
    block = CountyMapBlock()
    html = block.render(block.to_python({"title": "Karta"}), {"request": rf.get("/")})
    assert html.count("map.svg#county-") == 21
    assert html.count('href="/asf-listan/?county=21"') == 2
    assert "county=25" not in html


@pytest.mark.parametrize("block", [EnterprisesBlock(), CountyMapBlock()])
def test_blocks_are_previewed(four, rf, block):
    html = block.render(block.normalize(block.get_preview_value()), {"request": rf.get("/")})
    assert block.get_preview_value()["title"] in html
    assert block.meta.icon
    assert block.meta.description


def test_figures_are_counted_once_an_enterprise_in_one_query(
    four, english_home, django_assert_num_queries
):
    english = four[1].copy_for_translation(english_home.locale)
    english.save()
    make_enterprise(live=False, employees=1000)
    make_enterprise(employees=None, participants=None)
    make_enterprise(entry_type="sales", employees=9)
    with django_assert_num_queries(1):
        figures = sector_figures()
    assert figures == SectorFigures(
        enterprises=5, employees=16, participants=28, by_county=figures.by_county
    )
    assert figures.counties == 2
    assert sum(figures.by_county.values()) == 5


def test_figures_of_an_empty_list_are_noughts(locales):
    assert sector_figures() == SectorFigures(0, 0, 0, {})


def test_points_are_written_with_a_decimal_point_in_swedish(four, client):
    html = client.get(four[0].get_url()).content.decode()
    assert f'cx="{four[0].place.map_x}"' in html
    assert render_to_string("asflist/components/county_map.html", {"map": None})
