"""Tables for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse

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
