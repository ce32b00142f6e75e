"""Entries in the admin: the listing, the tabs, and the views that know who acts."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import TabbedInterface
from wagtail.admin.ui.tables import (
    Column,
    DateColumn,
    LocaleColumn,
    StatusTagColumn,
    UpdatedAtColumn,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from asflist.filters import EnterpriseFilterSet
from asflist.models import Enterprise, EnterpriseQuerySet
from asflist.register.export import EnterpriseListView
from asflist.review.edit_views import (
    EnterpriseCompareView,
    EnterpriseEditView,
    EnterpriseUnpublishView,
    EnterpriseWorkflowActionView,
)
from asflist.review.fields import TABS
from asflist.review.panels import REVIEW
from asflist.review.queue import state_in_words, with_waiting


class EnterpriseViewSet(SnippetViewSet):
    """Enterprises: who, where, what and for whom, each on a tab of its own."""

    model = Enterprise
    icon = "group"
    menu_label = _("Enterprises")
    list_display = [
        "name",
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=state_in_words,
            primary=lambda entry: entry.waiting_since is not None,
            sort_key="state",
        ),
        DateColumn("waiting_since", label=_("Waiting since"), sort_key="waiting_since"),
        Column("place", label=_("Municipality"), accessor="place.name", sort_key="municipality"),
        Column("county", label=_("County"), accessor="county.name", sort_key="county_code"),
        Column("certified", label=_("Certified until"), sort_key="certified_until"),
        LocaleColumn(),
        UpdatedAtColumn(),
    ]
    list_per_page = 50
    filterset_class = EnterpriseFilterSet
    index_view_class = EnterpriseListView
    ordering = ["sort_key"]
    export_filename = "asf-listan"
    # That there is something shows the buttons; the columns are those of asflist.register.columns.
    list_export = ["name"]
    edit_handler = TabbedInterface([*TABS, REVIEW])
    edit_view_class = EnterpriseEditView
    revisions_compare_view_class = EnterpriseCompareView
    unpublish_view_class = EnterpriseUnpublishView
    workflow_action_view_class = EnterpriseWorkflowActionView
    # A copy would have the same organisation number, which is on the list once.
    copy_view_enabled = False
    # In the database's own words: the admin's index knows nothing of what waits.
    search_backend_name = None
    search_fields = ["name", "organisation_number", "locality"]

    def get_queryset(self, request: HttpRequest) -> EnterpriseQuerySet:
        return with_waiting(Enterprise.objects.select_related("locale"))
