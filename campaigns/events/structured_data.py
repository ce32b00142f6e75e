"""Campaigns and events as schema.org knows them (https://schema.org/Event)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from campaigns.enums import BookingMode
from campaigns.events.cards import EventCard

if TYPE_CHECKING:
    from campaigns.models import CampaignPage, Event

SCHEMA = "https://schema.org"
#: Events that the campaign's own description names; the rest have pages of their own.
MOST_NAMED = 100


@dataclass(frozen=True)
class DescribedCampaign:
    """A campaign with its events, for ``{% json_ld %}``."""

    page: CampaignPage
    cards: list[EventCard]

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the campaign as an Event whose ``subEvent`` are what happens in it."""
        data = self.page.structured_data(request)
        if self.cards:
            data["subEvent"] = [happening(card, request) for card in self.cards[:MOST_NAMED]]
        return data


@dataclass(frozen=True)
class DescribedEvent:
    """An event with its campaign in the reader's language, for ``{% json_ld %}``."""

    card: EventCard
    campaign: CampaignPage | None

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the event as an Event, its times as ``subEvent`` where they are several."""
        event = self.card.event
        data = {
            "@context": SCHEMA,
            **happening(self.card, request),
            "description": Truncator(event.description).chars(300),
            "image": list(pictures(event, request)),
            "inLanguage": list(event.languages or []) or event.text_language,
            "isAccessibleForFree": True,
            "organizer": {"@type": "Organization", "name": event.host},
        }
        if self.card.host_url:
            data["organizer"]["url"] = request.build_absolute_uri(self.card.host_url)
        if event.booking == BookingMode.HERE and event.capacity:
            data["maximumAttendeeCapacity"] = event.capacity
        if len(self.card.times) > 1:
            data["subEvent"] = [
                {
                    "@type": "Event",
                    "name": event.title,
                    "startDate": moment(shown.time.local_start),
                    "endDate": moment(shown.time.local_end),
                    **where_and_how(event),
                }
                for shown in self.card.times
            ]
        if self.campaign:
            data["superEvent"] = {
                "@type": "Event",
                "name": self.campaign.title,
                "url": request.build_absolute_uri(self.campaign.get_url(request) or "/"),
                "startDate": self.campaign.starts_on.isoformat(),
                "endDate": self.campaign.ends_on.isoformat(),
                "location": {"@type": "Country", "name": gettext("Sweden")},
            }
        return data


def happening(card: EventCard, request: HttpRequest) -> dict[str, Any]:
    """Return what any list says of an event: what, when, where, and whether it is cancelled."""
    event = card.event
    data: dict[str, Any] = {"@type": "Event", "name": event.title}
    if card.url:
        data["url"] = request.build_absolute_uri(card.url)
    if card.times:
        data["startDate"] = moment(card.times[0].time.local_start)
        data["endDate"] = moment(max(shown.time.local_end for shown in card.times))
    return data | where_and_how(event)


def where_and_how(event: Event) -> dict[str, Any]:
    """Return the place of an event, its status, and that one goes there in person."""
    status = "EventCancelled" if event.is_cancelled else "EventScheduled"
    address = {"@type": "PostalAddress", "streetAddress": event.venue, "addressCountry": "SE"}
    if town := event.municipality:
        address |= {"addressLocality": town.name, "addressRegion": town.county.name_sv}
    return {
        "eventStatus": f"{SCHEMA}/{status}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.host, "address": address},
    }


def pictures(event: Event, request: HttpRequest) -> Iterable[str]:
    """Yield the addresses of the event's own picture and of the one made to be shared."""
    if event.picture and event.picture.share_url:
        yield request.build_absolute_uri(event.picture.share_url)
    yield request.build_absolute_uri(reverse("event_share", args=[event.uid]))


def moment(local: datetime) -> str:
    """Return a moment as ISO 8601 to the minute, with its offset from UTC."""
    return local.isoformat(timespec="minutes")
