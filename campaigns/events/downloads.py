"""Files made from published events: calendars, posters and pictures to share."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from asflist.places import county
from campaigns.events import calendars, posters
from campaigns.models import CampaignPage, Event

CALENDAR_TYPE = "text/calendar; charset=utf-8"


def published_event(uid: UUID) -> Event:
    """Return the published event with this uid, its times fetched; raises ``Http404``."""
    events = Event.objects.published().select_related("campaign").prefetch_related("times")
    return get_object_or_404(events, uid=uid)


def file_response(content: bytes, content_type: str, file_name: str) -> HttpResponse:
    """Return a file that a browser may show, with the name it is saved under (ASCII)."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


@require_safe
def event_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer with an event's times for the reader's calendar."""
    event = published_event(uid)
    content = calendars.event_calendar(event, get_language() or "", request)
    return file_response(content, CALENDAR_TYPE, f"{event.slug}.ics")


@require_safe
def campaign_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a campaign's events, those of one county with ``?county=21``."""
    campaign = get_object_or_404(CampaignPage.objects.live().public(), pk=pk)
    code = request.GET.get("county", "")
    chosen = county(code)
    if code and chosen is None:
        raise Http404
    content = calendars.campaign_calendar(campaign, get_language() or "", chosen, request)
    name = "-".join(filter(None, [campaign.slug, slugify(chosen.name_sv) if chosen else ""]))
    return file_response(content, CALENDAR_TYPE, f"{name}.ics")


@require_safe
def event_poster(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer with an event's poster, an accessible PDF in the reader's language."""
    event = published_event(uid)
    content = posters.poster(event, get_language() or "", request)
    return file_response(content, "application/pdf", f"{event.slug}.pdf")


@require_safe
def event_share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer with the picture that stands for an event where it is shared, 1200 × 630 px."""
    event = published_event(uid)
    content = posters.share_picture(event, get_language() or "", request)
    return file_response(content, "image/png", f"{event.slug}.png")
