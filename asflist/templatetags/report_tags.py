"""Template tags of yearly reports."""

from __future__ import annotations

from django import template

from asflist.models import YearlyReport
from asflist.statistics.measures import MEASURES

register = template.Library()


@register.filter
def figure(report: YearlyReport, name: str) -> int | None:
    """Return the report's figure of this name. Raises ``KeyError`` for any other field."""
    value: int | None = getattr(report, MEASURES[name].key)
    return value
