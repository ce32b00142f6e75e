"""From reports to tables: pure functions, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from asflist.enums import Hidden, StatisticsTable
from asflist.statistics.disclosure import Cell, hide
from asflist.statistics.measures import MEASURES, Measure

TOTAL: Cell = (StatisticsTable.TOTAL.value, "")


@dataclass(frozen=True)
class Place:
    """Where an enterprise is counted: county code, industry's id and size class, as text.

    ``""`` is what is not known.
    """

    county: str
    industry: str
    size: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the tables that the enterprise is counted in."""
        return (
            TOTAL,
            (StatisticsTable.COUNTY.value, self.county),
            (StatisticsTable.INDUSTRY.value, self.industry),
            (StatisticsTable.SIZE.value, self.size),
        )


@dataclass(frozen=True)
class Record:
    """A sent report: where it is counted, where its entry would be, and its figures."""

    year: int
    place: Place
    entry_place: Place
    figures: Mapping[str, int | None]


@dataclass(frozen=True)
class Figure:
    """One published figure, or None and why; ``reported`` enterprises have told it."""

    value: Decimal | None
    reported: int
    hidden: Hidden | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table: how many enterprises are on the list, have reported, and what."""

    key: str
    listed: int
    reported: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class YearTables:
    """Every table of one year, by its name."""

    year: int
    tables: Mapping[str, tuple[Row, ...]]

    @property
    def total(self) -> Row:
        """All enterprises together."""
        return self.tables[StatisticsTable.TOTAL.value][0]

    def row(self, table: str, key: str) -> Row | None:
        """Return one row of a table, or None where there is none."""
        return next((row for row in self.tables[table] if row.key == key), None)


def make_tables(year: int, records: Iterable[Record], entries: Mapping[Place, int]) -> YearTables:
    """Return the tables of ``year``; ``entries`` counts what is on the list by where it is.

    An enterprise that has reported is counted where its report says that it was, any other where
    its entry is now.
    """
    reports = [record for record in records if record.year == year]
    listed, reported = count_cells(reports, entries)
    figures = {key: sum_up(measure, reports) for key, measure in MEASURES.items()}
    nobody = Figure(None, 0, Hidden.NOBODY)
    tables: dict[str, tuple[Row, ...]] = {}
    for table in StatisticsTable.values:
        cells = sorted(cell for cell in listed | reported if cell[0] == table)
        tables[table] = tuple(
            Row(
                cell[1],
                listed[cell],
                reported[cell],
                {key: of_cells.get(cell, nobody) for key, of_cells in figures.items()},
            )
            for cell in (cells or ([TOTAL] if table == TOTAL[0] else []))
            if cell == TOTAL or listed[cell]
        )
    return YearTables(year, tables)


def count_cells(
    reports: list[Record], entries: Mapping[Place, int]
) -> tuple[Counter[Cell], Counter[Cell]]:
    """Return how many enterprises on the list, and how many reports, each cell has."""
    listed: Counter[Cell] = Counter()
    reported: Counter[Cell] = Counter()
    for place, number in entries.items():
        listed.update(dict.fromkeys(place.cells, number))
    for record in reports:
        listed.subtract(record.entry_place.cells)
        listed.update(record.place.cells)
        reported.update(record.place.cells)
    return listed, reported


def sum_up(measure: Measure, reports: list[Record]) -> dict[Cell, Figure]:
    """Return the measure's figure in each cell that anybody has reported it in."""
    sums: Counter[Cell] = Counter()
    numbers: Counter[Cell] = Counter()
    contributors = []
    for record in reports:
        value = record.figures[measure.key]
        if value is None:
            continue
        cells = record.place.cells
        contributors.append((cells, value != 0))
        numbers.update(cells)
        for cell in cells:
            sums[cell] += value
    hidden = hide(contributors)
    return {
        cell: Figure(None, number, hidden[cell])
        if cell in hidden
        else Figure(published(measure, sums[cell], number), number)
        for cell, number in numbers.items()
    }


def published(measure: Measure, total: int, number: int) -> Decimal:
    """Return the figure that stands in a table; a mean has one decimal."""
    if measure.mean:
        return (Decimal(total) / number).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Decimal(total)
