"""A campaign's events as visitors look for them: by filter, by county, and on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asflist.cards import industry_names
from asflist.listing import ChosenFilter
from asflist.models.industry import IndustryName
from asflist.places import County, counties, county
from asflist.text import sort_key
from campaigns.dates import swedish_date
from campaigns.enums import AccessFact, BookingMode, CampaignPhase
from campaigns.events.cards import EventCard, make_cards, rows
from campaigns.events.filters import NOW, Filters
from campaigns.events.kit import Kit
from campaigns.events.results import totals
from campaigns.events.structured_data import DescribedCampaign
from campaigns.models import CampaignPage, CampaignSeriesPage, Event
from campaigns.models.campaign_page import CampaignPageQuerySet
from core.facets import Facet, FacetChoice
from core.navigation import versions_of

#: Where the programme begins on the campaign's page.
ANCHOR = "#programme"


@dataclass(frozen=True)
class CountyEvents:
    """A county and its events, the cancelled ones last."""

    county: County
    cards: list[EventCard]


@dataclass(frozen=True)
class MapPoint:
    """A municipality with events, where the map shows it.

    ``x`` and ``y`` are in ``asflist.places.MAP_VIEW_BOX``, written with a decimal point whatever
    the reader's language.
    """

    x: str
    y: str
    name: str
    count: int


class Programme:
    """The answer to one request: every event is fetched once, and counted in memory.

    What is counted and shown on the map are the events that will be, or were, held; a cancelled
    one is listed so that whoever looks for it is told.
    """

    def __init__(self, page: CampaignPage, request: HttpRequest, now: datetime) -> None:
        self.request = request
        self.today = swedish_date(now)
        self.running = page.phase_on(self.today) is CampaignPhase.RUNNING
        events = Event.objects.published().of_campaign(page.translation_key).by_first_time()
        self.cards = make_cards(rows(events), request, page.get_url(request), now)
        used = {card.event.industry_id for card in self.cards} - {None}
        self.industries: list[IndustryName] = (
            [name for pk, name in industry_names(request).items() if pk in used] if used else []
        )
        self.filters = Filters.from_address(request.GET, self.industries)
        self.notices = self.filters.notices

    @cached_property
    def held(self) -> list[EventCard]:
        """Every event that is not cancelled."""
        return [card for card in self.cards if not card.event.is_cancelled]

    @property
    def total(self) -> int:
        """The number of events in the campaign."""
        return len(self.held)

    @cached_property
    def hits(self) -> list[EventCard]:
        """The events that have all that is asked for, cancelled ones last."""
        found = [card for card in self.cards if self.filters.passes(card)]
        return sorted(found, key=lambda card: card.event.is_cancelled)

    def count_for(self, filters: Filters) -> int:
        """Return the number of events, cancelled ones left out, that pass ``filters``."""
        return sum(filters.passes(card) for card in self.held)

    @cached_property
    def count(self) -> int:
        """The number of hits, cancelled ones left out."""
        return self.count_for(self.filters)

    @property
    def cancelled(self) -> int:
        """The number of cancelled events among the hits."""
        return len(self.hits) - self.count

    @property
    def open_now(self) -> int:
        """The number of events in the whole campaign that are open at this moment."""
        return sum(card.is_open_now for card in self.held)

    @property
    def open_now_url(self) -> str:
        """The address of those that are open at this moment."""
        return Filters(open_now=True).address(self.request.path) + ANCHOR

    @property
    def open_today(self) -> int:
        """The number of events in the whole campaign that are open some time today."""
        return sum(self.today in card.days for card in self.held)

    @cached_property
    def counties(self) -> list[CountyEvents]:
        """The hits by county, counties in alphabetical order."""
        by_code: dict[str, list[EventCard]] = {}
        for card in self.hits:
            by_code.setdefault(card.event.county_code, []).append(card)
        found = [
            CountyEvents(place, by_code[place.code])
            for place in counties()
            if place.code in by_code
        ]
        return sorted(found, key=lambda group: sort_key(group.county.name))

    @cached_property
    def points(self) -> list[MapPoint]:
        """One point for each municipality with hits, in the order of the list."""
        found = (card.event for group in self.counties for card in group.cards)
        towns = Counter(event.municipality for event in found if not event.is_cancelled)
        return [
            MapPoint(f"{town.map_x:.1f}", f"{town.map_y:.1f}", town.name, count)
            for town, count in towns.items()
            if town
        ]

    @cached_property
    def chosen(self) -> list[ChosenFilter]:
        """Each filter in use with the address without it; with counts when there are no hits."""
        return [
            ChosenFilter(
                label,
                left.address(self.request.path) + ANCHOR,
                None if self.count else self.count_for(left),
            )
            for label, left in self.filters.loosened()
        ]

    @property
    def lists(self) -> list[Facet]:
        """The filters with one choice each; one that has nothing to choose between is left out."""
        facets = [
            self.county_facet,
            self.day_facet,
            self.booking_facet,
            self.industry_facet,
        ]
        return [facet for facet in facets if len(facet.choices) > 1 or facet.selected] + (
            [self.open_facet] if self.running or self.filters.open_now else []
        )

    def facet(
        self,
        name: str,
        legend: str,
        choices: Iterable[tuple[str, str, Any]],
        field: str,
    ) -> Facet:
        """Return a filter whose ``choices`` are (value, label, what ``Filters.field`` becomes).

        A choice counts what it gives with the other filters as they are.
        """
        chosen = getattr(self.filters, field)
        return Facet(
            name,
            legend,
            [
                FacetChoice(
                    value,
                    label,
                    self.count_for(replace(self.filters, **{field: meaning})),
                    selected=meaning == chosen,
                )
                for value, label, meaning in choices
            ],
        )

    def used(self, values: Callable[[EventCard], Iterable[Any]]) -> set[Any]:
        """Return the values that any event of the campaign has, whatever is filtered."""
        return {value for card in self.held for value in values(card)}

    @property
    def county_facet(self) -> Facet:
        """Counties with events, and the chosen one."""
        codes = self.used(lambda card: [card.event.county_code])
        if self.filters.county:
            codes.add(self.filters.county.code)
        places = [place for place in counties() if place.code in codes]
        places.sort(key=lambda place: sort_key(place.name))
        choices = ((place.code, place.name, county(place.code)) for place in places)
        return self.facet("county", _("County"), choices, "county")

    @property
    def day_facet(self) -> Facet:
        """Days with events, and the chosen one."""
        days: set[date] = self.used(lambda card: card.days)
        if self.filters.day:
            days.add(self.filters.day)
        choices = ((day.isoformat(), date_format(day, "l j F"), day) for day in sorted(days))
        return self.facet("day", _("Day"), choices, "day")

    @property
    def booking_facet(self) -> Facet:
        """Ways to get a place that some event has, and the chosen one."""
        modes = self.used(lambda card: [card.event.booking]) | {self.filters.booking}
        choices = ((mode.value, str(mode.label), mode) for mode in BookingMode if mode in modes)
        return self.facet("booking", _("Booking"), choices, "booking")

    @property
    def industry_facet(self) -> Facet:
        """Industries with events, and the chosen one."""
        names = self.used(lambda card: [card.industry]) | {self.filters.industry}
        choices = ((name.slug, name.name, name) for name in self.industries if name in names)
        return self.facet("industry", _("Industry"), choices, "industry")

    @property
    def open_facet(self) -> Facet:
        """Whether it is open at this moment; asked on the day."""
        return self.facet("open", _("Open"), [(NOW, _("Open now"), True)], "open_now")

    @property
    def access_facet(self) -> Facet:
        """Access facts that some event has; all that are chosen must hold."""
        facts = self.used(lambda card: card.event.access or []) | self.filters.access
        return Facet(
            "access",
            _("Access"),
            [
                FacetChoice(
                    fact.value,
                    str(fact.label),
                    self.count_for(replace(self.filters, access=self.filters.access | {fact})),
                    selected=fact in self.filters.access,
                )
                for fact in AccessFact
                if fact in facts
            ],
            multiple=True,
        )


def source_id(page: CampaignPage) -> int | None:
    """Return the id of the Swedish campaign, which events belong to; routing has it already."""
    return next(
        (row.pk for row in versions_of(page) if row.locale.language_code == settings.LANGUAGE_CODE),
        page.pk,
    )


def other_editions(page: CampaignPage) -> CampaignPageQuerySet:
    """Return the public editions of the same series but for ``page``, the latest first."""
    series = CampaignSeriesPage.objects.filter(path=page.path[: -page.steplen])
    return (
        CampaignPage.objects.sibling_of(page, inclusive=False)
        .listed()
        .filter(Exists(series))
        .order_by("-starts_on", "-pk")
        .with_event_count()
    )


@dataclass(frozen=True)
class Call:
    """How ASFs register: ``opens`` while that is still to come, ``url`` while it is open.

    ``days_left`` are the days after today on which they still can.
    """

    opens: date | None = None
    url: str = ""
    days_left: int = 0


def make_call(page: CampaignPage, today: date) -> Call:
    """Return what the page says of registration on the Swedish day ``today``."""
    opens, closes, source = page.registration_opens_on, page.registration_closes_on, source_id(page)
    if opens is None or closes is None or source is None:
        return Call()
    if page.phase_on(today) is CampaignPhase.CALL:
        return Call(url=reverse("event_register", args=[source]), days_left=(closes - today).days)
    return Call(opens=opens if opens > today else None)


def calendar_url(page: CampaignPage, chosen: County | None) -> str:
    """Return the address of the campaign's calendar, of one county's where it is chosen."""
    if not page.pk:
        return ""
    url = reverse("campaign_calendar", args=[page.pk])
    return f"{url}?county={chosen.code}" if chosen else url


def campaign_context(page: CampaignPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the campaign's template shows beside the page."""
    now = timezone.now()
    today = swedish_date(now)
    over = page.phase_on(today) is CampaignPhase.FINISHED
    programme = Programme(page, request, now)
    editions = list(other_editions(page))
    later = [edition for edition in editions if edition.starts_on > page.starts_on]
    return {
        "programme": programme,
        "all_counties": counties(),
        "described": DescribedCampaign(page, programme.cards),
        "call": make_call(page, today),
        "calendar_url": "" if over else calendar_url(page, programme.filters.county),
        "totals": totals(page) if over else None,
        "editions": editions,
        "newer_edition": later[-1] if later else None,
        "kit": Kit(page),
    }
