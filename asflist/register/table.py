"""Reading a table that somebody sends: CSV or XLSX, within limits, as rows of text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from core import extraction, uploads
from core.spreadsheets import FORMULA

ENDINGS = ("csv", "xlsx")
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 100
LONGEST_CELL = 20_000
#: Bytes that a workbook may unpack to; its strings are all in memory at once.
LARGEST_WORKBOOK = 120 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """The headings and the rows under them, each row as long as the headings.

    ``numbers`` says which row of the file each is, as a spreadsheet shows it.
    """

    header: list[str]
    rows: list[list[str]]
    numbers: list[int]


def read_table(content: bytes, suffix: str) -> Table:
    """Return the table in a file whose name ends in ``suffix``, empty rows left out.

    Raises ``ValidationError`` for what is too large, hostile or no table.
    """
    if len(content) > MAX_BYTES:
        raise ValidationError(_("The file is too large. It may be 10 MB at most."))
    lines = xlsx_lines(content) if suffix == "xlsx" else csv_lines(content)
    return make_table(lines)


def make_table(lines: Iterable[list[str]]) -> Table:
    """Take the first row that says something for headings. Raises ``ValidationError``."""
    filled = ((number, line) for number, line in enumerate(lines, start=1) if any(line))
    _number, first = next(filled, (0, []))
    header = [" ".join(heading.split()) for heading in first]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise ValidationError(_("The file is empty. The first row must hold the headings."))
    if len(header) > MAX_COLUMNS:
        raise ValidationError(_("The file has too many columns. It may have 100 at most."))
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, line in filled:
        if len(rows) == MAX_ROWS:
            raise ValidationError(
                _("The file has more than 10,000 rows. Divide it into several files.")
            )
        rows.append((line + [""] * len(header))[: len(header)])
        numbers.append(number)
    if not rows:
        raise ValidationError(_("There is no row under the headings."))
    return Table(header, rows, numbers)


def csv_lines(content: bytes) -> Iterator[list[str]]:
    """Yield the cells of each row of a CSV file with ``;``, ``,`` or tabs between them."""
    text = decode(content)
    if "\0" in text:
        raise ValidationError(_("The file is no CSV file. Save the table as CSV or XLSX."))
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [clean(value) for value in line]
    except csv.Error as error:
        raise ValidationError(
            _("The file cannot be read as CSV. Is a quotation mark missing, or a cell very long?")
        ) from error


def decode(content: bytes) -> str:
    """Return the text: UTF-8 with or without its mark, else Windows-1252, as Excel saves it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def xlsx_lines(content: bytes) -> Iterator[list[str]]:
    """Yield the cells of each row of a workbook's first sheet: values, no formulas."""
    check_workbook(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # What the file says of its size need not be true.
        for line in sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True):
            yield [clean(as_text(value)) for value in line]
    except ValidationError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles on
        raise ValidationError(
            _("The file cannot be read. Open it in a spreadsheet program and save it anew.")
        ) from error


def check_workbook(content: bytes) -> None:
    """Raise ``ValidationError`` for what is no workbook, or would grow without measure."""
    found = extraction.read(ContentFile(content, name="table.xlsx"), "xlsx").finding
    if found == extraction.Finding.BOMB:
        raise ValidationError(uploads.BOMB)
    if found == extraction.Finding.OTHER_KIND or not zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError(uploads.OTHER_KIND, params={"suffix": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST_WORKBOOK:
            raise ValidationError(uploads.BOMB)


def as_text(value: Any) -> str:
    """Return a cell's value as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def clean(value: str) -> str:
    """Return a cell without space around it and without the guard that our own files have."""
    if len(value) > LONGEST_CELL:
        raise ValidationError(_("A cell in the file is longer than 20,000 characters."))
    value = value.replace("\0", "").replace("\r\n", "\n").strip()
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value
