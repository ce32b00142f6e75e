"""Template tags of figures: numbers, and charts with the table of the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core import charts
from core.numbers import number as as_number

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> str:
    """Return the number as readers write it, an en dash where there is none."""
    return "–" if value is None else as_number(value)


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
    return SafeString(render_to_string("core/components/bars.html", context))
