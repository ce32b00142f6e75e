"""What rooms above have about an enterprise: stories and films, events, its county's page.

Rooms above tell by Wagtail's hooks; nothing here knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from wagtail import hooks

from core.models import BasePage

if TYPE_CHECKING:
    from asflist.models import Enterprise
    from asflist.places import County

#: Each function registered for this takes the enterprise and a number, and returns rows of
#: ``BasePage.objects.listed()`` in the reader's language: so many of each kind, the newest first.
PAGES_HOOK = "pages_from_enterprise"
#: Each function registered for this takes the enterprise and the request (None outside of one), and
#: returns a list of ``EventMention``, the next first.
EVENTS_HOOK = "events_of_enterprise"
#: Each function registered for this takes a county and the request, and returns the path of the
#: county's public page in the reader's language, or ``""``.
COUNTY_HOOK = "page_of_county"
#: At most so many of each kind are shown.
MOST = 3


@dataclass(frozen=True)
class EventMention:
    """A coming event that the enterprise holds: its title, address, times in words and venue.

    ``lang`` is the language of the title where that is not the reader's, else ``""``.
    """

    title: str
    url: str
    times: list[str]
    venue: str
    lang: str = ""


def pages_from(enterprise: Enterprise) -> list[BasePage]:
    """Return the newest stories and films from the enterprise; one query for each room."""
    return [page for tell in hooks.get_hooks(PAGES_HOOK) for page in tell(enterprise, MOST)]


def events_of(enterprise: Enterprise, request: HttpRequest | None) -> list[EventMention]:
    """Return the next events that the enterprise holds."""
    told: list[Callable[..., list[EventMention]]] = hooks.get_hooks(EVENTS_HOOK)
    return [event for tell in told for event in tell(enterprise, request)][:MOST]


def county_page(county: County | None, request: HttpRequest) -> str:
    """Return the path of the county's page, or ``""`` where there is none."""
    if county is None:
        return ""
    told: list[Callable[..., str]] = hooks.get_hooks(COUNTY_HOOK)
    return next(filter(None, (tell(county, request) for tell in told)), "")
