"""The owner's own page sets own figures beside what is published, and beside nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from asflist.models import YearlyReport
from asflist.reports.comparison import comparisons
from asflist.statistics.published import get_statistics
from tests.asflist.factories import make_enterprise, make_industry, make_report

pytestmark = pytest.mark.django_db


def charts_for(enterprise):
    reports = YearlyReport.objects.sent().filter(enterprise=enterprise).order_by("year")
    with translation.override("en"):
        compared = comparisons(list(reports), get_statistics())
    return {each.chart.title: each.chart for each in compared}


def notes_for(enterprise):
    with translation.override("en"):
        compared = comparisons(list(enterprise.yearly_reports.sent()), get_statistics())
    return {each.chart.title: each.note for each in compared}


def bars(chart):
    return {bar.label: bar.value for bar in chart.bars}


def test_own_years_stand_beside_the_means_of_industry_size_and_all():
    cafe = make_industry()
    made = [make_enterprise(industries=[cafe]) for _number in range(4)]
    for number, enterprise in enumerate(made):
        make_report(enterprise, 2025, participants=10 + number, to_work=2)
    make_report(made[0], 2024, participants=8)
    chart = charts_for(made[0])["Participants"]
    assert bars(chart) == {
        "You 2024": Decimal(8),
        "You 2025": Decimal(10),
        "Mean of your industry 2025": Decimal("11.5"),
        "Mean of your size 2025": Decimal("11.5"),
        "Mean of all ASFs 2025": Decimal("11.5"),
    }


def test_nothing_that_is_hidden_is_compared_with():
    """Two have reported: a mean would tell each what the other has answered."""
    made = [make_enterprise() for _number in range(2)]
    for enterprise in made:
        make_report(enterprise, 2025, participants=10, to_work=3)
    charts = charts_for(made[0])
    assert charts
    for chart in charts.values():
        assert {bar.label for bar in chart.bars} == {"You 2025"}


def test_a_ratio_needs_that_the_same_number_has_told_both():
    made = [make_enterprise() for _number in range(4)]
    for number, enterprise in enumerate(made):
        make_report(enterprise, 2025, participants=10, to_work=3, to_study=1 if number else None)
    charts = charts_for(made[1])
    assert bars(charts["Went on to work, of 100 participants"])["Mean of all ASFs 2025"] == 30
    assert bars(charts["Went on to study, of 100 participants"]) == {"You 2025": Decimal(10)}
    notes = notes_for(made[1])
    assert "only one of the two figures" in notes["Went on to study, of 100 participants"]
    assert {note for title, note in notes.items() if "study, of" not in title} == {""}


def test_a_mean_that_is_hidden_is_not_said_to_lack_reports():
    """One of the two who have reported left something out; the means are hidden all the same."""
    made = [make_enterprise() for _number in range(2)]
    for number, enterprise in enumerate(made):
        make_report(enterprise, 2025, participants=10, to_work=3 if number else None)
    assert set(notes_for(made[1]).values()) == {""}


def test_a_figure_that_the_owner_left_empty_has_no_chart():
    enterprise = make_enterprise()
    make_report(enterprise, 2025, participants=10)
    assert list(charts_for(enterprise)) == ["Participants"]
