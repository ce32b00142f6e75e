"""The list's place in the admin."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from asflist.enquiries.admin import EnquiryViewSet
from asflist.enums import ListingAction
from asflist.freshness.queue import QueueViewSet
from asflist.models import Industry
from asflist.register.import_views import ImportViewSet
from asflist.register.industry_views import IndustriesViewSet
from asflist.register.merge_views import MergeViewSet
from asflist.reports.admin import ReportViewSet
from asflist.review.admin import EnterpriseViewSet
from asflist.review.queue import WaitingMenuItem


class IndustryViewSet(SnippetViewSet):
    """The industries that enterprises choose from."""

    model = Industry
    icon = "list-ul"
    menu_label = _("Industries")
    list_display = ["name", "slug", LocaleColumn()]
    ordering = ["name"]


class AsfListGroup(SnippetViewSetGroup):
    """The list: enterprises and their industries."""

    menu_label = _("ASF-listan")
    menu_icon = "group"
    menu_order = 250
    items = (
        EnterpriseViewSet,
        QueueViewSet,
        ImportViewSet,
        MergeViewSet,
        ReportViewSet,
        IndustryViewSet,
        IndustriesViewSet,
        EnquiryViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), WaitingMenuItem()]


register_snippet(AsfListGroup)
import_module("asflist.freshness.tasks")
import_module("asflist.enquiries.tasks")
import_module("asflist.register.bulk")
import_module("asflist.review.action_menu")
import_module("asflist.review.staff_views")
import_module("asflist.regions.admin")
import_module("asflist.certification.owner_pages")
import_module("asflist.reports.tasks")


@hooks.register("register_log_actions")
def know_what_is_done_with_entries(actions: LogActionRegistry) -> None:
    """Let Wagtail's own history and log hold what the list's history holds."""
    for action in ListingAction:
        actions.register_action(f"asflist.{action.value}", action.label, action.label)
