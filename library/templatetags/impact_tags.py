"""Template tags of stories, reports and theories of change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from core.charts import Chart
from library.theory import Stage, stages_of

register = template.Library()


@register.simple_tag
def stage_of(value: Mapping[str, Any]) -> Stage:
    """Return the stage of a ``StageBlock``'s value, as the first of a theory."""
    return stages_of([value])[0]


@register.simple_tag
def chart_of(value: Mapping[str, Any]) -> Chart:
    """Return the chart of a ``ChartBlock``'s value."""
    return Chart.from_block(value)
