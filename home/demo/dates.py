"""The demonstration's days: always near, whenever it is loaded."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def open_house_day(today: date) -> date:
    """Return next year's open-house day: the second Saturday in May."""
    first = date(today.year + 1, 5, 1)
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 7)
