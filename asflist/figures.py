"""The list in numbers, counted whenever they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from asflist.models import Enterprise


@dataclass(frozen=True)
class SectorFigures:
    """Published enterprises, and what they add up to; unknown numbers count as none.

    ``by_county`` holds the number of enterprises by county code, without counties that have none.
    """

    enterprises: int
    employees: int
    participants: int
    by_county: dict[str, int]

    @property
    def counties(self) -> int:
        """How many counties have an enterprise."""
        return len(self.by_county)


def sector_figures() -> SectorFigures:
    """Count the published social enterprises; one query, the same in every language.

    An organisation that sells for others is none itself.
    """
    rows = list(
        Enterprise.objects.published()
        .in_source_language()
        .social_enterprises()
        .order_by()
        .values("county_code")
        .annotate(
            enterprises=Count("pk"), employees=Sum("employees"), participants=Sum("participants")
        )
    )
    return SectorFigures(
        enterprises=sum(row["enterprises"] for row in rows),
        employees=sum(row["employees"] or 0 for row in rows),
        participants=sum(row["participants"] or 0 for row in rows),
        by_county={row["county_code"]: row["enterprises"] for row in rows},
    )
