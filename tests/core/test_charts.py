"""Charts: bars from figures, as a picture, a table and files, whatever the figures are."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.utils import translation

from core.charts import LEAST, NARROW, WIDE, Bar, Chart, draw, exact, table
from core.lettering import width, wrap
from core.numbers import number
from library.models import ImpactReportPage
from tests.library.factories import add, library, stream
from tests.library.queries import MOST, queries_of

HOSTILE = '=cmd|" /C calc"!A1<script>alert(1)</script>'
SVG = "{http://www.w3.org/2000/svg}"


def bar(label, value, before=None):
    return Bar(label, Decimal(value), None if before is None else Decimal(before))


def chart(*bars, **fields):
    texts = {"title": "Avtal", "unit": "avtal", "period": "2022", **fields}
    return Chart(bars=bars, **texts)


def lengths(drawing):
    return [float(rect.width) for rect in drawing.rects]


def test_a_bar_is_as_long_as_its_figure():
    one, two, nought = lengths(draw(chart(bar("a", 100), bar("b", 50), bar("c", 0))))
    assert one == pytest.approx(2 * two, abs=0.02)
    assert nought == 0


def test_what_is_less_than_nought_goes_the_other_way():
    drawing = draw(chart(bar("a", 30), bar("b", -10)))
    plus, minus = drawing.rects
    assert plus.x == drawing.zero_x
    end = float(minus.x) + float(minus.width)
    assert end == pytest.approx(float(drawing.zero_x), abs=0.02)
    assert float(plus.width) == pytest.approx(3 * float(minus.width), abs=0.05)


@pytest.mark.parametrize(
    "values",
    [["0"], ["0", "0"], ["-5"], ["7"], ["999999999999999", "0.0001"], ["1E+14", "-1E+14"], []],
)
@pytest.mark.parametrize("wide", [WIDE, NARROW])
def test_any_figures_stay_within_the_picture(values, wide):
    bars = [bar(f"Etikett {place}", value, "3") for place, value in enumerate(values)]
    drawing = draw(chart(*bars, source="Vi"), wide, framed=True)
    for rect in drawing.rects:
        assert float(rect.x) >= 0
        assert 0 <= float(rect.x) + float(rect.width) <= wide
        assert float(rect.y) + float(rect.height) <= float(drawing.height)
    for line in drawing.words:
        bold = line.role in ("title", "value")
        size = 22 if line.role == "title" else 16
        assert float(line.x) + width(line.text, size, bold=bold) <= wide
        assert float(line.y) <= float(drawing.height)


def test_a_chart_names_both_times_where_it_shows_both():
    both = chart(bar("a", 9, 6), period_before="2021")
    with translation.override("en"):
        assert both.subtitle == "avtal, 2021 and 2022"
    assert chart(bar("a", 9), period_before="2021").subtitle == "avtal, 2022"
    assert chart(bar("a", 9, 6)).subtitle == "avtal, 2022"


def test_a_figure_that_is_not_nought_can_be_seen():
    _huge, small = lengths(draw(chart(bar("a", 10**12), bar("b", 1))))
    assert small == LEAST


def test_long_labels_are_broken_and_nothing_of_them_is_lost():
    words = "Avtal mellan arbetsintegrerande sociala företag och kommuner i hela landet nu " * 2
    for text in (words, "W" * 80):
        lines = wrap(text, 200, 16)
        assert len(lines) > 1
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert max(width(line, 16) for line in lines) <= 200


def test_the_earlier_figure_is_told_by_its_pattern_and_a_key():
    drawing = draw(chart(bar("a", 9, 6), period_before="2021"))
    assert [rect.before for rect in drawing.rects] == [False, True, False, True]
    assert {"2022", "2021"} <= {line.text for line in drawing.words}


def test_numbers_are_written_as_readers_write_them():
    with translation.override("sv"):
        assert number(Decimal("1200")) == "1\xa0200"
        assert number(Decimal("12.5")) == "12,5"
        assert number(Decimal("-1200.50")) == "−1\xa0200,50"
    with translation.override("en"):
        assert number(Decimal("1200.5")) == "1,200.5"


def test_the_picture_and_the_table_say_the_same():
    shown = chart(bar("Avtal", "36"), bar("Nätverk", "26.5", "20"))
    _header, rows = table(shown)
    with translation.override("sv"):
        texts = {line.text for line in draw(shown).words}
        figures = {number(cell) for row in rows for cell in row[1:] if cell is not None}
    assert {"Avtal", "Nätverk"} | figures <= texts


def test_a_number_in_a_file_has_every_digit_and_no_exponent():
    assert str(exact(Decimal("1.20E+6"))) == "1200000"
    assert str(exact(Decimal("0.10"))) == "0.10"
    assert exact("text") == "text"


@pytest.fixture
def report(home):
    """A report with a figure and a chart, both with hostile words."""
    figure = {
        "label": HOSTILE,
        "value": "-1234.50",
        "unit": "tkr",
        "comparison": "",
        "source": "Vi",
    }
    bars = [
        {"label": HOSTILE, "value": "36", "before": None},
        {"label": "Distrikt", "value": "9", "before": "6"},
    ]
    value = {
        "title": "Det som \x07hände " + HOSTILE,
        "unit": "antal",
        "period": "september 2022",
        "period_before": "december 2021",
        "source": "Slutrapporten",
        "bars": bars,
    }
    return add(
        library(home),
        ImpactReportPage,
        title="Läget",
        slug="laget",
        year=2022,
        figures=stream(("figure", figure)),
        charts=stream(("chart", value), ("chart", value)),
    )


def rows_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_chart_is_a_picture_with_title_and_words_and_a_table_under_it(client, report):
    html = client.get(report.url).content.decode()
    pictures = re.findall(r'<svg class="chart__bars.*?</svg>', html, re.S)
    assert len(pictures) == 4  # two charts, each for wide and for narrow room
    for picture in pictures:
        assert 'role="img"' in picture
        assert "<title" in picture
        assert "style=" not in picture
    assert "<script>alert" not in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    named = {
        name for names in re.findall(r'aria-labelledby="([^"]+)"', html) for name in names.split()
    }
    assert named <= set(ids)
    assert html.count('<th scope="row">Distrikt</th>') == 2


def test_each_chart_is_a_file_that_any_program_reads(client, report):
    response = client.get(f"{report.url}chart-2.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "attachment" in response.headers["Content-Disposition"]
    root = ElementTree.fromstring(response.content)
    assert root.find(f"{SVG}title").text.startswith("Det som hände")
    assert root.find(f"{SVG}desc").text
    assert not list(root.iter(f"{SVG}script"))
    assert client.get(f"{report.url}chart-3.svg").status_code == 404
    assert client.get(f"{report.url}chart-0.csv").status_code == 404


def test_the_figures_are_files_for_spreadsheets_without_formulas(client, report):
    header, first, second = rows_of(client, f"{report.url}chart-1.csv")
    assert header[1:3] == ["december 2021", "september 2022"]
    assert first[0] == f"'{HOSTILE}"
    assert second[:3] == ["Distrikt", "6", "9"]
    rows = rows_of(client, f"{report.url}figures.csv")
    assert len(rows) == 1 + 1 + 2 * 3
    assert rows[1][3] == "-1234.50"
    assert all(not cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def test_reports_lead_to_the_years_before_and_after(client, report):
    index = report.get_parent()
    for year in (2019, 2021, 2024, 2023):
        add(index, ImpactReportPage, title=f"År {year}", slug=f"ar-{year}", year=year)
    add(index, ImpactReportPage, title="Utkast", slug="utkast", year=2022, publish=False)
    html = client.get(report.url).content.decode()
    assert re.search(r'rel="prev" href="/kunskapsbank/ar-2021/"', html)
    assert re.search(r'rel="next" href="/kunskapsbank/ar-2023/"', html)
    assert queries_of(client, report.url) <= MOST


def test_files_of_a_draft_are_for_staff_alone(client, report, superuser):
    urls = [f"{report.url}{name}" for name in ("figures.csv", "chart-1.svg", "chart-1.csv")]
    report.unpublish()
    assert {client.get(url).status_code for url in urls} == {404}
    client.force_login(superuser)
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
