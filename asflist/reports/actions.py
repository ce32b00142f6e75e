"""What is done with a yearly report: each action is one function, for owners and staff alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from asflist.enums import ReportState
from asflist.models import (
    Enterprise,
    EnterpriseOwner,
    OwnIndicator,
    YearlyReport,
    YearlyReportChange,
)
from asflist.reports.fields import trimmed
from asflist.reports.forms import CorrectionForm, ReportForm
from asflist.statistics.measures import MEASURES

Actor = User | EnterpriseOwner | None
FIELDS = (*MEASURES, "main_industry")
#: What own indicators are called in the log.
OWN_INDICATORS = "own_indicators"


class AlreadySentError(Exception):
    """The report has been sent in; it can only be corrected."""


class NotSentError(Exception):
    """The report has not been sent in; there is nothing to correct."""


def save_draft(enterprise: Enterprise, year: int, typed: dict[str, list[str]]) -> YearlyReport:
    """Keep what has been typed, right or wrong. Raises ``AlreadySentError``."""
    with transaction.atomic():
        report = hold(enterprise, year)
        if report.is_sent:
            raise AlreadySentError
        report.typed = typed
        report.save(update_fields=["typed", "updated_at"])
    return report


def send(enterprise: Enterprise, form: ReportForm) -> YearlyReport:
    """Send in what a valid form says. Raises ``AlreadySentError``; of two at once, one is sent."""
    with transaction.atomic():
        report = hold(enterprise, form.year)
        if report.is_sent:
            raise AlreadySentError
        for name in FIELDS:
            setattr(report, name, form.cleaned_data[name])
        report.county_code = enterprise.county_code
        report.state, report.sent_at, report.typed = ReportState.SENT, timezone.now(), {}
        report.save()
        set_own_indicators(report, form.own_indicators())
    return report


def correct(report: YearlyReport, form: CorrectionForm, by: Actor) -> list[YearlyReportChange]:
    """Change a sent report as a valid form says, and log each figure that differs.

    Raises ``NotSentError``. What is not changed is not logged.
    """
    with transaction.atomic():
        held = YearlyReport.objects.select_for_update().get(pk=report.pk)
        if not held.is_sent:
            raise NotSentError
        logged = [
            log(held, name, getattr(held, name), form.cleaned_data[name], form, by)
            for name in FIELDS
            if getattr(held, name) != form.cleaned_data[name]
        ]
        for name in FIELDS:
            setattr(held, name, form.cleaned_data[name])
        held.save()
        old, new = in_words(held.own_indicators.all()), in_words(form.own_indicators())
        if old != new:
            logged.append(log(held, OWN_INDICATORS, old, new, form, by))
            set_own_indicators(held, form.own_indicators())
    report.refresh_from_db()
    return logged


def hold(enterprise: Enterprise, year: int) -> YearlyReport:
    """Return the enterprise's report for the year, made where there is none, its row locked."""
    YearlyReport.objects.get_or_create(enterprise=enterprise, year=year)
    return YearlyReport.objects.select_for_update().get(enterprise=enterprise, year=year)


def set_own_indicators(report: YearlyReport, indicators: list[OwnIndicator]) -> None:
    """Give the report these indicators and no other."""
    report.own_indicators.all().delete()
    for indicator in indicators:
        indicator.report = report
    OwnIndicator.objects.bulk_create(indicators)


def in_words(indicators: Iterable[OwnIndicator]) -> str:
    """Return own indicators as the log says them: ``Sålda luncher 1200 st``."""
    return "; ".join(f"{i.label} {trimmed(i.value)} {i.unit}".strip() for i in indicators)


def log(
    report: YearlyReport, field: str, old: Any, new: Any, form: CorrectionForm, by: Actor
) -> YearlyReportChange:
    """Write one correction down; texts are cut at what the log holds."""
    owner = by if isinstance(by, EnterpriseOwner) else None
    return YearlyReportChange.objects.create(
        report=report,
        field=field,
        old="" if old is None else str(old)[:200],
        new="" if new is None else str(new)[:200],
        note=form.cleaned_data["note"],
        user=by if isinstance(by, User) else None,
        owner=owner,
        by_owner=owner is not None,
    )
