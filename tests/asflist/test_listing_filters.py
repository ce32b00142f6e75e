"""The list's filters, against a recomputation that reads each entry field by field."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product
from math import acos, cos, radians, sin

import pytest
from django.test import RequestFactory
from django.utils import timezone

from asflist.listing import PER_PAGE, Listing
from asflist.models import Enterprise
from asflist.places import municipalities as every_municipality
from asflist.places import municipality as place_of
from asflist.text import plain
from tests.asflist.factories import make_enterprise, make_industry, make_list_page

TEXTS = ["", "lunch", "STÄD", "stad", "lun gäv", "ÅKERI", "finnsinte", "100%", "flyttstäd"]
COUNTIES = ["", "21", "01", "25"]
MUNICIPALITIES = ["", "2180", "0180", "2101"]
WORD = re.compile(r"[^\W_]+")


@pytest.fixture
def entries(home):
    cafe = make_industry("Kafé och catering", "cafe-catering")
    cleaning = make_industry("Lokalvård", "cleaning", synonyms="städning, flyttstäd")
    moving = make_industry("Åkeri och flytt", "moving")
    make_industry("Kontorsflytt", "office-moving", parent=moving)
    make_list_page(home)
    today = timezone.localdate()
    return [
        make_enterprise(
            name="Kafé Ån",
            municipality="2180",
            industries=[cafe],
            latitude=60.67,
            longitude=17.14,
            procurement=["reserved", "direct"],
            target_group_share=30,
            certified_until=today,
        ),
        make_enterprise(
            name="Städ & Co",
            municipality="2180",
            industries=[cleaning],
            summary="Städar trapphus.",
            languages=["so"],
            member_since=today + timedelta(days=1),
            target_group_share=29,
        ),
        make_enterprise(
            name="Stadens lunchrum",
            municipality="0180",
            locality="Stockholm",
            industries=[cafe, cleaning],
            delivers_to=["21", "03"],
            certified_until=today - timedelta(days=1),
            member_since=today,
        ),
        make_enterprise(
            name="Flyttgänget",
            municipality="2101",
            locality="Ockelbo",
            industries=[make_industry(slug="office-moving")],
            offer="<p>Flytt</p><p>Åkeri</p>",
            summary="Bär allt.",
            delivers_within_km=60,
            procurement=["iop"],
        ),
        make_enterprise(
            name="Utan bransch", municipality="0114", summary="100% a_b", delivers_nationwide=True
        ),
        make_enterprise(
            name="Säljbolaget Samman",
            municipality="0180",
            locality="Stockholm",
            entry_type="sales",
            summary="Säljer åt flera.",
            languages=[],
        ),
        make_enterprise(name="Utkastet lunch", municipality="2180", industries=[cafe], live=False),
    ]


def listing(**params) -> Listing:
    return Listing(RequestFactory().get("/asf-listan/", params))


def names_of(found: Listing) -> set[str]:
    return {card.enterprise.name for card in found.cards}


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance by the spherical law of cosines."""
    (lat, lon), (lat2, lon2) = (map(radians, point) for point in (one, other))
    cosine = sin(lat) * sin(lat2) + cos(lat) * cos(lat2) * cos(lon - lon2)
    return 6371 * acos(min(1, cosine))


def point(entry: Enterprise) -> tuple[float, float]:
    return entry.point or (entry.place.lat, entry.place.lon)


def delivers(entry: Enterprise, code: str) -> bool:
    place = place_of(code)
    return (
        entry.municipality == code
        or entry.delivers_nationwide
        or code[:2] in (entry.delivers_to or [])
        or kilometres(point(entry), (place.lat, place.lon)) <= (entry.delivers_within_km or -1)
    )


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
    industries = list(entry.industries.all())
    industries += [i.parent for i in industries if i.parent]
    if industry and industry not in [i.slug for i in industries]:
        return False
    texts = [entry.name, entry.summary, entry.locality, entry.place.name]
    texts += [entry.place.county.name_sv, entry.place.county.name_en]
    texts += [plain(entry.offer), plain(entry.social_benefit)]
    texts += [f"{i.name} {i.synonyms}" for i in industries]
    words = [word.casefold() for text in texts for word in WORD.findall(text)]
    return all(any(w.startswith(asked.casefold()) for w in words) for asked in WORD.findall(q))


def test_every_combination_of_filters_gives_what_reading_each_entry_gives(entries):
    for q, county, municipality, industry in product(
        TEXTS, COUNTIES, MUNICIPALITIES, ["", "cafe-catering", "cleaning", "moving"]
    ):
        found = listing(q=q, county=county, municipality=municipality, industry=industry)
        names = names_of(found)
        expected = {e.name for e in entries if passes(e, q, county, municipality, industry)}
        assert names == expected, (q, county, municipality, industry)
        assert found.count == len(expected)


@pytest.mark.parametrize("code", ["2180", "0180", "2101", "0114", "2580"])
@pytest.mark.parametrize("km", [10, 25, 50, 100])
def test_near_a_place_are_those_within_reach_those_registered_and_those_who_deliver(
    entries, code, km
):
    place = place_of(code)
    live = [entry for entry in entries if entry.live]
    expected = {
        entry.name
        for entry in live
        if kilometres(point(entry), (place.lat, place.lon)) <= km or delivers(entry, code)
    }
    found = listing(near=place.name, km=str(km))
    assert names_of(found) == expected
    assert [choice.count for choice in found.form.distances if choice.selected] == [found.count]
    shown = [card.hit.km for card in found.cards]
    assert shown == sorted(shown)
    for card in found.cards:
        distance = kilometres(point(card.enterprise), (place.lat, place.lon))
        assert card.hit.km == pytest.approx(distance, abs=0.1)
        assert card.hit.approximate == (card.enterprise.point is None)


@pytest.mark.parametrize("code", ["2180", "0180", "0380", "2584"])
def test_what_is_delivered_to_a_municipality_is_what_reaches_it(entries, code):
    expected = {entry.name for entry in entries if entry.live and delivers(entry, code)}
    assert names_of(listing(delivers=place_of(code).name)) == expected
    assert "Utan bransch" in expected


@pytest.mark.parametrize("place", ["Dalarnas län", "Uppsala län", "Gävleborg County", "Gotland"])
def test_what_is_delivered_to_a_county_is_what_is_there_or_reaches_some_of_it(entries, place):
    code = {"D": "20", "U": "03", "Gä": "21", "Go": "0980"}[place[: 1 + place.startswith("G")]]
    municipalities = [place.code for place in every_municipality() if place.code.startswith(code)]
    expected = {
        entry.name
        for entry in entries
        if entry.live
        and (entry.county.code == code or any(delivers(entry, code) for code in municipalities))
    }
    assert names_of(listing(delivers=place)) == expected


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"certified": "1"}, {"Kafé Ån"}),
        ({"member": "1"}, {"Stadens lunchrum"}),
        ({"reserved": "1"}, {"Kafé Ån"}),
        ({"type": "sales"}, {"Säljbolaget Samman"}),
        ({"language": "so"}, {"Städ & Co"}),
        ({"language": ["so", "sv"], "county": "21"}, {"Städ & Co", "Kafé Ån", "Flyttgänget"}),
        ({"procurement": ["iop", "direct"]}, {"Kafé Ån", "Flyttgänget"}),
        ({"industry": ["moving", "cleaning"], "county": "21"}, {"Flyttgänget", "Städ & Co"}),
        ({"industry": "moving"}, {"Flyttgänget"}),
        ({"q": "säljer", "county": "01"}, {"Säljbolaget Samman"}),
    ],
)
def test_each_other_filter_lets_through_those_that_have_it(entries, params, names):
    found = listing(**params)
    assert names_of(found) == names
    assert found.count == len(names)


def test_the_count_beside_a_choice_is_the_number_of_hits_it_gives(entries):
    seen = 0
    for q, county, industry in product(["", "lunch", "stad"], ["", "21"], ["", "cleaning"]):
        now = {"q": q, "county": county, "industry": industry}
        here = listing(**now)
        form = here.form
        offered = [("county", choice) for choice in form.county.choices]
        offered += [("type", choice) for choice in form.entry_type.choices]
        offered += [("procurement", choice) for choice in form.procurement.choices]
        offered += [("language", choice) for choice in form.languages.choices]
        offered += form.standing
        offered += [("industry", group.choice) for group in form.industries]
        offered += [("industry", part) for group in form.industries for part in group.parts]
        for name, choice in offered:
            assert listing(**now | {name: choice.value}).count == choice.count, (now, name, choice)
            seen += 1
        for row in here.map.counties:
            assert listing(**now | {"county": row.county.code}).count == row.count
        if here.municipality_map:
            for cluster in here.municipality_map.clusters:
                chosen = now | {"municipality": cluster.municipality.code}
                assert listing(**chosen).count == cluster.count
    assert seen > 100


def test_on_the_map_each_municipality_leads_to_the_hits_it_counts(entries, client):
    for params in ({"near": "Gävle", "km": "100"}, {"county": "01"}, {"county": "21", "q": "l"}):
        drawn = listing(**params).municipality_map
        assert drawn.clusters
        for cluster in drawn.clusters:
            found = client.get(cluster.url).context["listing"]
            assert found.count == cluster.count
            assert found.notices == []


def test_municipalities_are_shown_within_the_chosen_county_only(entries):
    drawn = listing(county="21").municipality_map
    assert [cluster.municipality.code for cluster in drawn.clusters] == ["2180", "2101"]
    assert drawn.outside == 0
    assert listing().municipality_map is None


def test_swedish_letters_are_letters_of_their_own_in_either_case(entries):
    assert names_of(listing(q="städ")) == {"Städ & Co", "Stadens lunchrum"}
    assert names_of(listing(q="STÄD")) == {"Städ & Co", "Stadens lunchrum"}
    assert [card.enterprise.name for card in listing(q="stadens").cards] == ["Stadens lunchrum"]
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
    # What gives none by itself is not offered as if it did.
    assert counts == {
        "”städ”": 1,
        "Gävleborgs län": None,
        "Ockelbo": None,
        "Åkeri och flytt": None,
    }
    assert found.chosen[0].label == "”städ”"
    with_text = listing(q="trapphus", industry="cafe-catering")
    assert {c.label: (c.count, c.url) for c in with_text.chosen} == {
        "”trapphus”": (2, "/asf-listan/?industry=cafe-catering"),
        "Kafé och catering": (1, "/asf-listan/?q=trapphus"),
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
    assert response.context["listing"].count == 6
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


def test_links_on_the_map_keep_the_other_filters(entries, client):
    html = client.get("/asf-listan/", {"q": "lunch", "industry": "cafe-catering"}).content.decode()
    assert 'href="/asf-listan/?q=lunch&amp;county=21&amp;industry=cafe-catering"' in html
    assert 'map.svg#county-21"' in html


def test_a_new_name_of_an_industry_is_found_at_once(entries):
    industry = make_industry(slug="cleaning")
    assert listing(q="fönsterputs").count == 0
    industry.name = "Fönsterputs"
    industry.save()
    assert listing(q="fönsterputs").count == 2
    assert listing(q="lokalvård").count == 0
