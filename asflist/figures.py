"""The list in numbers, counted whenever they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, IntegerField, Max, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from asflist.models import Enterprise


@dataclass(frozen=True)
class SectorFigures:
    """Published enterprises, and what they add up to; unknown numbers count as none."""

    enterprises: int
    counties: int
    industries: int
    employees: int
    participants: int


def sector_figures() -> SectorFigures:
    """Count the published source-language entries; one query, the same in every language."""
    published = Enterprise.objects.published().in_source_language()
    industries = (
        Enterprise.industries.through.objects.filter(
            enterprise__live=True,
            enterprise__locale__language_code=settings.LANGUAGE_CODE,
        )
        .order_by()
        .annotate(everything=Value(1))
        .values("everything")
        .annotate(number=Count("industry_id", distinct=True))
        .values("number")
    )
    return SectorFigures(
        **published.aggregate(
            enterprises=Count("pk"),
            counties=Count("county_code", distinct=True),
            industries=Coalesce(Max(Subquery(industries, output_field=IntegerField())), 0),
            employees=Coalesce(Sum("employees"), 0),
            participants=Coalesce(Sum("participants"), 0),
        )
    )
