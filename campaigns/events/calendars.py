"""Calendars of events (RFC 5545): of one event, of a campaign or a county, and of a booking."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from icalendar import STATUS, TRANSP, Calendar, Timezone
from icalendar import Event as CalendarEntry

from asflist.places import County
from campaigns.enums import BookingState
from campaigns.models import Booking, CampaignPage, Event, EventTime
from core.mail import full_url

PRODUCT = "-//Skoopi//ASF Lyfter//SV"
#: How often a calendar that follows a campaign should ask again.
REFRESH = timedelta(hours=6)


def event_calendar(event: Event, language: str, request: HttpRequest | None = None) -> bytes:
    """Return every time of one event as ``text/calendar``; a cancelled event's are CANCELLED."""
    with translation.override(language):
        return write(event.title, entries([event], language, request), uid=identify(event.uid))


def campaign_calendar(
    campaign: CampaignPage,
    language: str,
    county: County | None = None,
    request: HttpRequest | None = None,
) -> bytes:
    """Return a campaign's published events, all or those of one county, as ``text/calendar``."""
    events = Event.objects.published().of_campaign(campaign.translation_key)
    if county:
        events = events.in_county(county.code)
    events = events.by_first_time().prefetch_related("times")
    with translation.override(language):
        name = f"{campaign.title}, {county.name}" if county else campaign.title
        key = f"{campaign.translation_key}-{county.code}" if county else campaign.translation_key
        return write(name, entries(events, language, request), uid=identify(key))


def invitation(booking: Booking) -> bytes:
    """Return the time that was booked as ``text/calendar``, to go with a mail to the visitor.

    It has the UID of the time in the public calendars, so that nobody gets it twice, and is
    CANCELLED when the booking or the event is.
    """
    event, time = booking.event, booking.time
    with translation.override(booking.language):
        entry = make_entry(event, time, event_address(event, booking.language, None))
        entry.transparency = TRANSP.OPAQUE
        people = ngettext(
            "Booked for %(number)d person.", "Booked for %(number)d people.", booking.number
        )
        entry.description = f"{people % {'number': booking.number}}\n\n{entry.description}"
        if booking.state == BookingState.CANCELLED:
            entry.status = STATUS.CANCELLED
        # What changed may be the booking and not the event: a calendar takes the newest.
        entry.DTSTAMP = timezone.now()
        return write(event.title, [entry], uid=identify(booking.uid))


def what_calendars_show(event: Event) -> tuple[object, ...]:
    """Return what of the event a visitor who has it in a calendar must hear of when it changes."""
    times = sorted((str(time.uid), time.starts_at, time.ends_at) for time in event.times.all())
    place = (event.venue, event.municipality_code)
    return event.title, event.host, *place, event.is_cancelled, *times


def identify(key: object) -> str:
    """Return a UID that stays and that no other site has (RFC 7986 § 5.3)."""
    return f"{key}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}"


def entries(
    events: Iterable[Event], language: str, request: HttpRequest | None
) -> list[CalendarEntry]:
    """Return one entry for each time of each event, in the active language."""
    return [
        make_entry(event, time, event_address(event, language, request))
        for event in events
        for time in event.ordered_times()
    ]


def event_address(event: Event, language: str, request: HttpRequest | None) -> str:
    """Return the full address of the event's page in ``language``, ``""`` without one."""
    path = event.get_url(request, language)
    return full_url(path) if path else ""


def make_entry(event: Event, time: EventTime, url: str) -> CalendarEntry:
    """Return one time as a VEVENT, in the active language."""
    title = plain(event.title)
    if event.is_cancelled:
        # Many calendars do not show the status.
        title = gettext("Cancelled: %(title)s") % {"title": title}
    changed = last_change(event)
    entry = CalendarEntry.new(
        uid=identify(time.uid),
        stamp=changed,
        last_modified=changed,
        created=event.first_published_at,
        sequence=event.sequence,
        start=time.local_start,
        end=time.local_end,
        description=describe(event, url),
        location=locate(event),
        status=STATUS.CANCELLED if event.is_cancelled else STATUS.CONFIRMED,
        # To follow a campaign is not to be busy all day.
        transparency=TRANSP.TRANSPARENT,
        url=url or None,
    )
    entry.add("summary", title, parameters={"LANGUAGE": event.text_language})
    return entry


def last_change(event: Event) -> datetime:
    """Return when visitors last saw the event change (aware)."""
    moments = (event.last_published_at, event.cancelled_at)
    return max((moment for moment in moments if moment), default=timezone.now())


def locate(event: Event) -> str:
    """Return the place: street and municipality."""
    place = event.municipality
    return ", ".join(filter(None, [plain(event.venue), place.name if place else ""]))


def describe(event: Event, url: str) -> str:
    """Return what one should know before coming, in the active language."""
    access = [*event.access_facts, event.public_transport, event.access_note]
    parts = [
        event.cancel_reason if event.is_cancelled else "",
        event.host,
        event.description,
        "\n".join([gettext("Access:"), *filter(None, access)]) if any(access) else "",
        gettext("Languages: %(names)s") % {"names": ", ".join(event.spoken_languages)}
        if event.spoken_languages
        else "",
        f"{gettext('Booking:')} {event.get_booking_display()}",
        url,
    ]
    return "\n\n".join(plain(part) for part in parts if part)


def plain(text: str) -> str:
    """Return ``text`` without the control characters that no value may hold (RFC 5545 § 3.1)."""
    lines = "\n".join(text.splitlines())
    return "".join(
        character
        for character in lines
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")
    )


def write(name: str, content: list[CalendarEntry], *, uid: str) -> bytes:
    """Return a VCALENDAR with ``content`` and the time zone that it is told in.

    It has no METHOD: it is there to be read, and no part of a scheduling (RFC 5545 § 3.7.2).
    """
    # icalendar escapes no line break in the name, and refuses to write one.
    one_line = " ".join(plain(name).split())
    calendar = Calendar.new(prodid=PRODUCT, name=one_line, uid=uid, subcomponents=content)
    # RFC 7986 § 5.7: the type must be said.
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.subcomponents.insert(0, make_timezone(content))
    return calendar.to_ical()


def make_timezone(content: list[CalendarEntry]) -> Timezone:
    """Return Sweden's time as a VTIMEZONE for the years that ``content`` lies in."""
    years = {moment.year for entry in content for moment in (entry.start, entry.end)}
    first = min(years, default=timezone.localdate().year)
    last = max(years, default=first)
    zone = Timezone.from_tzid(
        settings.TIME_ZONE, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1)
    )
    zone.pop("COMMENT", None)
    return zone
