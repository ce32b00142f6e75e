"""The page of statistics, its charts and its files all say the same figures."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import pytest

from asflist import states
from asflist.models import StatisticsPage
from asflist.statistics.measures import MEASURES
from asflist.statistics.presentation import COLUMNS, YearView
from asflist.statistics.published import get_statistics
from tests.asflist.factories import make_enterprise, make_industry, make_report

pytestmark = pytest.mark.django_db

URL = "/statistik/"
# In the order of their names.
COUNTIES = {"2180": "Gävleborgs län", "0180": "Stockholms län", "1480": "Västra Götalands län"}


def make_page(home, **kw):
    english = home.locale.language_code == "en"
    page = StatisticsPage(
        title="Statistics" if english else "Statistik",
        slug="statistics" if english else "statistik",
        introduction="Vad det blir tillsammans.",
        locale=home.locale,
        **kw,
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def page(home):
    return make_page(home)


@pytest.fixture
def sector(home):
    """Four enterprises in Gävleborg and four in Stockholm, one in Västra Götaland; one silent."""
    cafe, wash = make_industry(), make_industry("Tvätteri", "tvatteri")
    made = []
    for number, municipality in enumerate(["2180"] * 4 + ["0180"] * 4 + ["1480"]):
        industry = cafe if number % 2 else wash
        enterprise = make_enterprise(municipality=municipality, industries=[industry])
        make_report(enterprise, 2025, participants=7 + number, employees=3)
        make_report(enterprise, 2024, participants=5, employees=3)
        made.append(enterprise)
    make_enterprise(municipality="2180", industries=[cafe])
    return made


def test_the_page_shows_figures_with_their_coverage(client, page, sector):
    response = client.get(URL)
    view = response.context["view"]
    assert (view.year, view.total.row.reported, view.total.row.listed) == (2025, 9, 10)
    assert response.text.count(view.sections[2].chart.bars[0].label) >= 1
    assert view.total.row.figures["participants"].value == sum(range(7, 16))
    assert [row.name for row in view.sections[0].rows] == list(COUNTIES.values())


def test_hidden_figures_are_nowhere_on_the_page_or_in_the_files(client, page, sector):
    """Västra Götaland has one, and the others' sums must not give it away."""
    view = client.get(URL).context["view"]
    hidden = [
        row.name for row in view.sections[0].rows if row.row.figures["participants"].value is None
    ]
    assert "Västra Götalands län" in hidden
    assert len(hidden) >= 2
    drawn = {bar.label.split(" (")[0] for bar in view.sections[0].chart.bars}
    assert drawn.isdisjoint(hidden)
    figures = json.loads(client.get(f"{URL}2025.json").text)["figures"]
    for row in figures:
        assert (row["value"] is None) == bool(row["hidden"])
        if row["table"] == "county" and row["measure"] == "participants":
            assert (row["value"] is None) == (row["name"] in hidden)


def test_page_chart_csv_and_json_have_the_same_figures(client, page, sector):
    view = YearView(get_statistics(), 2025, "participants")
    shown = {
        (section.key, row.row.key, measure.key): row.row.figures[measure.key].value
        for section in view.sections
        for row in section.rows
        for measure in MEASURES.values()
    }
    body = client.get(f"{URL}2025.csv").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(body)))
    data = json.loads(client.get(f"{URL}2025.json").text)
    assert list(rows[0]) == list(COLUMNS) == list(data["keys"])
    assert [
        {k: "" if v is None else str(v) for k, v in row.items()} for row in data["figures"]
    ] == rows
    slugs = {str(pk): row.slug for pk, row in view.statistics.industries.items()}
    in_files = {
        (row["table"], row["key"], row["measure"]): Decimal(row["value"]) if row["value"] else None
        for row in rows
        if row["table"] != "total"
    }
    assert in_files == {
        (table, slugs.get(key, key) if table == "industry" else key, measure): value
        for (table, key, measure), value in shown.items()
    }
    for section in view.sections:
        values = {row.row.figures["participants"].value for row in section.rows}
        if section.chart:
            assert {bar.value for bar in section.chart.bars} == values - {None}


def test_each_year_has_an_address_and_a_year_without_reports_has_none(client, page, sector):
    assert client.get(f"{URL}2024/").context["view"].year == 2024
    for missing in ("2023/", "2023.csv", "2023.json", "2025.xml"):
        assert client.get(URL + missing).status_code == 404


@pytest.mark.parametrize("figure", ["to_work", "nonsense", "<script>"])
def test_the_reader_chooses_what_the_charts_show(client, page, sector, figure):
    response = client.get(URL, {"figure": figure})
    chosen = response.context["view"].measure.key
    assert chosen == (figure if figure in MEASURES else "participants")
    assert "<script>&" not in response.text


def test_an_entry_that_leaves_the_list_leaves_page_and_files_at_once(client, page, sector):
    before = client.get(f"{URL}2025.json")
    assert json.loads(before.text)["reported"] == 9
    states.withdraw(sector[0])
    after = client.get(f"{URL}2025.json", headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, json.loads(after.text)["reported"]) == (200, 8)
    assert client.get(URL).context["view"].total.row.listed == 9


def test_who_has_the_newest_figures_is_told_so(client, page, sector):
    for ending in ("csv", "json"):
        first = client.get(f"{URL}2025.{ending}")
        again = client.get(f"{URL}2025.{ending}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Access-Control-Allow-Origin"] == "*"


def test_the_files_go_with_the_page(client, page, sector):
    page.unpublish()
    for address in ("", "2025/", "2025.csv", "2025.json"):
        assert client.get(URL + address).status_code == 404


def test_names_in_the_csv_file_are_never_formulas(client, page, home):
    evil = make_industry("=cmd()", "ond")
    for _number in range(3):
        make_report(make_enterprise(industries=[evil]), 2025, participants=5)
    body = client.get(f"{URL}2025.csv").text
    assert "'=cmd()" in body
    assert re.search(r"(^|,)=cmd", body, re.MULTILINE) is None


def test_the_page_describes_itself_as_a_data_set(client, page, sector):
    text = client.get(URL).text
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert found["@type"] == "Dataset"
    assert found["temporalCoverage"] == "2024/2025"
    links = {item["contentUrl"] for item in found["distribution"]}
    assert "http://localhost/statistik/2024.csv" in links


def test_the_english_page_has_english_names_and_its_own_files(client, page, english_home, sector):
    english = page.copy_for_translation(english_home.locale)
    english.slug = "statistics"
    english.save_revision().publish()
    response = client.get("/en/statistics/2024/")
    names = [row.name for row in response.context["view"].sections[0].rows]
    assert names
    assert all(" län" not in name for name in names)
    assert 'href="/statistik/2024/"' in response.text
    assert "hidden, fewer than three" in response.text
    assert "hidden, so that no other figure can be worked out" in response.text
    assert client.get("/en/statistics/2024.csv").status_code == 200
    assert client.get("/statistics/2024.csv").status_code == 404


def test_the_page_says_so_before_any_report(client, page):
    response = client.get(URL)
    assert response.status_code == 200
    assert response.context["view"].total is None


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_costs_at_most_fifteen_queries_cold(
    client, page, number, django_assert_max_num_queries
):
    cafe = make_industry()
    for _number in range(number):
        enterprise = make_enterprise(industries=[cafe])
        for year in range(2020, 2026):
            make_report(enterprise, year, participants=5)
    with django_assert_max_num_queries(15) as counted:
        client.get(URL)
    cold = len(counted)
    with django_assert_max_num_queries(cold - 2):
        client.get(URL)


def test_there_is_one_page_in_each_language(home, page):
    assert not StatisticsPage.can_create_at(home)
