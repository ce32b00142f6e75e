"""The demonstration's yearly reports: two years, plausible from each enterprise's size."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from asflist.enums import ReportState
from asflist.models import Enterprise, OwnIndicator, YearlyReport, YearlyReportChange
from home.demo.bodies import Keys
from home.demo.content import read

#: The years of the content, by how many years before the load they are.
YEARS = {"before": 2, "last": 1}


def between(low: float, high: float, *about: object) -> float:
    """Return a number from ``low`` to ``high``, always the same for the same ``about``."""
    digest = hashlib.sha256("/".join(map(str, about)).encode()).digest()
    return low + (high - low) * int.from_bytes(digest[:4], "big") / (2**32 - 1)


def figures(key: str, enterprise: Enterprise, when: str) -> dict[str, int | None]:
    """Return what the enterprise tells of a year: most of it grows slowly from year to year."""
    growth = between(0.86, 0.98, key, "growth") if when == "before" else 1.0
    employees = max(1, round((enterprise.employees or 4) * growth))
    today = enterprise.participants or 8
    participants = max(3, round(today * between(1.0, 1.4, key, "through") * growth))
    people = employees + participants
    share = 100 * (participants + employees * between(0.3, 0.7, key, "target")) / people
    turnover = 1000 * round(
        employees * between(330, 480, key, "turnover") * growth + participants * 38
    )
    told: dict[str, int | None] = {
        "employees": employees,
        "participants": participants,
        "target_group_share": round(share),
        "to_work": round(participants * between(0.12, 0.3, key, when, "work")),
        "to_study": round(participants * between(0.06, 0.16, key, when, "study")),
        "training_hours": 10 * round(participants * between(38, 62, key, when, "hours")),
        "turnover": turnover,
        "sales": 1000 * round(turnover * between(0.42, 0.78, key, "sales") / 1000),
    }
    # Not everybody counts everything.
    for name, part in (("training_hours", 0.12), ("to_study", 0.08), ("sales", 0.05)):
        if between(0, 1, key, name, "unknown") < part:
            told[name] = None
    return told


def load_reports(keys: Keys, enterprises: Mapping[str, Enterprise]) -> int:
    """Make the reports of ``enterprises`` (by key) for the two last whole years; count them."""
    content = read("reports")
    for when, ago in YEARS.items():
        year = keys.today.year - ago
        for key, enterprise in enterprises.items():
            if key not in content["silent"][when]:
                report(key, enterprise, year, when)
    for key, typed in content["drafts"].items():
        YearlyReport.objects.create(
            enterprise_id=enterprises[key].pk,
            year=keys.today.year - YEARS["last"],
            typed={name: [value] for name, value in typed.items()},
        )
    load_own_indicators(content["own"], keys, enterprises)
    load_corrections(content["corrections"], keys, enterprises)
    return YearlyReport.objects.sent().count()


def report(key: str, enterprise: Enterprise, year: int, when: str) -> YearlyReport:
    """Make a sent report, sent in on some day from January to March of the year after."""
    first = enterprise.industries.order_by("pk").first()
    day = date(year + 1, 1, 12) + timedelta(days=round(between(0, 70, key, when, "sent")))
    sent_at = timezone.make_aware(datetime.combine(day, time(10, 20)))
    return YearlyReport.objects.create(
        enterprise_id=enterprise.pk,
        year=year,
        state=ReportState.SENT,
        sent_at=min(sent_at, timezone.now()),
        county_code=enterprise.county_code,
        main_industry=first and (first.parent or first),
        **figures(key, enterprise, when),
    )


def reports_of(
    key: str, keys: Keys, enterprises: Mapping[str, Enterprise]
) -> dict[str, YearlyReport]:
    """Return the enterprise's sent reports, by the content's names for the years."""
    sent = YearlyReport.objects.sent().filter(enterprise_id=enterprises[key].pk)
    by_year = {made.year: made for made in sent}
    return {
        when: by_year[keys.today.year - ago]
        for when, ago in YEARS.items()
        if keys.today.year - ago in by_year
    }


def load_own_indicators(
    items: list[dict[str, Any]], keys: Keys, enterprises: Mapping[str, Enterprise]
) -> None:
    """Give the reports what the enterprises count for themselves."""
    for place, item in enumerate(items):
        made = reports_of(item["enterprise"], keys, enterprises)
        for when, value in zip(YEARS, item["values"], strict=True):
            OwnIndicator.objects.create(
                report=made[when],
                label=item["label"],
                unit=item["unit"],
                value=Decimal(str(value)),
                place=place,
            )


def load_corrections(
    items: list[dict[str, Any]], keys: Keys, enterprises: Mapping[str, Enterprise]
) -> None:
    """Log what was wrong at first; the reports hold what is right."""
    staff = User.objects.filter(username="listansvarig").first()
    for item in items:
        made = reports_of(item["enterprise"], keys, enterprises)[item["year"]]
        right = getattr(made, item["figure"])
        change = YearlyReportChange.objects.create(
            report=made,
            field=item["figure"],
            old=str(right + item["was"]),
            new=str(right),
            note=item["note"],
            by_owner=item["by"] == "owner",
            user=staff if item["by"] == "staff" else None,
        )
        made_at = min((made.sent_at or timezone.now()) + timedelta(days=9), timezone.now())
        YearlyReportChange.objects.filter(pk=change.pk).update(made_at=made_at)
