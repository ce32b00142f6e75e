"""Campaigns and press in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from campaigns.models import (
    CampaignPage,
    DebateArticlePage,
    PressContact,
    PressReleasePage,
    PressSettings,
)
from core.menu import PageListMenuItem


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


class CampaignViewSet(PageListingViewSet):
    """Every campaign, with its days."""

    model = CampaignPage
    name = "campaigns"
    icon = "calendar-alt"
    menu_label = _("Campaigns")
    menu_item_class = PageListMenuItem
    columns = columns_with(
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("ends_on", label=_("Last day"), sort_key="ends_on"),
    )
    list_filter = {"starts_on": ["gte", "lte"]}
    ordering = "-starts_on"


class PressReleaseViewSet(PageListingViewSet):
    """Every press release, by its date."""

    model = PressReleasePage
    name = "press_releases"
    icon = "doc-full"
    menu_label = _("Press releases")
    menu_item_class = PageListMenuItem
    columns = columns_with(
        Column("date", label=_("Release date"), sort_key="date"),
        Column("place", label=_("Place"), sort_key="place"),
    )
    list_filter = {"date": ["gte", "lte"]}
    ordering = "-date"


class DebateArticleViewSet(PageListingViewSet):
    """Every debate article, by the day it was printed."""

    model = DebateArticlePage
    name = "debate_articles"
    icon = "openquote"
    menu_label = _("Debate articles")
    menu_item_class = PageListMenuItem
    columns = columns_with(
        Column("date", label=_("Printed on"), sort_key="date"),
        Column("newspaper", label=_("Newspaper"), sort_key="newspaper"),
    )
    list_filter = {"date": ["gte", "lte"], "newspaper": ["icontains"]}
    ordering = "-date"


class PressContactViewSet(SnippetViewSet):
    """Whom journalists call."""

    model = PressContact
    icon = "user"
    list_display = ["name", "role", "phone", "email", LocaleColumn()]


class PressSettingsViewSet(SnippetViewSet):
    """The boilerplate."""

    model = PressSettings
    icon = "form"
    list_display = ["__str__", LocaleColumn()]


class CampaignsAndPressGroup(SnippetViewSetGroup):
    """The room's menu."""

    menu_label = _("Campaigns and press")
    menu_icon = "comment"
    menu_order = 300
    items = (
        CampaignViewSet,
        PressReleaseViewSet,
        DebateArticleViewSet,
        PressContactViewSet,
        PressSettingsViewSet,
    )


register_snippet(CampaignsAndPressGroup)
