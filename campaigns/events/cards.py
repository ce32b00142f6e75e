"""Events as lists and their own page show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from asflist.cards import industry_names
from asflist.models.industry import IndustryName
from campaigns.enums import BookingMode
from campaigns.events.bookings import places_left

if TYPE_CHECKING:
    from campaigns.models import Event, EventQuerySet, EventTime


class TimeState(StrEnum):
    """How a time stands to the present moment."""

    COMING = "coming"
    NOW = "now"
    OVER = "over"


@dataclass(frozen=True)
class ShownTime:
    """A time of an event; ``left`` is its free places, or None where nothing is booked here."""

    time: EventTime
    state: TimeState
    left: int | None = None

    @property
    def day(self) -> date:
        """The Swedish day on which it opens."""
        return self.time.local_start.date()

    @property
    def is_bookable(self) -> bool:
        """Whether a visitor can book it here, or stand in line for it."""
        return self.left is not None and self.state is TimeState.COMING


@dataclass(frozen=True)
class EventCard:
    """An event with its addresses, its times and its industry in the reader's language.

    ``lang`` is the language of its texts where that is not the reader's, else ``""``;
    ``host_url`` leads to the host's entry on the ASF list, ``""`` where it has none.
    """

    event: Event
    url: str
    host_url: str
    industry: IndustryName | None
    times: list[ShownTime]
    lang: str

    @cached_property
    def days(self) -> list[date]:
        """The Swedish days on which it is open, each once, in order."""
        return sorted({time.day for time in self.times})

    @property
    def is_over(self) -> bool:
        """Whether every time has ended."""
        return bool(self.times) and all(time.state is TimeState.OVER for time in self.times)

    @property
    def is_open_now(self) -> bool:
        """Whether it is open at this moment."""
        return not self.event.is_cancelled and any(
            time.state is TimeState.NOW for time in self.times
        )

    @property
    def bookable(self) -> list[ShownTime]:
        """The times that can be booked here; none when the event is cancelled."""
        return [] if self.event.is_cancelled else [t for t in self.times if t.is_bookable]

    @property
    def left(self) -> int:
        """The free places at all times that can be booked here."""
        return sum(time.left or 0 for time in self.bookable)


def rows(events: EventQuerySet) -> EventQuerySet:
    """Ask in two queries for what a card touches."""
    heavy = ("offer", "social_benefit")
    return (
        events.select_related("enterprise")
        .defer(*(f"enterprise__{name}" for name in heavy))
        .prefetch_related("times")
    )


def make_cards(
    events: Iterable[Event], request: HttpRequest, url: str | None, now: datetime | None = None
) -> list[EventCard]:
    """Return a card for each of the ``rows``; three queries at most however many they are.

    ``url`` is the campaign's address in the reader's language; ``now`` is aware, the present
    moment unless given.
    """
    events = list(events)
    now = now or timezone.now()
    language = get_language() or settings.LANGUAGE_CODE
    times = {event.pk: event.ordered_times() for event in events}
    booked_here = [
        time
        for event in events
        if event.booking == BookingMode.HERE
        for time in times[event.pk]
        if time.pk and time_state(time, now) is TimeState.COMING
    ]
    left = places_left(booked_here) if booked_here else {}
    names = industry_names(request) if any(event.industry_id for event in events) else {}
    return [
        EventCard(
            event=event,
            url=f"{url}{event.slug}/" if url else "",
            host_url=host_url(event, request, language),
            industry=names.get(event.industry_id) if event.industry_id else None,
            times=[
                ShownTime(time, time_state(time, now), left.get(time.pk))
                for time in times[event.pk]
            ],
            lang="" if event.text_language == language else event.text_language,
        )
        for event in events
    ]


def time_state(time: EventTime, now: datetime) -> TimeState:
    """Return how ``time`` stands to ``now`` (aware)."""
    if time.ends_at <= now:
        return TimeState.OVER
    return TimeState.NOW if time.starts_at <= now else TimeState.COMING


def host_url(event: Event, request: HttpRequest, language: str) -> str:
    """Return the path of the host's entry on the ASF list while that is public, else ``""``."""
    enterprise = event.enterprise
    return enterprise.get_url(request, language) if enterprise and enterprise.live else ""
