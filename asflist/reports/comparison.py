"""An owner's figures over the years beside what is published of others: nothing else is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asflist.enums import StatisticsTable
from asflist.models import YearlyReport
from asflist.statistics.measures import MEASURES, Measure
from asflist.statistics.published import Statistics
from asflist.statistics.source import size_of
from asflist.statistics.tables import Row
from core.charts import Bar, Chart

#: How many of the enterprise's own years are shown.
OWN_YEARS = 5


@dataclass(frozen=True)
class Compared:
    """A chart of own figures and others'; ``note`` says why a mean of others is missing."""

    chart: Chart
    note: str = ""


@dataclass(frozen=True)
class Ratio:
    """One figure for so many of another; with both, enterprises of any size are alike."""

    label: Any
    unit: Any
    figure: str
    of: str = "participants"
    each: int = 1


RATIOS = (
    Ratio(_("Went on to work, of 100 participants"), _("people"), "to_work", each=100),
    Ratio(_("Went on to study, of 100 participants"), _("people"), "to_study", each=100),
    Ratio(_("Hours of work training for each participant"), _("hours"), "training_hours"),
    Ratio(_("Sales, of 100 kronor in turnover"), _("kronor"), "sales", of="turnover", each=100),
)


def rounded(value: Decimal) -> Decimal:
    """Return ``value`` with one decimal where it is small, none where it is large."""
    return value.quantize(Decimal("0.1") if value < 100 else Decimal(1), ROUND_HALF_UP)


def own_ratio(ratio: Ratio, report: YearlyReport) -> Decimal | None:
    """Return the report's own figure, None where it lacks something."""
    figure, of = getattr(report, ratio.figure), getattr(report, ratio.of)
    return None if figure is None or not of else rounded(Decimal(figure) * ratio.each / of)


def told_by_different(ratio: Ratio, row: Row) -> bool:
    """Whether both figures of a row are published, but not as many have told the one as the other.

    A quotient of two such sums would be no mean of anybody; the sum over those who have told both
    is not published, and beside the others it could tell of fewer than three.
    """
    figure, of = row.figures[ratio.figure], row.figures[ratio.of]
    return None not in (figure.value, of.value) and figure.reported != of.reported


def ratio_of_row(ratio: Ratio, row: Row) -> Decimal | None:
    """Return the figure of a published row, None unless the same number has told both."""
    figure, of = row.figures[ratio.figure], row.figures[ratio.of]
    if figure.value is None or not of.value or told_by_different(ratio, row):
        return None
    return rounded(figure.value * ratio.each / of.value)


def mean_of_row(measure: Measure, row: Row) -> Decimal | None:
    """Return the mean of those behind a published figure."""
    figure = row.figures[measure.key]
    if figure.value is None:
        return None
    return figure.value if measure.mean else rounded(figure.value / figure.reported)


def rows_beside(report: YearlyReport, statistics: Statistics) -> list[tuple[str, Row]]:
    """Return the published rows that the report is compared with, each with what it is called."""
    tables = statistics.years.get(report.year)
    if tables is None:
        return []
    industry = report.main_industry and (report.main_industry.parent_id or report.main_industry_id)
    keys = (
        (gettext("Mean of your industry"), StatisticsTable.INDUSTRY, str(industry or "")),
        (
            gettext("Mean of your size"),
            StatisticsTable.SIZE,
            size_of(report.employees, report.participants),
        ),
        (gettext("Mean of all ASFs"), StatisticsTable.TOTAL, ""),
    )
    found = ((label, tables.row(table.value, key)) for label, table, key in keys)
    return [(label, row) for label, row in found if row]


def comparisons(reports: Sequence[YearlyReport], statistics: Statistics) -> list[Compared]:
    """Return a chart for each figure that the sent ``reports``, oldest first, have told."""
    shown = reports[-OWN_YEARS:]
    if not shown:
        return []
    return [*ratio_charts(shown, statistics), *measure_charts(shown, statistics)]


def ratio_charts(reports: Sequence[YearlyReport], statistics: Statistics) -> Iterator[Compared]:
    """Yield the charts in which size makes no difference."""
    beside = rows_beside(reports[-1], statistics)
    for ratio in RATIOS:
        own = [(report.year, own_ratio(ratio, report)) for report in reports]
        others = [(label, ratio_of_row(ratio, row)) for label, row in beside]
        note = ""
        if any(told_by_different(ratio, row) for _label, row in beside):
            note = gettext(
                "A mean is missing where some enterprises have reported only one of the two "
                "figures that it is worked out from."
            )
        yield from chart(ratio.label, ratio.unit, own, others, note)


def measure_charts(reports: Sequence[YearlyReport], statistics: Statistics) -> Iterator[Compared]:
    """Yield the charts of the figures as they were told, beside the mean enterprise."""
    beside = rows_beside(reports[-1], statistics)
    for measure in MEASURES.values():
        own = [(report.year, as_decimal(getattr(report, measure.key))) for report in reports]
        others = [(label, mean_of_row(measure, row)) for label, row in beside]
        yield from chart(measure.label, measure.unit, own, others)


def as_decimal(value: int | None) -> Decimal | None:
    """Return a figure as charts take it."""
    return None if value is None else Decimal(value)


def chart(
    title: Any,
    unit: Any,
    own: list[tuple[int, Decimal | None]],
    others: list[tuple[str, Decimal | None]],
    note: str = "",
) -> Iterator[Compared]:
    """Yield the chart of own years and of others in the latest; none without own figures."""
    bars = [
        Bar(gettext("You %(year)d") % {"year": year}, value)
        for year, value in own
        if value is not None
    ]
    if not bars:
        return
    latest = own[-1][0]
    bars += [Bar(f"{label} {latest}", value) for label, value in others if value is not None]
    drawn = Chart(
        title=str(title),
        unit=str(unit),
        period=years_in_words([year for year, _value in own]),
        bars=tuple(bars),
        source=gettext("your reports, and the public statistics"),
    )
    yield Compared(drawn, note)


def years_in_words(years: Sequence[int]) -> str:
    """Return “2025” or “2023–2025”."""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
