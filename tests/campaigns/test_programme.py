"""The programme's filters, without script: what they let through, count, and say when empty."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from campaigns.dates import swedish_today
from tests.asflist.factories import make_industry
from tests.campaigns.factories import make_campaign, make_event

GAVLE, SANDVIKEN, UMEA, STOCKHOLM = "2180", "2181", "2480", "0180"


@pytest.fixture
def closed(campaigns):
    """A campaign of two days whose registration has closed."""
    day = swedish_today() + timedelta(days=5)
    return make_campaign(campaigns, slug="dagen", days=5, ends_on=day + timedelta(days=1))


def opening(day, hour=10):
    start = datetime.combine(day, time(hour), timezone.get_default_timezone())
    return [(start, start + timedelta(hours=3))]


@pytest.fixture
def events(closed, locales):
    second = closed.starts_on + timedelta(days=1)
    cafe, repair = make_industry(), make_industry("Reparation", "repair")
    return {
        "Kaffe": make_event(
            closed,
            title="Kaffe",
            municipality_code=GAVLE,
            access=["step_free", "hearing_loop"],
            industry=cafe,
        ),
        "Cykel": make_event(
            closed,
            title="Cykel",
            municipality_code=SANDVIKEN,
            access=["step_free"],
            booking="here",
            capacity=8,
            industry=repair,
            times=opening(second),
        ),
        "Odling": make_event(
            closed, title="Odling", municipality_code=UMEA, access=[], times=opening(second)
        ),
        "Sömnad": make_event(
            closed,
            title="Sömnad",
            municipality_code=STOCKHOLM,
            access=["step_free", "quiet_place"],
            booking="contact",
            booking_contact="070-174 06 05",
        ),
    }


def programme(client, campaign, **params):
    return client.get(campaign.url, params).context["programme"]


def titles(found):
    return {card.event.title for card in found.hits}


def counts(facet):
    return {choice.value: choice.count for choice in facet.choices}


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, {"Kaffe", "Cykel", "Odling", "Sömnad"}),
        ({"county": "21"}, {"Kaffe", "Cykel"}),
        ({"access": "step_free"}, {"Kaffe", "Cykel", "Sömnad"}),
        ({"access": ["step_free", "hearing_loop"]}, {"Kaffe"}),
        ({"booking": "drop_in"}, {"Kaffe", "Odling"}),
        ({"booking": "contact"}, {"Sömnad"}),
        ({"industry": "repair"}, {"Cykel"}),
        ({"county": "21", "access": "hearing_loop"}, {"Kaffe"}),
        ({"county": "24", "access": "step_free"}, set()),
        ({"open": "now"}, set()),
    ],
)
def test_what_is_asked_for_must_all_hold(client, closed, events, params, found):
    assert titles(programme(client, closed, **params)) == found


def test_a_day_is_asked_for_in_the_address(client, closed, events):
    second = closed.starts_on + timedelta(days=1)
    assert titles(programme(client, closed, day=second.isoformat())) == {"Cykel", "Odling"}


def test_each_choice_counts_what_it_gives_with_the_other_filters(client, closed, events):
    found = programme(client, closed, access="step_free", county="21")
    facets = {facet.name: counts(facet) for facet in found.lists}
    assert facets["county"] == {"01": 1, "21": 2, "24": 0}
    assert facets["booking"] == {"drop_in": 1, "here": 1, "contact": 0}
    assert facets["industry"] == {"cafe-catering": 1, "repair": 1}
    assert list(facets["day"].values()) == [1, 1]
    assert counts(found.access_facet) == {"step_free": 2, "hearing_loop": 1, "quiet_place": 0}


def test_the_form_keeps_its_shape_whatever_is_filtered(client, closed, events):
    def shape(found):
        facets = [*found.lists, found.access_facet]
        return [(facet.name, [choice.value for choice in facet.choices]) for facet in facets]

    assert shape(programme(client, closed)) == shape(programme(client, closed, county="24"))


def test_what_was_chosen_is_still_chosen_in_the_form(client, closed, events):
    html = client.get(
        closed.url, {"county": "21", "access": ["step_free", "hearing_loop"]}
    ).content.decode()
    assert '<option value="21" selected>' in html
    assert '<input type="checkbox" name="access" value="step_free" checked>' in html
    assert '<input type="checkbox" name="access" value="hearing_loop" checked>' in html
    assert '<input type="checkbox" name="access" value="quiet_place">' in html


def test_nothing_found_says_which_filter_to_loosen_and_what_each_gives(client, closed, events):
    found = programme(client, closed, county="24", access="step_free", booking="drop_in")
    assert found.count == 0
    path = closed.url.replace("http://localhost", "")
    assert [(choice.url, choice.count) for choice in found.chosen] == [
        (f"{path}?access=step_free&booking=drop_in#programme", 1),
        (f"{path}?county=24&booking=drop_in#programme", 1),
        (f"{path}?county=24&access=step_free#programme", 0),
    ]
    html = client.get(closed.url, {"county": "24", "access": "step_free"}).content.decode()
    assert f'href="{path}?access=step_free#programme"' in html
    assert "programme-map__point" not in html


@pytest.mark.parametrize(
    "params",
    [
        {"county": "99"},
        {"county": "'><script>"},
        {"day": "i morgon"},
        {"day": "2027-02-31"},
        {"access": "trapets"},
        {"booking": "vip"},
        {"industry": "rymdfart"},
        {"access": ["\0", "step_free\0"]},
    ],
)
def test_what_is_not_understood_is_left_out_and_said(client, closed, events, params):
    response = client.get(closed.url, params)
    assert len(titles(response.context["programme"])) == 4
    assert len(response.context["programme"].notices) == 1
    assert "'><script>" not in response.content.decode()


def test_counties_stand_in_alphabetical_order_and_the_map_has_their_towns(client, closed, events):
    found = programme(client, closed)
    assert [group.county.code for group in found.counties] == ["21", "01", "24"]
    assert [point.name for point in found.points] == ["Gävle", "Sandviken", "Stockholm", "Umeå"]
    make_event(closed, municipality_code=GAVLE)
    points = {point.name: point.count for point in programme(client, closed, county="21").points}
    assert points == {"Gävle": 2, "Sandviken": 1}


def test_map_coordinates_have_a_decimal_point_in_swedish_too(client, closed, events):
    with translation.override("sv"):
        point, *_others = programme(client, closed).points
    assert re.fullmatch(r"\d+\.\d", point.x)
    assert re.fullmatch(r"\d+\.\d", point.y)


def test_a_cancelled_event_is_told_last_and_not_counted(client, closed, events):
    make_event(closed, title="Affärer", municipality_code=GAVLE, cancelled_at=timezone.now())
    found = programme(client, closed, county="21")
    assert [card.event.title for card in found.hits] == ["Kaffe", "Cykel", "Affärer"]
    assert (found.count, found.cancelled) == (2, 1)
    assert counts(found.lists[0])["21"] == 2
    assert {point.name: point.count for point in found.points} == {"Gävle": 1, "Sandviken": 1}
    html = client.get(closed.url).content.decode()
    card = html.split("event-card--cancelled")[1].split("</article>")[0]
    assert "event-card__struck" in card
    assert "badge--alert" in card


def test_a_card_says_who_where_when_how_and_what_access(client, closed, events):
    html = client.get(closed.url, {"county": "21"}).content.decode()
    card = next(part for part in html.split("<article")[1:] if "Cykel" in part)
    event = events["Cykel"]
    assert event.host in card
    assert "Sandviken" in card
    assert event.times.get().in_words in card
    assert "8" in card.split("event-card__booking")[1]
    assert event.access_facts[0] in card


def test_drafts_and_other_campaigns_events_are_not_shown(client, campaigns, closed, events):
    make_event(closed, title="Utkast", publish=False)
    make_event(make_campaign(campaigns, slug="annan"), title="Annans")
    assert titles(programme(client, closed)) == set(events)


def test_the_calendar_follows_the_county(client, closed, events):
    html = client.get(closed.url, {"county": "21"}).content.decode()
    assert f'href="/campaigns/{closed.pk}/calendar.ics?county=21"' in html
