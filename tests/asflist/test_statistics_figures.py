"""Every published figure is what plain SQL over the reports says, and follows the list."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from django.db import connection

from asflist import states
from asflist.enums import EntryType, Hidden, ReportState
from asflist.models import Enterprise
from asflist.statistics.measures import MEASURES
from asflist.statistics.published import get_statistics
from tests.asflist.factories import make_enterprise, make_industry, make_report

pytestmark = pytest.mark.django_db

# The one-way tables, each as the SQL of what it groups by.
KEYS = {
    "total": "CAST('' AS varchar(20))",
    "county": "report.county_code",
    "industry": "COALESCE(CAST(COALESCE(industry.parent_id, industry.id) AS varchar(20)), '')",
    "size": """CASE
        WHEN report.employees IS NULL AND report.participants IS NULL THEN ''
        WHEN COALESCE(report.employees, 0) + COALESCE(report.participants, 0) < 10 THEN '0-9'
        WHEN COALESCE(report.employees, 0) + COALESCE(report.participants, 0) < 20 THEN '10-19'
        WHEN COALESCE(report.employees, 0) + COALESCE(report.participants, 0) < 50 THEN '20-49'
        ELSE '50-' END""",
}
SQL = """
SELECT {key}, SUM(report.{measure}), COUNT(report.{measure})
FROM asflist_yearlyreport report
JOIN asflist_enterprise enterprise ON enterprise.id = report.enterprise_id
LEFT JOIN asflist_industry industry ON industry.id = report.main_industry_id
WHERE report.year = %s AND report.state = 'sent' AND enterprise.state = 'approved'
  AND enterprise.entry_type = 'asf'
GROUP BY {key}
"""


def plain_sql(table: str, measure: str, year: int) -> dict[str, tuple[int | None, int]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(key=KEYS[table], measure=measure), [year])
        return {key: (total, number) for key, total, number in cursor.fetchall()}


def make_sector(seed: int = 1, number: int = 40) -> list[Enterprise]:
    """Enterprises over four counties and three industries, most with reports of two years."""
    rng = np.random.default_rng(seed)

    def below(limit: int) -> int:
        return int(rng.integers(limit))

    def one_of(values: list[Any]) -> Any:
        return values[below(len(values))]

    wide = [make_industry(f"Bransch {n}", f"bransch-{n}") for n in range(3)]
    narrow = make_industry("Del av bransch", "del", parent=wide[0])
    made = []
    for _number in range(number):
        enterprise = make_enterprise(
            municipality=one_of(["2180", "0180", "1480", "2580"]),
            industries=[one_of([*wide, narrow])],
            employees=below(20),
            participants=below(60),
        )
        made.append(enterprise)
        for year in (2024, 2025):
            if below(100) < 85:
                turnover = 1 + below(9_000_000)
                figures = {key: below(80) for key in MEASURES} | {
                    "turnover": turnover,
                    "sales": below(turnover),
                    "training_hours": one_of([None, 0, 4000]),
                }
                make_report(enterprise, year, **figures)
    return made


@pytest.mark.parametrize("year", [2024, 2025])
def test_every_figure_equals_the_sql_over_the_reports(year):
    make_sector()
    tables = get_statistics().years[year].tables
    published = 0
    for table in KEYS:
        for measure, of_measure in MEASURES.items():
            expected = plain_sql(table, measure, year)
            for row in tables[table]:
                figure = row.figures[measure]
                total, number = expected.get(row.key, (None, 0))
                assert figure.reported == number
                if figure.value is None:
                    assert figure.hidden
                    continue
                published += 1
                assert number >= 3
                if of_measure.mean:
                    mean = Decimal(int(total)) / number
                    assert figure.value == mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
                else:
                    assert figure.value == total
    assert published > 60


def test_the_tables_cover_every_enterprise_on_the_list_once():
    made = make_sector()
    for tables in get_statistics().years.values():
        for rows in tables.tables.values():
            assert sum(row.listed for row in rows) == len(made)
            assert sum(row.reported for row in rows) == tables.total.reported


def test_coverage_counts_those_that_have_not_reported_where_their_entry_is():
    cafe, wash = make_industry("Kafé", "kafe"), make_industry("Tvätt", "tvatt")
    for _number in range(3):
        make_report(make_enterprise(industries=[cafe]), 2025, participants=5, employees=1)
    make_enterprise(industries=[cafe], employees=1, participants=2)
    # Moved since: counted where the report says.
    moved = make_enterprise(industries=[wash], municipality="0180", employees=90)
    make_report(moved, 2025, county_code="21", main_industry=cafe, participants=5, employees=1)
    tables = get_statistics().years[2025]
    assert (tables.total.reported, tables.total.listed) == (4, 5)
    assert [(row.key, row.reported, row.listed) for row in tables.tables["county"]] == [
        ("21", 4, 5)
    ]
    assert [(row.key, row.reported, row.listed) for row in tables.tables["industry"]] == [
        (str(cafe.pk), 4, 5)
    ]
    assert [(row.key, row.reported, row.listed) for row in tables.tables["size"]] == [("0-9", 4, 5)]


def test_a_measure_that_an_enterprise_left_empty_has_fewer_behind_it():
    for number in range(4):
        make_report(make_enterprise(), 2025, participants=5, to_study=None if number > 1 else 2)
    figures = get_statistics().years[2025].total.figures
    assert (figures["participants"].value, figures["participants"].reported) == (20, 4)
    assert (figures["to_study"].value, figures["to_study"].reported) == (None, 2)
    assert figures["to_study"].hidden == Hidden.TOO_FEW
    assert figures["sales"].hidden == Hidden.NOBODY


def test_drafts_and_sales_organisations_are_not_counted():
    for _number in range(3):
        make_report(make_enterprise(), 2025, participants=5)
    make_report(make_enterprise(), 2025, participants=5, state=ReportState.DRAFT)
    seller = make_enterprise(entry_type=EntryType.SALES_ORGANISATION)
    make_report(seller, 2025, participants=5)
    total = get_statistics().years[2025].total
    assert (total.reported, total.listed, total.figures["participants"].value) == (3, 4, 15)


@pytest.mark.parametrize("leave", [states.pause, states.withdraw])
def test_an_entry_that_leaves_the_list_leaves_the_statistics_at_once(leave):
    made = [make_enterprise() for _number in range(4)]
    for enterprise in made:
        make_report(enterprise, 2025, participants=5)
    assert get_statistics().years[2025].total.figures["participants"].value == 20
    leave(made[0])
    total = get_statistics().years[2025].total
    assert (total.reported, total.listed, total.figures["participants"].value) == (3, 3, 15)


def test_a_correction_is_counted_at_once():
    reports = [make_report(make_enterprise(), 2025, participants=5) for _number in range(3)]
    before = get_statistics()
    assert before.years[2025].total.figures["participants"].value == 15
    reports[0].participants = 6
    reports[0].save()
    after = get_statistics()
    assert after.years[2025].total.figures["participants"].value == 16
    assert after.version != before.version


def test_unchanged_statistics_cost_three_queries_however_many_the_years(
    django_assert_num_queries,
):
    enterprises = [make_enterprise() for _number in range(3)]
    for year in range(2015, 2026):
        for enterprise in enterprises:
            make_report(enterprise, year, participants=5)
    with django_assert_num_queries(5):
        assert len(get_statistics().years) == 11
    with django_assert_num_queries(3):
        assert get_statistics().newest == 2025


def test_there_are_no_statistics_before_the_first_report():
    statistics = get_statistics()
    assert (statistics.years, statistics.newest) == ({}, None)
