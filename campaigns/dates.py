"""Days as Sweden counts them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

LONG = "l j F Y"


def swedish_date(moment: datetime) -> date:
    """Return the day it is in Sweden at ``moment`` (aware).

    The admin activates each user's own time zone; a campaign's day is Sweden's for everybody.
    """
    return timezone.localdate(moment, timezone.get_default_timezone())


def swedish_today() -> date:
    """Return the day it is in Sweden now."""
    return swedish_date(timezone.now())


def span_in_words(first: date, last: date) -> str:
    """Return one day or a span in the reader's language, for example ``"lördag 8 maj 2027"``."""
    if first == last:
        return date_format(first, LONG)
    start = date_format(first, LONG if first.year != last.year else "l j F")
    return f"{start} – {date_format(last, LONG)}"
