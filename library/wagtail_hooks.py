"""The library's place in the admin: listings of films, handbooks and templates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.menu import PageListMenuItem
from library.models import FilmPage, HandbookPage, TemplatePage

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


class FilmListing(PageListingViewSet):
    """All films, with what is easily forgotten: length and captions."""

    model = FilmPage
    name = "films"
    menu_label = _("Films")
    icon = "media"
    menu_item_class = PageListMenuItem
    list_display = [
        *TITLE_COLUMNS,
        Column(
            "film_kind", label=_("Kind"), accessor="get_film_kind_display", sort_key="film_kind"
        ),
        Column("series", label=_("Series"), accessor="get_series_display", sort_key="series"),
        Column("length", label=_("Length"), accessor="length", sort_key="duration"),
        *STATUS_COLUMNS,
    ]
    list_filter = ["film_kind", "series", "live", "locale"]


class HandbookListing(PageListingViewSet):
    """All handbooks; their chapters are under them in the page tree."""

    model = HandbookPage
    name = "handbooks"
    menu_label = _("Handbooks")
    icon = "doc-full-inverse"
    menu_item_class = PageListMenuItem
    list_display = [
        *TITLE_COLUMNS,
        Column("edition", label=_("Edition"), sort_key="edition"),
        *STATUS_COLUMNS,
    ]
    list_filter = ["live", "locale"]


class TemplateListing(PageListingViewSet):
    """All templates, with version and the day they were updated."""

    model = TemplatePage
    name = "templates"
    menu_label = _("Templates")
    icon = "download"
    menu_item_class = PageListMenuItem
    list_display = [
        *TITLE_COLUMNS,
        Column(
            "template_kind",
            label=_("Used for"),
            accessor="get_template_kind_display",
            sort_key="template_kind",
        ),
        Column("version", label=_("Version"), sort_key="version"),
        DateColumn("updated_on", label=_("Updated"), sort_key="updated_on"),
        *STATUS_COLUMNS,
    ]
    list_filter = ["template_kind", "live", "locale"]


class LibraryGroup(ViewSetGroup):
    """The library's menu."""

    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 250
    items = (FilmListing, HandbookListing, TemplateListing)


@hooks.register("register_admin_viewset")
def register_library() -> LibraryGroup:
    """Put the library's listings in the menu."""
    return LibraryGroup()
