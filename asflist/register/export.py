"""The list as a table, every column of it, in which no text can be a formula."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BaseColumn
from wagtail.snippets.views.snippets import IndexView

from asflist.menu import PUBLISH
from asflist.models import Enterprise, EnterpriseTag
from asflist.register.columns import COLUMNS, INDUSTRIES, SHOWN_ONLY
from core.spreadsheets import streamed_csv, xlsx_response

CHUNK = 500
ALL = (*COLUMNS, *SHOWN_ONLY)


def headings() -> list[str]:
    """Return the headings in the reader's language."""
    return [column.heading for column in ALL]


def rows(enterprises: Any) -> Iterator[list[object]]:
    """Yield the cells of each entry; three queries for every ``CHUNK`` of a query set."""
    entries = enterprises.select_related("locale").iterator(chunk_size=CHUNK)
    while chunk := list(islice(entries, CHUNK)):
        keys = [entry.pk for entry in chunk]
        industries = Enterprise.industries.through.objects.filter(enterprise_id__in=keys)
        named = together(industries.values_list("enterprise_id", "industry__name"))
        tagged = EnterpriseTag.objects.filter(content_object_id__in=keys)
        tags = together(tagged.values_list("content_object_id", "tag__name"))
        for entry in chunk:
            lists = {INDUSTRIES: named[entry.pk], "tags": tags[entry.pk]}
            yield [
                "; ".join(lists[column.name]) if column.name in lists else column.cell(entry)
                for column in ALL
            ]


def together(pairs: Any) -> defaultdict[int, list[str]]:
    """Return the second of each pair by the first, in the order of the alphabet."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, name in sorted(pairs):
        found[key].append(name)
    return found


class EnterpriseListView(IndexView):
    """The listing, which exports what its filters show, to those who may publish entries.

    The table holds the proofs of the criteria, which are not for translators. Wagtail's own CSV
    has no guard against formulas.
    """

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns of the listing; the name has room enough not to be broken within words."""
        columns: list[BaseColumn] = super().columns
        next(column for column in columns if column.name == "name").width = "25%"
        return columns

    @property
    def may_export(self) -> bool:
        """Whether the reader may take the table home."""
        return bool(self.request.user.has_perm(PUBLISH))

    @property
    def show_export_buttons(self) -> bool:
        return bool(super().show_export_buttons and self.may_export)

    def as_spreadsheet(
        self, queryset: Any, spreadsheet_format: str
    ) -> StreamingHttpResponse | FileResponse:
        """Return the entries as CSV or XLSX."""
        if not self.may_export:
            raise PermissionDenied
        name = f"{self.get_filename()}.{spreadsheet_format}"
        if spreadsheet_format == self.FORMAT_XLSX:
            return xlsx_response(name, "ASF-listan", headings(), rows(queryset))
        return streamed_csv(name, headings(), rows(queryset))
