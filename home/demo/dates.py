"""The demonstration's days: always near, whenever it is loaded."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5
#: An edition counts as past when its organisers have had so many days to report.
TIME_TO_REPORT = timedelta(days=14)


def second_saturday_in_may(year: int) -> date:
    """Return the open-house day of ``year``."""
    first = date(year, 5, 1)
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 7)


def open_house_day(today: date) -> date:
    """Return next year's open-house day: the second Saturday in May."""
    return second_saturday_in_may(today.year + 1)


def past_open_house_day(today: date) -> date:
    """Return the latest open-house day that is over and reported."""
    this_year = second_saturday_in_may(today.year)
    if this_year + TIME_TO_REPORT <= today:
        return this_year
    return second_saturday_in_may(today.year - 1)
