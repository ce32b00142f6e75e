"""What the page of one event shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from asflist.places import MAP_VIEW_BOX, Municipality, counties, municipality
from campaigns.enums import AccessFact
from campaigns.events.cards import make_cards, rows
from campaigns.events.structured_data import DescribedEvent
from campaigns.models import CampaignPage, Event, EventQuerySet
from core.navigation import language_links
from core.text import tel

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How many other events are shown on the page of one.
NEAR = 3
PHONE = re.compile(r"\+?[\d\s()–-]{6,}")


@dataclass(frozen=True)
class FoundLink:
    """What a contact leads to: the words before it, the words on it, its address, the rest."""

    before: str
    label: str
    url: str
    after: str


def event_context(
    event: Event, request: HttpRequest, page: CampaignPage | None = None
) -> dict[str, Any]:
    """Return the template's context; ``page`` is the campaign in the reader's language.

    Without it, in the admin's preview, the event is shown as it is written, whether it is saved
    or not.
    """
    near = nearest(event) if page else []
    campaign_url = page.get_url(request) if page else None
    card, *near_cards = make_cards([event, *near], request, campaign_url)
    tail = f"{event.slug}/"
    languages = dict(settings.LANGUAGES)
    return {
        "page": page,
        "event": event,
        "card": card,
        "campaign_url": campaign_url,
        "own_url": card.url,
        "missing_access": missing_access(event),
        "contact": find_link(event.booking_contact),
        "near": near_cards,
        "described": DescribedEvent(card, page),
        "share": {"share_url": reverse("event_share", args=[event.uid])},
        "counties": counties(),
        "view_box": MAP_VIEW_BOX,
        **(
            {"language_links": language_links(page, request, dict.fromkeys(languages, tail))}
            if page
            else {}
        ),
    }


def missing_access(event: Event) -> list[str]:
    """Return what is not known to be there, so that nobody has to guess from what is left out."""
    present = event.access or []
    return [str(label) for value, label in AccessFact.choices if value not in present]


def find_link(contact: str) -> FoundLink | None:
    """Return the e-mail address or phone number in ``contact`` as a link, or None."""
    for word in contact.split():
        address = word.strip(",.;:()<>")
        if "@" in address:
            return split_at(contact, address, f"mailto:{address}")
    if match := PHONE.search(contact):
        number = match[0].strip()
        return split_at(contact, number, f"tel:{tel(number)}")
    return None


def split_at(text: str, label: str, url: str) -> FoundLink:
    """Return ``text`` around ``label``, which leads to ``url``."""
    before, _label, after = text.partition(label)
    return FoundLink(before, label, url, after)


def nearest(event: Event) -> list[Event]:
    """Return the other coming events of the campaign that lie nearest, the nearest first.

    Two queries: where they all are, and then those that are shown.
    """
    here = event.municipality
    if here is None:
        return []
    others: EventQuerySet = (
        Event.objects.published()
        .of_campaign(event.campaign.translation_key)
        .not_cancelled()
        .not_over()
        .exclude(pk=event.pk)
    )
    places = others.order_by("pk").values_list("pk", "municipality_code")
    ordered = by_distance(here, places)[:NEAR]
    found = {other.pk: other for other in rows(Event.objects.filter(pk__in=ordered))}
    return [found[pk] for pk in ordered if pk in found]


def by_distance(here: Municipality, places: Iterable[tuple[int, str]]) -> list[int]:
    """Return the ids of (id, municipality code), those whose municipality lies nearest first."""

    def distance(code: str) -> float:
        town = municipality(code)
        return hypot(town.map_x - here.map_x, town.map_y - here.map_y) if town else float("inf")

    return [pk for pk, code in sorted(places, key=lambda place: distance(place[1]))]
