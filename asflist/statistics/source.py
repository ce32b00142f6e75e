"""What the tables are made of, read from the database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from django.db.models import Case, Count, F, Max, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull, LessThanOrEqual

from asflist.enums import SizeClass
from asflist.models import Enterprise, EnterpriseQuerySet, IndustryName, YearlyReport
from asflist.statistics.measures import MEASURES
from asflist.statistics.tables import Place, Record

#: The largest number of people in each class but the last.
LIMITS = {SizeClass.SMALLEST: 9, SizeClass.SMALL: 19, SizeClass.MEDIUM: 49}


def listed() -> EnterpriseQuerySet:
    """Return the social enterprises on the list, a row for each."""
    return Enterprise.objects.published().in_source_language().social_enterprises()


def size_class(prefix: str = "") -> Case:
    """Return the class of ``employees`` and ``participants`` together, ``""`` where both are empty.

    ``prefix`` leads to the row that has them.
    """
    people = [F(f"{prefix}employees"), F(f"{prefix}participants")]
    known = Coalesce(people[0], Value(0)) + Coalesce(people[1], Value(0))
    return Case(
        When(IsNull(Coalesce(*people), True), then=Value("")),
        *(When(LessThanOrEqual(known, limit), then=Value(size)) for size, limit in LIMITS.items()),
        default=Value(SizeClass.LARGE),
    )


def size_of(employees: int | None, participants: int | None) -> str:
    """Return the class that ``size_class`` gives."""
    if employees is None and participants is None:
        return ""
    people = (employees or 0) + (participants or 0)
    return next((size.value for size, limit in LIMITS.items() if people <= limit), SizeClass.LARGE)


def first_industry(enterprise: str = "pk") -> Subquery:
    """Return the wide industry that an entry chose first; ``enterprise`` leads to its id."""
    chosen = Enterprise.industries.through.objects.filter(enterprise_id=OuterRef(enterprise))
    wide = Coalesce("industry__parent_id", "industry_id")
    return Subquery(chosen.order_by("pk").values(wide=wide)[:1])


def read_entries() -> dict[Place, int]:
    """Return how many enterprises are on the list, by where they are counted; one query."""
    counted = (
        listed()
        .order_by()
        .annotate(industry=first_industry(), size=size_class())
        .values_list("county_code", "industry", "size")
        .annotate(number=Count("pk"))
    )
    return {place(*where): number for *where, number in counted}


def read_records(years: Collection[int]) -> list[Record]:
    """Return the sent reports of these years that are counted; one query."""
    fields = ("year", "county_code", "industry", "size", "entry_county", "entry_industry")
    rows = (
        YearlyReport.objects.counted()
        .filter(year__in=years)
        .annotate(
            industry=Coalesce("main_industry__parent_id", "main_industry_id"),
            size=size_class(),
            entry_county=F("enterprise__county_code"),
            entry_industry=first_industry("enterprise_id"),
            entry_size=size_class("enterprise__"),
        )
        .order_by("pk")
        .values_list(*fields, "entry_size", *MEASURES)
    )
    return [
        Record(year, place(*here), place(*entry), dict(zip(MEASURES, figures, strict=True)))
        for year, here, entry, figures in ((r[0], r[1:4], r[4:7], r[7:]) for r in rows)
    ]


def place(county: str, industry: int | None, size: str) -> Place:
    """Return where an enterprise is counted."""
    return Place(county, "" if industry is None else str(industry), size)


def read_version(industries: Mapping[int, IndustryName]) -> tuple[str, list[int]]:
    """Return a mark that differs as soon as any figure can, and the years with reports.

    Two queries. It is read from the rows themselves, so that no door by which an entry leaves the
    list, or a report is corrected, can be forgotten.
    """
    reports = (
        YearlyReport.objects.counted()
        .order_by("-year")
        .values_list("year")
        .annotate(Count("pk"), Sum("pk"), Max("updated_at"))
    )
    entries = listed().aggregate(
        Count("pk"), Sum("pk"), Max("last_published_at"), Max("state_changed_at")
    )
    wide = [(industry.pk, industry.parent) for industry in industries.values()]
    mark = repr((list(reports), sorted(entries.items(), key=str), sorted(wide, key=str)))
    return hashlib.sha256(mark.encode()).hexdigest()[:20], [row[0] for row in reports]
