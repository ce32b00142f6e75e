"""Template tags of stories, reports and theories of change: numbers and charts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from library import charts
from library.numbers import number as as_number
from library.theory import Stage, stages_of

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> str:
    """Return the number as readers write it, an en dash where there is none."""
    return "–" if value is None else as_number(value)


@register.simple_tag
def stage_of(value: Mapping[str, Any]) -> Stage:
    """Return the stage of a ``StageBlock``'s value, as the first of a theory."""
    return stages_of([value])[0]


@register.simple_tag
def chart_of(value: Mapping[str, Any]) -> charts.Chart:
    """Return the chart of a ``ChartBlock``'s value."""
    return charts.Chart.from_block(value)


@register.simple_tag
def chart_table(chart: charts.Chart) -> dict[str, Any]:
    """Return the chart's ``header`` and ``rows``."""
    header, rows = charts.table(chart)
    return {"header": header, "rows": rows}


@register.simple_tag
def bars(chart: charts.Chart, number: int, *, wide: bool) -> SafeString:
    """Render the bars for a page, for wide or for narrow room; ``number`` makes the ids its own."""
    drawing = charts.draw(chart, charts.WIDE if wide else charts.NARROW)
    name = f"chart-{number}-{'wide' if wide else 'narrow'}"
    context = {"chart": chart, "drawing": drawing, "id": name, "wide": wide}
    return SafeString(render_to_string("library/components/bars.html", context))
