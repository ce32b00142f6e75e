"""Columns that the library's listings in the admin have in common."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn

TITLE_COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
]
STATUS_COLUMNS = [
    DateColumn(
        "latest_revision_created_at", label=_("Changed"), sort_key="latest_revision_created_at"
    ),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
]
