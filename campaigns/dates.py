"""Days as Sweden counts them."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from core.dates import swedish_date, swedish_today

__all__ = ["LONG", "span_in_words", "swedish_date", "swedish_today"]

LONG = "l j F Y"


def span_in_words(first: date, last: date) -> str:
    """Return one day or a span in the reader's language, for example ``"lördag 8 maj 2027"``."""
    if first == last:
        return date_format(first, LONG)
    start = date_format(first, LONG if first.year != last.year else "l j F")
    return f"{start} – {date_format(last, LONG)}"
