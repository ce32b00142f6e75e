"""The tables as readers meet them: names in their language, charts, and rows of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from asflist.enums import Hidden, SizeClass, StatisticsTable
from asflist.places import county
from asflist.statistics.measures import MEASURES, Measure
from asflist.statistics.published import Statistics
from asflist.statistics.tables import Figure, Row, YearTables
from asflist.text import sort_key
from core.charts import Bar, Chart

#: The tables below the total, in their order.
DIVIDED = (StatisticsTable.COUNTY, StatisticsTable.INDUSTRY, StatisticsTable.SIZE)
FIRST_FIGURE = "participants"


@dataclass(frozen=True)
class NamedRow:
    """A row with its name; ``cells`` are its figures in the order of ``MEASURES``."""

    name: str
    row: Row

    @property
    def cells(self) -> list[tuple[Measure, Figure]]:
        """Each measure with its figure."""
        return [(measure, self.row.figures[key]) for key, measure in MEASURES.items()]

    def bar(self, measure: Measure) -> Bar | None:
        """Return the bar of one figure, with its coverage, or None where it is hidden."""
        figure = self.row.figures[measure.key]
        if figure.value is None:
            return None
        coverage = say_coverage(figure.reported, self.row.listed)
        return Bar(f"{self.name} ({coverage})", figure.value)


@dataclass(frozen=True)
class Section:
    """A table with its chart, None where no figure of it can be shown.

    ``first`` is what the first column holds.
    """

    key: str
    heading: str
    first: str
    rows: list[NamedRow]
    chart: Chart | None

    @property
    def left_out(self) -> int:
        """How many rows have a figure that the chart must not show."""
        drawn = len(self.chart.bars) if self.chart else 0
        return len(self.rows) - drawn


def say_coverage(reported: int, listed: int) -> str:
    """Return “41 of 48”."""
    return _("%(reported)d of %(listed)d") % {"reported": reported, "listed": listed}


class YearView:
    """What the page shows of one year; ``figure`` is the measure that the charts show."""

    def __init__(self, statistics: Statistics, year: int | None, figure: str) -> None:
        self.statistics, self.year = statistics, year
        self.measure = MEASURES.get(figure, MEASURES[FIRST_FIGURE])

    @cached_property
    def tables(self) -> YearTables | None:
        """The year's tables, None before there is any report."""
        return self.statistics.years[self.year] if self.year else None

    @cached_property
    def years(self) -> list[int]:
        """The years that have reports, the newest first."""
        return list(self.statistics.years)

    @cached_property
    def measures(self) -> list[Measure]:
        """What can be chosen for the charts."""
        return list(MEASURES.values())

    @cached_property
    def total(self) -> NamedRow | None:
        """All of Sweden."""
        return (
            NamedRow(str(StatisticsTable.TOTAL.label), self.tables.total) if self.tables else None
        )

    @cached_property
    def sections(self) -> list[Section]:
        """The tables by county, industry and size."""
        if self.tables is None:
            return []
        return [self.section(table) for table in DIVIDED]

    def section(self, table: StatisticsTable) -> Section:
        """Return one table with the chart of the chosen measure."""
        heading = {
            StatisticsTable.COUNTY: _("By county"),
            StatisticsTable.INDUSTRY: _("By industry"),
            StatisticsTable.SIZE: _("By size"),
        }[table]
        rows = self.named(table)
        chart = self.chart(heading, rows, str(self.year))
        return Section(table.value, heading, str(table.label), rows, chart)

    @cached_property
    def over_years(self) -> Section:
        """All of Sweden, a row for each year, the oldest first."""
        years = self.statistics.years
        rows = [NamedRow(str(year), years[year].total) for year in reversed(self.years)]
        heading = _("Over the years")
        period = rows[0].name if len(rows) == 1 else f"{rows[0].name}–{rows[-1].name}"
        return Section("years", heading, _("Year"), rows, self.chart(heading, rows, period))

    def chart(self, heading: str, rows: list[NamedRow], period: str) -> Chart | None:
        """Return the chosen measure of ``rows`` as bars, None where there is none to show."""
        bars = [bar for row in rows if (bar := row.bar(self.measure))]
        if not bars:
            return None
        return Chart(
            title=f"{self.measure.label}: {heading[0].lower()}{heading[1:]}",
            unit=str(self.measure.unit),
            period=period,
            bars=tuple(bars),
            source=_("yearly reports of the enterprises on the ASF list"),
        )

    def named(self, table: StatisticsTable) -> list[NamedRow]:
        """Return the rows of a table with their names, in the readers' order."""
        if self.tables is None:
            return []
        names = self.names(table)
        known = {row.key: row for row in self.tables.tables[table.value]}
        rows = [NamedRow(name, known.pop(key)) for key, name in names.items() if key in known]
        return rows + [NamedRow(_("Not stated"), row) for row in known.values()]

    def names(self, table: StatisticsTable) -> dict[str, str]:
        """Return the names of a table's rows by key, in their order."""
        if table == StatisticsTable.INDUSTRY:
            return {str(pk): row.name for pk, row in self.statistics.industries.items()}
        if table == StatisticsTable.SIZE:
            return {size.value: str(size.label) for size in SizeClass}
        if table == StatisticsTable.COUNTY and self.tables:
            rows = self.tables.tables[table.value]
            named = {row.key: found.name for row in rows if (found := county(row.key))}
            return dict(sorted(named.items(), key=lambda item: sort_key(item[1])))
        return {"": str(StatisticsTable.TOTAL.label)}


#: The columns of the CSV file and the keys of a figure in JSON.
COLUMNS = (
    "year",
    "table",
    "key",
    "name",
    "measure",
    "unit",
    "value",
    "reported",
    "listed",
    "hidden",
)


def file_rows(view: YearView) -> Iterator[dict[str, Any]]:
    """Yield every figure of the year, hidden ones too: the same as stand on the page."""
    for table in StatisticsTable:
        for named in view.named(table):
            for measure, figure in named.cells:
                yield {
                    "year": view.year,
                    "table": table.value,
                    "key": file_key(view, table, named.row.key),
                    "name": named.name,
                    "measure": measure.key,
                    "unit": str(measure.unit),
                    "value": as_number(figure.value),
                    "reported": figure.reported,
                    "listed": named.row.listed,
                    "hidden": figure.hidden.value if figure.hidden else None,
                }


def file_key(view: YearView, table: StatisticsTable, key: str) -> str:
    """Return what a row is called in files: a county's code, an industry's slug, a size."""
    if table == StatisticsTable.INDUSTRY and key:
        return view.statistics.industries[int(key)].slug
    return key


def as_number(value: Decimal | None) -> int | float | None:
    """Return a figure as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def describe_columns() -> dict[str, str]:
    """Return what each column holds, in the reader's language."""
    return {
        "year": _("the year that was reported"),
        "table": ", ".join(f"{value} ({label})" for value, label in StatisticsTable.choices),
        "key": _("the county’s official code, the industry’s word in addresses, or the size"),
        "name": _("what the row is called"),
        "measure": ", ".join(f"{key} ({measure.label})" for key, measure in MEASURES.items()),
        "unit": _("what the figure is counted in"),
        "value": _("the figure: a sum, for the share a mean; empty where it is hidden"),
        "reported": _("how many enterprises stand behind the figure"),
        "listed": _("how many enterprises on the list belong in the row"),
        "hidden": ", ".join(f"{value} ({label})" for value, label in Hidden.choices),
    }
