"""Tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# What spreadsheets take for the beginning of a formula (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> object:
    """Return ``value`` as it may stand in a cell: a text is never a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def csv_response(
    file_name: str, header: Iterable[object], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    """Return a CSV file (RFC 4180) in UTF-8 with the mark that spreadsheets need to see that."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    writer = csv.writer(response)
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return response


class _Echo:
    """A file whose only memory is what was written last."""

    def write(self, text: str) -> str:
        return text


def streamed_csv(
    file_name: str, header: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """Return what ``csv_response`` does, sent row by row: the rows are never all in memory."""
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow([cell(value) for value in header])
        for row in rows:
            yield writer.writerow([cell(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def xlsx_cell(value: object) -> object:
    """Return ``value`` as a cell of a workbook takes it: never a formula, no control characters.

    Numbers and dates stay numbers and dates.
    """
    value = cell(value)
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub(" ", value)
    return value if isinstance(value, int | float | date) else str(value)


def xlsx_response(
    file_name: str, title: str, header: Iterable[object], rows: Iterable[Iterable[object]]
) -> FileResponse:
    """Return an XLSX file (ISO/IEC 29500) with one sheet; some 100 bytes of memory a row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([xlsx_cell(str(value)) for value in header])
    for row in rows:
        sheet.append([xlsx_cell(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=file_name,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
