"""Survey results as charts and tables: the same figures in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from asflist.places import County, counties, counties_by_name
from asflist.regions.results import Asked, Occasion, Results
from core.charts import Bar, Chart

Find = Callable[[Occasion, Asked], int | None]


@dataclass(frozen=True)
class Row:
    """A question or a county with its figure at each round, in words.

    ``change`` may be empty; ``url`` leads to the county where it has a page.
    """

    label: str
    cells: list[str]
    change: str
    county: County | None = None
    url: str = ""


def in_words(value: int | None, question: Asked, *, national: bool = False) -> str:
    """Return a figure as a table shows it: a number, yes or no, or an en dash for no answer."""
    if value is None:
        return "–"
    if question.is_number or national:
        return str(value)
    return gettext("Yes") if value else gettext("No")


def change(before: int | None, now: int | None) -> str:
    """Return how much a number has grown or shrunk: ``"+5"``, ``"−2"``, ``"±0"``, ``""``."""
    if before is None or now is None:
        return ""
    grown = now - before
    return f"+{grown}" if grown > 0 else f"−{-grown}" if grown else "±0"


def make_row(
    results: Results,
    label: str,
    question: Asked,
    find: Find,
    *,
    national: bool = False,
    county: County | None = None,
) -> Row:
    """Return the row of one question, for the whole country or for one county."""
    values = [find(occasion, question) for occasion in results.rounds]
    counted = (question.is_number or national) and len(values) > 1
    return Row(
        label,
        [in_words(value, question, national=national) for value in values],
        change(values[0], values[-1]) if counted else "",
        county,
    )


def national_find(results: Results) -> Find:
    """Return what gives the whole country's figures."""
    return lambda occasion, question: results.national(occasion, question).value


def county_find(results: Results, code: str) -> Find:
    """Return what gives one county's figures."""
    return lambda occasion, question: results.county(occasion, question, code)


def national_rows(results: Results) -> list[Row]:
    """Return a row for each question: the whole country at each round."""
    find = national_find(results)
    return [
        make_row(results, label_of(question), question, find, national=True)
        for question in results.questions
    ]


def county_rows(results: Results, code: str) -> list[Row]:
    """Return a row for each question: one county at each round."""
    find = county_find(results, code)
    return [make_row(results, question.text, question, find) for question in results.questions]


def rows_by_county(results: Results, question: Asked) -> list[Row]:
    """Return a row for each county, by name: what it answered to one question at each round."""
    places = counties_by_name()
    return [
        make_row(
            results,
            county.name,
            question,
            county_find(results, county.code),
            county=county,
        )
        for county in places
    ]


def label_of(question: Asked) -> str:
    """Return the question; for yes or no it says that counties are counted."""
    if question.is_number:
        return question.text
    return gettext("%(question)s (counties that say yes)") % {"question": question.text}


def bars(results: Results, rows: Iterator[tuple[str, Asked, Find]]) -> tuple[Bar, ...]:
    """Return a bar for each row that has an answer at the latest round."""
    made = []
    if results.latest is None:
        return ()
    for label, question, find in rows:
        value = find(results.latest, question)
        before = find(results.first, question) if results.first else None
        if value is not None:
            known = None if before is None else Decimal(before)
            made.append(Bar(label, Decimal(value), known))
    return tuple(made)


def make_chart(
    results: Results, title: str, unit: str, rows: Iterator[tuple[str, Asked, Find]]
) -> Chart | None:
    """Return the chart of these rows at the latest round beside the first; None without bars."""
    found = bars(results, rows)
    if not found or results.latest is None:
        return None
    return Chart(
        title=title,
        unit=unit,
        period=results.latest.name,
        period_before=results.first.name if results.first else "",
        source=results.survey.source,
        bars=found,
    )


def national_chart(results: Results) -> Chart | None:
    """Return the whole country's chart: a bar for each question."""
    find = national_find(results)
    rows = ((label_of(question), question, find) for question in results.questions)
    return make_chart(results, results.survey.title, pgettext("unit of a chart", "number"), rows)


def county_chart(results: Results, county: County) -> Chart | None:
    """Return one county's chart: a bar for each question that is answered by a number."""
    find = county_find(results, county.code)
    rows = ((q.text, q, find) for q in results.questions if q.is_number)
    title = gettext("%(survey)s: %(county)s") % {
        "survey": results.survey.title,
        "county": county.name,
    }
    return make_chart(results, title, pgettext("unit of a chart", "number"), rows)


def question_chart(results: Results, question: Asked) -> Chart | None:
    """Return one question's chart: a bar for each county that has answered with a number."""
    if not question.is_number:
        return None
    places = counties_by_name()
    rows = ((county.name, question, county_find(results, county.code)) for county in places)
    return make_chart(
        results, question.text, question.unit or pgettext("unit of a chart", "number"), rows
    )


def csv_table(results: Results) -> tuple[list[str], list[list[object]]]:
    """Return header and rows of a file: one row for each round and place, one column a question."""
    header = [
        gettext("Asked"),
        gettext("County code"),
        gettext("County"),
        *(f"{question.text} ({question.unit})" for question in results.questions),
        gettext("Source"),
    ]
    rows: list[list[object]] = []
    for occasion in results.rounds:
        month = occasion.asked_on.strftime("%Y-%m")
        whole = [results.national(occasion, question).value for question in results.questions]
        rows.append([month, "", gettext("The whole country"), *whole, results.survey.source])
        for county in counties():
            find = county_find(results, county.code)
            answers = [find(occasion, question) for question in results.questions]
            rows.append([month, county.code, county.name, *answers, results.survey.source])
    return header, rows
