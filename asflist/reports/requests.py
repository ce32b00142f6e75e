"""Asking the owners for their reports: in January, and then two reminders."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation

from asflist.enums import EntryType, ListingState
from asflist.models import EnterpriseOwner, YearlyReport
from asflist.reports.links import report_url
from asflist.reports.years import open_year
from core.dates import swedish_today
from core.mail import full_url
from core.outbox import post

#: Month and day of the invitation and of each reminder, and the day after which nobody is asked.
ASKED_ON = ((1, 10), (2, 10), (3, 10))
LAST_DAY = (4, 30)


def ask_for_reports(today: date | None = None) -> int:
    """Mail each owner who has not been asked since the latest of ``ASKED_ON``; count the mails.

    Safe to run every day and twice: each mail has a key of its own (``core.outbox``).
    """
    today = today or swedish_today()
    year = open_year(today)
    passed = [day for day in ASKED_ON if day <= (today.month, today.day)]
    if year is None or not passed or (today.month, today.day) > LAST_DAY:
        return 0
    stage = len(passed)
    return sum(ask(owner, year, str(stage), reminder=stage > 1) for owner in owners_to_ask(year))


def remind_now(year: int, today: date | None = None) -> int:
    """Remind every owner whose report is missing, at most once a day each; count the mails."""
    day = (today or swedish_today()).isoformat()
    return sum(ask(owner, year, day, reminder=True) for owner in owners_to_ask(year))


def owners_to_ask(year: int) -> QuerySet[EnterpriseOwner]:
    """Return the confirmed owners of the social enterprises on the list without a sent report."""
    sent = YearlyReport.objects.sent().filter(year=year, enterprise=OuterRef("enterprise"))
    return (
        EnterpriseOwner.objects.confirmed()
        .filter(
            ~Exists(sent),
            enterprise__state=ListingState.APPROVED,
            enterprise__entry_type=EntryType.ENTERPRISE,
        )
        .select_related("enterprise")
        .order_by("pk")
    )


def ask(owner: EnterpriseOwner, year: int, stage: str, *, reminder: bool) -> bool:
    """Mail one owner the link to the report; False where this ``stage`` has been mailed before."""
    with translation.override(owner.language):
        ask_url = full_url(reverse("owner_link"))
    context = {
        "owner": owner,
        "enterprise": owner.enterprise,
        "year": year,
        "reminder": reminder,
        "link": report_url(owner, year),
        "ask_url": ask_url,
    }
    with transaction.atomic():
        return post(
            f"report:{year}:{owner.uid}:{stage}",
            "asflist/mail/report_ask.txt",
            context,
            to=owner.email,
            language=owner.language,
        )
