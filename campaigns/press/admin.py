"""The press room in the admin."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.listing_columns import columns_with
from campaigns.models import (
    DebateArticlePage,
    PressContact,
    PressPage,
    PressReleasePage,
    PressSettings,
)
from campaigns.press.embargo import WAITING, in_words
from core.menu import PageListMenuItem


def embargo_in_words(page: PressPage) -> str:
    """Return until when the page is under embargo, in words; empty when it is not."""
    moment = page.go_live_at
    if page.live or not moment or moment <= timezone.now() or not page.approved_schedule:
        return ""
    return gettext("Waits for its source") if moment == WAITING else in_words(moment)


COUNTY = Column("county", label=_("County"), sort_key="county_code")
EMBARGO = Column(
    "embargo", label=_("Embargo until"), accessor=embargo_in_words, sort_key="go_live_at"
)


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
        COUNTY,
        EMBARGO,
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
        COUNTY,
        EMBARGO,
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
