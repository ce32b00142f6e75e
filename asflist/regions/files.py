"""A round as a file: out to be filled in, and back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from asflist.models import SurveyRound
from asflist.places import counties_by_code
from asflist.regions.grid import cell_name, places, results_of
from asflist.regions.results import Results
from asflist.register.table import ENDINGS, Table, read_table
from core.spreadsheets import csv_response, xlsx_response
from core.uploads import suffix_of

#: Columns that say which county a row is; the questions' codes follow.
CODE, NAME = "county_code", "county"
MAX_BYTES = 512 * 1024
MAX_ROWS = 200


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


def as_xlsx(occasion: SurveyRound) -> FileResponse:
    """Return a round as a workbook with one sheet."""
    return xlsx_response(file_name(occasion, "xlsx"), _("Answers"), *table(occasion))


def read_answers(upload: UploadedFile, occasion: SurveyRound) -> dict[str, str]:
    """Return what a file says, by the names of the grid's fields; empty cells are no answer.

    Raises ``ValidationError`` for a file that is too large or no table, for a county or a question
    that there is not, and for a county that stands twice. The values are for ``GridForm`` to judge.
    """
    results = results_of(occasion)
    sent = read(upload)
    columns = find_columns(sent.header, results)
    found: dict[str, str] = {}
    seen: set[str] = set()
    for number, row in zip(sent.numbers, sent.rows, strict=True):
        code = county_of(row[sent.header.index(CODE)], number)
        if code in seen:
            raise ValidationError(_("Row %(row)d: the county stands twice.") % {"row": number})
        seen.add(code)
        for place, question in columns.items():
            found[cell_name(question, code)] = row[place]
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


def county_of(text: str, number: int) -> str:
    """Return the county code in a row, ``""`` for the whole country. Raises ``ValidationError``.

    Spreadsheets drop the zero of “01”.
    """
    code = text.zfill(2) if text else ""
    if code and code not in counties_by_code():
        raise ValidationError(
            _("Row %(row)d: there is no county “%(code)s”.") % {"row": number, "code": text[:20]}
        )
    return code


def read(upload: UploadedFile) -> Table:
    """Return the table in a CSV or XLSX file. Raises ``ValidationError``."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is too large."))
    suffix = suffix_of(upload)
    if suffix not in ENDINGS:
        raise ValidationError(_("Send a CSV or an XLSX file."))
    table = read_table(upload.read(), suffix)
    if len(table.rows) > MAX_ROWS:
        raise ValidationError(_("The file has too many rows."))
    return table
