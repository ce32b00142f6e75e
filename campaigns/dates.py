"""Days as Sweden counts them."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format

from core.dates import swedish_date, swedish_today

__all__ = ["LONG", "moment_of", "span_in_words", "swedish_date", "swedish_today"]

LONG = "l j F Y"


def span_in_words(first: date, last: date) -> str:
    """Return one day or a span in the reader's language, for example ``"lördag 8 maj 2027"``."""
    if first == last:
        return date_format(first, LONG)
    start = date_format(first, LONG if first.year != last.year else "l j F")
    return f"{start} – {date_format(last, LONG)}"


def moment_of(day: date | None, published_at: datetime | None) -> datetime:
    """Return the moment (aware) for feeds and metadata of what belongs to ``day``.

    That of publication if it was on that day in Sweden, else the day's beginning. One of the two
    is known.
    """
    if published_at and day in (None, swedish_date(published_at)):
        return published_at
    if day is None:
        raise ValueError("Neither a day nor a publication.")
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
