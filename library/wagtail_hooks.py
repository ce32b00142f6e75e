"""The library's place in the admin: listings of films, handbooks and templates."""

from __future__ import annotations

from importlib import import_module

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from asflist.mentions import PAGES_HOOK
from asflist.models import Enterprise
from core.menu import PageListMenuItem
from core.models import BasePage, BasePageQuerySet
from library.books.admin import FILES_COLUMN, HandbookIndexView
from library.feedback_admin import FeedbackViewSet
from library.film_admin import FilmListing
from library.glossary_admin import GlossaryTermViewSet
from library.listing_columns import STATUS_COLUMNS, TITLE_COLUMNS
from library.models import FilmPage, HandbookPage, ImpactStoryPage, TemplatePage


class HandbookListing(PageListingViewSet):
    """All handbooks; their chapters are under them in the page tree."""

    model = HandbookPage
    name = "handbooks"
    index_view_class = HandbookIndexView
    menu_label = _("Handbooks")
    icon = "doc-full-inverse"
    menu_item_class = PageListMenuItem
    list_display = [
        *TITLE_COLUMNS,
        Column("edition", label=_("Edition"), sort_key="edition"),
        FILES_COLUMN,
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


class LibraryGroup(SnippetViewSetGroup):
    """The library's menu."""

    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 250
    items = (FilmListing, HandbookListing, TemplateListing, GlossaryTermViewSet, FeedbackViewSet)


register_snippet(LibraryGroup)
import_module("library.editions_admin")


@hooks.register(PAGES_HOOK)
def tell_pages_from(enterprise: Enterprise, number: int) -> BasePageQuerySet:
    """Show the newest stories and films from an enterprise on its page on the list; one query."""
    stories = ImpactStoryPage.objects.about(enterprise)[:number]
    films = FilmPage.objects.about(enterprise)[:number]
    either = Q(pk__in=stories.values("pk")) | Q(pk__in=films.values("pk"))
    return BasePage.objects.listed().filter(either).newest_first()
