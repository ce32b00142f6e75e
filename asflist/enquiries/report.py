"""What comes of enquiries, by month and county, without anything personal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from asflist.enums import AnswerState
from asflist.models import EnquiryReceiver, EnquiryReceiverQuerySet
from asflist.places import county


@dataclass(frozen=True)
class Numbers:
    """How many enquiries, receivers, answers and deals, and the deals' sum in whole kronor."""

    enquiries: int
    receivers: int
    answers: int
    deals: int
    kronor: int


@dataclass(frozen=True)
class MonthRow:
    """The numbers of one month (its first day, in Sweden) and one county of receivers."""

    month: date
    county: str
    numbers: Numbers


COUNTED = {
    "enquiries": Count("enquiry", distinct=True),
    "receivers": Count("pk"),
    "answers": Count("pk", filter=Q(state__in=AnswerState.answers())),
    "deals": Count("pk", filter=Q(is_deal=True)),
    "kronor": Sum("deal_sum", default=0),
}


def month_rows() -> list[MonthRow]:
    """Return the numbers by month, the latest first, and county; one query.

    An enquiry to entries in two counties is counted in both.
    """
    swedish_month = TruncMonth(
        "enquiry__sent_at", output_field=DateField(), tzinfo=timezone.get_default_timezone()
    )
    rows = (
        received()
        .annotate(month=swedish_month)
        .values_list("month", "county_code")
        .annotate(**COUNTED)
        .order_by("-month", "county_code")
    )
    return [
        MonthRow(month, place.name if (place := county(code)) else "", Numbers(*numbers))
        for month, code, *numbers in rows
    ]


def totals() -> Numbers:
    """Return the numbers of all time, each enquiry counted once; one query."""
    return Numbers(**received().aggregate(**COUNTED))


def received() -> EnquiryReceiverQuerySet:
    """Return the receivers who got an enquiry."""
    return EnquiryReceiver.objects.exclude(enquiry__sent_at=None).exclude(state=AnswerState.LEFT)


def csv_rows(rows: Iterable[MonthRow]) -> Iterable[list[object]]:
    """Return the rows as a spreadsheet takes them, the month as 2026-05."""
    for row in rows:
        one = row.numbers
        yield [
            f"{row.month:%Y-%m}",
            row.county,
            one.enquiries,
            one.receivers,
            one.answers,
            one.deals,
            one.kronor,
        ]
