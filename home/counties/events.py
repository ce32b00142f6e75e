"""A county's coming events."""

from __future__ import annotations

from django.http import HttpRequest

from asflist.mentions import EventMention
from asflist.places import County
from campaigns.events.enterprise_events import mentions_of
from campaigns.models import Event

#: How many events are shown.
MOST = 4


def events_in(county: County, request: HttpRequest) -> list[EventMention]:
    """Return the county's next events, as anyone may see them; one query."""
    return mentions_of(Event.objects.in_county(county.code), request, MOST)
