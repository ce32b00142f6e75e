"""An event's poster and its picture to share, set by Typst from the event's own data."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from campaigns.enums import BookingMode
from campaigns.models import Event, EventTime
from core.mail import full_url
from core.typesetting import compile_typst, printable, qr_code
from core.typesetting import digest as digest_of

TYPST = Path(__file__).parent.parent / "typst"
MOST_TIMES = 5
LONGEST_TITLE = 150  # characters, of the document
NO_BREAK_SPACE = "\u00a0"
KEEP = 24 * 60 * 60  # seconds


def poster(event: Event, language: str, request: HttpRequest | None = None) -> bytes:
    """Return the event's poster in ``language``: one A4 page, PDF/UA-1 (ISO 14289-1)."""
    return make("poster.typ", "pdf", describe(event, language, request))


def share_picture(event: Event, language: str, request: HttpRequest | None = None) -> bytes:
    """Return the picture that stands for the event in ``language``: PNG, 1200 × 630 pixels."""
    return make("share.typ", "png", describe(event, language, request))


def make(source: str, form: Literal["pdf", "png"], data: dict[str, Any]) -> bytes:
    """Return what the Typst file ``source`` makes of ``data``, kept until either changes."""
    written = json.dumps(data, sort_keys=True)
    digest = hashlib.sha256(f"{source} {digest_of(TYPST)} {written}".encode()).hexdigest()
    key = f"poster-{digest}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = compile_typst(TYPST / source, form, data)
        cache.set(key, made, KEEP)
    return made


def describe(event: Event, language: str, request: HttpRequest | None) -> dict[str, Any]:
    """Return what the Typst files show, every text in ``language`` or the event's own."""
    with translation.override(language):
        campaign = printable(event.campaign.title)
        host = printable(event.host)
        title = printable(event.title) or host or campaign
        full_title = f"{title} – {host}" if host else title
        url = full_url(event.get_url(request, language))
        return {
            "language": language,
            "text_language": event.text_language,
            "author": "ASF Lyfter",
            "document_title": full_title if len(full_title) <= LONGEST_TITLE else title,
            "campaign": campaign,
            "title": title,
            "host": host,
            "cancelled": gettext("Cancelled") if event.is_cancelled else "",
            "when_label": gettext("When"),
            **describe_times(event),
            "facts": describe_facts(event),
            "read_more": read_more(event),
            "url": url,
            "url_shown": url.split("://", 1)[-1].rstrip("/"),
            "qr": qr_code(url),
            "qr_alt": gettext("QR code that leads to %(url)s") % {"url": url},
        }


def describe_times(event: Event) -> dict[str, Any]:
    """Return the times in words: the first few, how many more, and one short for a picture."""
    times = event.ordered_times()
    rest = len(times) - MOST_TIMES
    short = date_format(times[0].local_start.date(), "l j F Y") if times else ""
    return {
        "times": [unbroken(time) for time in times[:MOST_TIMES]],
        "more_times": ngettext("and %(number)d more time", "and %(number)d more times", rest)
        % {"number": rest}
        if rest > 0
        else "",
        "short_time": times[0].in_words if len(times) == 1 else short,
    }


def unbroken(time: EventTime) -> str:
    """Return the time in words, with a line broken between day and hours and nowhere else."""
    if time.local_start.date() != time.local_end.date():
        return time.in_words
    day, _space, hours = time.in_words.rpartition(" ")
    return f"{day.replace(' ', NO_BREAK_SPACE)} {hours}"


def describe_facts(event: Event) -> list[dict[str, Any]]:
    """Return what stands beside the code: place, access, languages and booking."""
    place = event.municipality
    where = [event.venue, f"{place.name}, {place.county.name}" if place else ""]
    facts: list[tuple[str, list[str], bool]] = [
        (gettext("Place"), [*where, event.public_transport], False),
        (gettext("Access"), event.access_facts, True),
        (gettext("Languages"), [", ".join(event.spoken_languages)], False),
        (gettext("Booking"), describe_booking(event), False),
    ]
    described = [
        {"label": label, "lines": [line for line in map(printable, lines) if line], "list": listed}
        for label, lines, listed in facts
    ]
    return [fact for fact in described if fact["lines"]]


def describe_booking(event: Event) -> list[str]:
    """Return how a visitor gets a place."""
    if event.is_cancelled:
        return []
    contact = event.booking_contact if event.booking == BookingMode.CONTACT else ""
    return [str(BookingMode(event.booking).label), contact]


def read_more(event: Event) -> str:
    """Return what the code and the address are for."""
    if event.booking == BookingMode.HERE and not event.is_cancelled:
        return gettext("Read more and book")
    return gettext("Read more")
