"""The coming events of an enterprise or a place, as pages outside the campaigns mention them."""

from __future__ import annotations

from itertools import islice

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from asflist.mentions import MOST, EventMention
from asflist.models import Enterprise
from campaigns.models import CampaignPage, Event, EventQuerySet, EventTime
from core.models import BasePage

#: So many times are looked through for each event that is shown: one may be open on many days.
TIMES_OF_EACH = 15


def events_of(enterprise: Enterprise, request: HttpRequest | None) -> list[EventMention]:
    """Return the next events that the enterprise holds, as anyone may see them; one query."""
    events = Event.objects.filter(enterprise__translation_key=enterprise.translation_key)
    return mentions_of(events, request, MOST)


def mentions_of(
    events: EventQuerySet, request: HttpRequest | None, most: int
) -> list[EventMention]:
    """Return the next ``most`` of ``events`` that anyone may see; one query."""
    language = get_language() or settings.LANGUAGE_CODE
    times: dict[int, list[EventTime]] = {}
    for time in coming_times(events, language)[: most * TIMES_OF_EACH]:
        times.setdefault(time.event_id, []).append(time)
    return [mention(found, language, request) for found in islice(times.values(), most)]


def coming_times(events: EventQuerySet, language: str) -> QuerySet[EventTime]:
    """Return the times that are not over, the next first, each with its event and campaign.

    ``campaign_path`` is the tree path (``url_path``) of the campaign in ``language``, or of the
    one that the event belongs to where there is none.
    """
    translated = (
        BasePage.objects.live()
        .public()
        .filter(
            translation_key=OuterRef("event__campaign__translation_key"),
            locale__language_code=language,
        )
    )
    path = Coalesce(Subquery(translated.values("url_path")[:1]), "event__campaign__url_path")
    return (
        EventTime.objects.filter(
            ends_at__gt=timezone.now(), event__in=events.published().not_cancelled()
        )
        .select_related("event")
        .annotate(campaign_path=path)
        .order_by("starts_at", "pk")
    )


def mention(times: list[EventTime], language: str, request: HttpRequest | None) -> EventMention:
    """Return one event with those of its times."""
    event = times[0].event
    campaign = CampaignPage(url_path=times[0].campaign_path)
    return EventMention(
        title=event.title,
        url=f"{campaign.get_url(request)}{event.slug}/",
        times=[time.in_words for time in times],
        venue=event.venue,
        lang="" if event.text_language == language else event.text_language,
    )
