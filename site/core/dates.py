"""The day it is in Sweden."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def swedish_date(moment: datetime) -> date:
    """Return the day it is in Sweden at ``moment`` (aware).

    The admin activates each user's own time zone; a day with a meaning is Sweden's for everybody.
    """
    return timezone.localdate(moment, timezone.get_default_timezone())


def end_of_swedish_day(day: date) -> datetime:
    """Return the moment (aware) when the Swedish day after ``day`` begins."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def swedish_today() -> date:
    """Return the day it is in Sweden now."""
    return swedish_date(timezone.now())
