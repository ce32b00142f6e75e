"""The list's filters, against a recomputation that knows nothing of SQL."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import RequestFactory

from asflist.listing import PER_PAGE, Listing
from asflist.models import Enterprise
from asflist.text import plain, words
from tests.asflist.factories import make_enterprise, make_industry, make_list_page

TEXTS = ["", "lunch", "STÄD", "stad", "lun gäv", "ÅKERI", "finnsinte", "100%", "a_b"]
COUNTIES = ["", "21", "01", "25"]
MUNICIPALITIES = ["", "2180", "0180", "2101"]


@pytest.fixture
def entries(home):
    cafe = make_industry("Kafé och catering", "cafe-catering")
    cleaning = make_industry("Lokalvård", "cleaning")
    moving = make_industry("Åkeri och flytt", "moving")
    make_list_page(home)
    return [
        make_enterprise(name="Kafé Ån", municipality="2180", industries=[cafe]),
        make_enterprise(
            name="Städ & Co", municipality="2180", industries=[cleaning], summary="Städar trapphus."
        ),
        make_enterprise(
            name="Stadens lunchrum",
            municipality="0180",
            locality="Stockholm",
            industries=[cafe, cleaning],
        ),
        make_enterprise(
            name="Flyttgänget",
            municipality="2101",
            locality="Ockelbo",
            industries=[moving],
            offer="<p>Flytt</p><p>Åkeri</p>",
            summary="Bär allt.",
        ),
        make_enterprise(name="Utan bransch", municipality="0114", summary="100% a_b"),
        make_enterprise(name="Utkastet lunch", municipality="2180", industries=[cafe], live=False),
    ]


def listing(**params: str) -> Listing:
    return Listing(RequestFactory().get("/asf-listan/", params))


def passes(entry: Enterprise, q: str, county: str, municipality: str, industry: str) -> bool:
    """Whether ``entry`` should be found, by reading its fields one by one."""
    if not entry.live:
        return False
    if county and entry.county.code != county:
        return False
    # A municipality outside the chosen county is let go of.
    if (
        municipality
        and (not county or municipality.startswith(county))
        and entry.municipality != municipality
    ):
        return False
    if industry and industry not in [i.slug for i in entry.industries.all()]:
        return False
    texts = [entry.name, entry.summary, entry.locality, entry.place.name]
    texts += [entry.place.county.name_sv, entry.place.county.name_en]
    texts += [plain(entry.offer), plain(entry.social_benefit)]
    texts += [i.name for i in entry.industries.all()]
    entry_words = [word for text in texts for word in words(text)]
    return all(any(w.startswith(asked) for w in entry_words) for asked in words(q))


def test_every_combination_of_filters_gives_what_reading_each_entry_gives(entries):
    for q, county, municipality, industry in product(
        TEXTS, COUNTIES, MUNICIPALITIES, ["", "cafe-catering", "cleaning", "moving"]
    ):
        found = listing(q=q, county=county, municipality=municipality, industry=industry)
        names = {card.enterprise.name for card in found.cards}
        expected = {e.name for e in entries if passes(e, q, county, municipality, industry)}
        assert names == expected, (q, county, municipality, industry)
        assert found.count == len(expected)


def test_the_count_beside_a_choice_is_the_number_of_hits_it_gives(entries):
    seen = 0
    for q, county, municipality, industry in product(
        ["", "lunch", "stad"], ["", "21"], ["", "2180"], ["", "cleaning"]
    ):
        now = {"q": q, "county": county, "municipality": municipality, "industry": industry}
        here = listing(**now)
        for facet in here.facets:
            for choice in facet.choices:
                chosen = now | {facet.name: choice.value}
                if facet.name == "county":
                    chosen["municipality"] = ""
                assert listing(**chosen).count == choice.count, (now, facet.name, choice)
                seen += 1
        for row in here.map.counties:
            assert (
                listing(**now | {"county": row.county.code, "municipality": ""}).count == row.count
            )
    assert seen > 50


def test_municipalities_are_offered_within_the_chosen_county_only(entries):
    offered = {choice.value for choice in listing(county="21").municipality_facet.choices}
    assert offered == {"2180", "2101"}
    assert {c.value for c in listing().municipality_facet.choices} == {
        "2180",
        "0180",
        "2101",
        "0114",
    }


def test_swedish_letters_are_letters_of_their_own_in_either_case(entries):
    assert [card.enterprise.name for card in listing(q="städ").cards] == ["Städ & Co"]
    assert [card.enterprise.name for card in listing(q="STÄD").cards] == ["Städ & Co"]
    assert [card.enterprise.name for card in listing(q="stad").cards] == ["Stadens lunchrum"]
    assert [card.enterprise.name for card in listing(q="åkeri").cards] == ["Flyttgänget"]
    assert listing(q="akeri").count == 0


def test_names_stand_in_the_order_of_the_swedish_alphabet(home):
    for name in ("Öland", "zebra", "Ärtan", "Ålen", "éclair", "Abborre"):
        make_enterprise(name=name)
    names = [card.enterprise.name for card in listing().cards]
    assert names == ["Abborre", "éclair", "zebra", "Ålen", "Ärtan", "Öland"]


def test_no_hits_says_how_many_each_loosened_filter_gives(entries):
    found = listing(q="städ", county="21", municipality="2101", industry="moving")
    assert found.count == 0
    counts = {chosen.label: chosen.count for chosen in found.chosen}
    assert counts == {"”städ”": 1, "Gävleborgs län": 0, "Ockelbo": 0, "Åkeri och flytt": 0}
    with_text = listing(q="städ", industry="cafe-catering")
    assert {c.label: (c.count, c.url) for c in with_text.chosen} == {
        "”städ”": (2, "/asf-listan/?industry=cafe-catering"),
        "Kafé och catering": (1, "/asf-listan/?q=st%C3%A4d"),
    }


def test_without_hits_no_filter_is_said_to_give_other_than_it_gives(entries, client):
    chosen = listing(q="bär", industry="cafe-catering").chosen
    assert chosen
    for filter_ in chosen:
        assert client.get(filter_.url).context["listing"].count == filter_.count


@pytest.mark.parametrize(
    "params",
    [
        {"county": "<script>alert(1)</script>"},
        {"county": "99"},
        {"municipality": "99999"},
        {"industry": "' OR 1=1 --"},
        {"page": "abc"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "99999999999999999999"},
        {"county": "\0", "q": "\0"},
    ],
)
def test_what_the_address_cannot_mean_is_said_and_left_out(entries, client, params):
    response = client.get("/asf-listan/", params)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in html
    assert response.context["listing"].count == 5
    if params != {"county": "\0", "q": "\0"}:
        assert len(response.context["listing"].notices) == 1
        assert "enterprise-notice" in html


def test_a_municipality_outside_the_county_is_let_go_of_with_a_word(entries, client):
    found = client.get("/asf-listan/", {"county": "21", "municipality": "0180"}).context["listing"]
    assert found.count == 3
    assert "Stockholm" in found.notices[0]


def test_hostile_text_is_shown_as_text(entries, client):
    html = client.get("/asf-listan/", {"q": '"><img src=x onerror=alert(1)>'}).content.decode()
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


def test_twenty_stand_on_a_page_and_the_rest_on_the_next(home, client):
    make_list_page(home)
    for _number in range(PER_PAGE + 3):
        make_enterprise()
    assert len(client.get("/asf-listan/").context["listing"].cards) == PER_PAGE
    second = client.get("/asf-listan/", {"page": "2", "county": "21"})
    assert len(second.context["listing"].cards) == 3
    assert "county=21" in second.content.decode()


def test_links_on_the_map_keep_the_other_filters_and_name_county_and_count(entries, client):
    html = client.get("/asf-listan/", {"q": "lunch", "industry": "cafe-catering"}).content.decode()
    assert 'href="/asf-listan/?q=lunch&amp;county=21&amp;industry=cafe-catering"' in html
    assert 'aria-label="Gävleborgs län, 1 ' in html
    assert 'map.svg#county-21"' in html


def test_a_new_name_of_an_industry_is_found_at_once(entries):
    industry = make_industry(slug="cleaning")
    assert listing(q="fönsterputs").count == 0
    industry.name = "Fönsterputs"
    industry.save()
    assert listing(q="fönsterputs").count == 2
    assert listing(q="lokalvård").count == 0
