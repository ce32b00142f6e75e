"""Columns of the room's page listings in the admin."""

from __future__ import annotations

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView


def columns_with(*columns: Column) -> list[Column]:
    """Return Wagtail's columns with ``columns`` in the place of the parent, which never differs."""
    usual = {column.name: column for column in IndexView.base_columns}
    return [
        usual["bulk_actions"],
        usual["title"],
        *columns,
        usual["latest_revision_created_at"],
        usual["status"],
    ]
