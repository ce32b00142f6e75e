"""What has been told and corrected over the years, as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from asflist.models import Enterprise, YearlyReport, YearlyReportChange
from asflist.reports.actions import OWN_INDICATORS
from asflist.reports.fields import trimmed
from asflist.statistics.measures import MEASURES
from core.numbers import number


@dataclass(frozen=True)
class OwnSeries:
    """An own indicator over the years; ``""`` for a year without it."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """One logged correction in words."""

    year: int
    when: datetime
    who: str
    what: str
    old: str
    new: str
    note: str


def own_series(reports: Sequence[YearlyReport]) -> list[OwnSeries]:
    """Return each own indicator over ``reports``, newest first; one name is one indicator."""
    labels: dict[str, str] = {}
    values: dict[tuple[str, int], str] = {}
    for report in reversed(reports):
        for own in report.own_indicators.all():
            key = own.label.casefold()
            labels.setdefault(key, own.label)
            values[key, report.year] = f"{number(trimmed(own.value))} {own.unit}".strip()
    return [
        OwnSeries(label, tuple(values.get((key, report.year), "") for report in reports))
        for key, label in labels.items()
    ]


def read_log(enterprise: Enterprise) -> list[Correction]:
    """Return the corrections of an enterprise's reports, the latest first."""
    changes = YearlyReportChange.objects.filter(report__enterprise=enterprise)
    return in_words(list(changes.select_related("report")))


def in_words(changes: Sequence[YearlyReportChange]) -> list[Correction]:
    """Return logged corrections as they are read."""
    return [
        Correction(
            change.report.year,
            change.made_at,
            who(change),
            what(change.field),
            told(change.field, change.old),
            told(change.field, change.new),
            change.note,
        )
        for change in changes
    ]


def who(change: YearlyReportChange) -> str:
    """Return who corrected, as the enterprise is told: staff have no names there."""
    return _("The enterprise") if change.by_owner else "Skoopi"


def what(field: str) -> Any:
    """Return what a figure is called."""
    if field in MEASURES:
        return MEASURES[field].label
    return _("Own figures") if field == OWN_INDICATORS else _("Main industry")


def told(field: str, value: str) -> str:
    """Return a logged value as it is read, an en dash for none."""
    if not value:
        return "–"
    return number(int(value)) if field in MEASURES and value.isdecimal() else value
