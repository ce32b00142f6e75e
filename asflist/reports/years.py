"""Which years can be reported, and corrected."""

from __future__ import annotations

from datetime import date

from asflist.enums import EntryType, ListingState
from asflist.models import ClosedReportYear, Enterprise, YearlyReport
from core.dates import swedish_today

#: How many years after its own a report can be corrected.
CORRECTED_FOR = 2


def open_year(today: date | None = None) -> int | None:
    """Return the year that can be reported now: the last whole one, until staff close it."""
    year = (today or swedish_today()).year - 1
    return None if ClosedReportYear.objects.filter(year=year).exists() else year


def may_report(enterprise: Enterprise) -> bool:
    """Whether the entry reports: a social enterprise that is on the list, or is paused."""
    return (
        enterprise.entry_type == EntryType.ENTERPRISE
        and enterprise.state in ListingState.reviewed()
    )


def may_correct(report: YearlyReport, today: date | None = None) -> bool:
    """Whether the owner may still correct a report that has been sent."""
    return report.is_sent and (today or swedish_today()).year <= report.year + CORRECTED_FOR
