"""A round as a file: out to be filled in, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from asflist.models import SurveyRound
from asflist.places import counties_by_code
from asflist.regions.grid import cell_name, places, results_of
from asflist.regions.results import Results
from core.spreadsheets import cell, csv_response
from core.uploads import check_kind, suffix_of

#: Columns that say which county a row is; the questions' codes follow.
CODE, NAME = "county_code", "county"
MAX_BYTES = 512 * 1024
MAX_ROWS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table(occasion: SurveyRound) -> tuple[list[str], list[list[object]]]:
    """Return header and rows of a round's file; the whole country has no code."""
    results = results_of(occasion)
    header = [CODE, NAME, *(question.code for question in results.questions)]
    rows: list[list[object]] = [
        [
            code,
            name,
            *(results.values.get((occasion.pk, q.pk, code)) for q in results.questions),
        ]
        for code, name in places()
    ]
    return header, rows


def file_name(occasion: SurveyRound, suffix: str) -> str:
    """Return ``"lan-2022-09.csv"``."""
    return f"{occasion.survey.slug}-{occasion.asked_on:%Y-%m}.{suffix}"


def as_csv(occasion: SurveyRound) -> HttpResponse:
    """Return a round as CSV."""
    return csv_response(file_name(occasion, "csv"), *table(occasion))


def as_xlsx(occasion: SurveyRound) -> HttpResponse:
    """Return a round as a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    header, rows = table(occasion)
    sheet.append([cell(name) for name in header])
    for row in rows:
        sheet.append([cell(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    name = file_name(occasion, "xlsx")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_answers(upload: UploadedFile, occasion: SurveyRound) -> dict[str, str]:
    """Return what a file says, by the names of the grid's fields; empty cells are no answer.

    Raises ``ValidationError`` for a file that is too large or no table, for a county or a question
    that there is not, and for a county that stands twice. The values are for ``GridForm`` to judge.
    """
    results = results_of(occasion)
    lines = read_rows(upload)
    header = [text.strip() for text in next(lines, [])]
    columns = find_columns(header, results)
    found: dict[str, str] = {}
    seen: set[str] = set()
    for number, row in enumerate(lines, start=2):
        if not any(text.strip() for text in row):
            continue
        code = county_of(row, header, number)
        if code in seen:
            raise ValidationError(_("Row %(row)d: the county stands twice.") % {"row": number})
        seen.add(code)
        for place, question in columns.items():
            value = row[place].strip() if place < len(row) else ""
            found[cell_name(question, code)] = value
    return found


def find_columns(header: list[str], results: Results) -> dict[int, int]:
    """Return the question of each column by its place. Raises ``ValidationError``."""
    if CODE not in header:
        raise ValidationError(
            _("There is no column “%(name)s” in the file’s first row.") % {"name": CODE}
        )
    codes = {question.code: question.pk for question in results.questions}
    names = {place: name for place, name in enumerate(header) if name not in (CODE, NAME, "")}
    for name in names.values():
        if name not in codes:
            raise ValidationError(_("The survey has no question “%(name)s”.") % {"name": name[:60]})
    return {place: codes[name] for place, name in names.items()}


def county_of(row: list[str], header: list[str], number: int) -> str:
    """Return the county code of a row, ``""`` for the whole country. Raises ``ValidationError``.

    Spreadsheets drop the zero of “01”.
    """
    place = header.index(CODE)
    text = row[place].strip() if place < len(row) else ""
    code = text.zfill(2) if text else ""
    if code and code not in counties_by_code():
        raise ValidationError(
            _("Row %(row)d: there is no county “%(code)s”.") % {"row": number, "code": text[:20]}
        )
    return code


def read_rows(upload: UploadedFile) -> Iterator[list[str]]:
    """Yield the rows of a CSV or XLSX file as texts. Raises ``ValidationError``."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is too large."))
    suffix = suffix_of(upload)
    if suffix == "xlsx":
        check_kind(upload, ["xlsx"])
        rows = sheet_rows(upload)
    elif suffix == "csv":
        rows = csv_rows(upload)
    else:
        raise ValidationError(_("Send a CSV or an XLSX file."))
    if len(rows) > MAX_ROWS:
        raise ValidationError(_("The file has too many rows."))
    yield from rows


def csv_rows(upload: UploadedFile) -> list[list[str]]:
    """Return the rows of a CSV file, with commas or semicolons between the cells."""
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not in UTF-8.")) from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as a table.")) from error


def sheet_rows(upload: UploadedFile) -> list[list[str]]:
    """Return the rows of a workbook's first sheet; of a formula, what it gave."""
    upload.seek(0)
    try:
        book = load_workbook(upload, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS + 1, max_col=100, values_only=True)
        return [[as_text(value) for value in row] for row in rows]
    except Exception as error:  # openpyxl raises whatever it stumbles on
        raise ValidationError(_("The file cannot be read as a table.")) from error


def as_text(value: Any) -> str:
    """Return a cell as it would be typed: a whole number without decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
