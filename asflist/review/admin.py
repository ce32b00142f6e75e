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
    EnterpriseForm,
    EnterpriseUnpublishView,
    EnterpriseWorkflowActionView,
)
from asflist.review.fields import TABS
from asflist.review.panels import REVIEW
from asflist.review.queue import state_in_words, with_waiting


def place_in_words(entry: Enterprise) -> str:
    """Return municipality and county: “Gävle, Gävleborgs län”."""
    return ", ".join(place.name for place in (entry.place, entry.county) if place)


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
        # A municipality's code begins with its county's: in their order, counties stand together.
        Column("place", label=_("Place"), accessor=place_in_words, sort_key="municipality"),
        Column("certified", label=_("Certified until"), sort_key="certified_until"),
        LocaleColumn(label=_("Language")),
        UpdatedAtColumn(),
    ]
    list_per_page = 50
    filterset_class = EnterpriseFilterSet
    index_view_class = EnterpriseListView
    ordering = ["sort_key"]
    export_filename = "asf-listan"
    # That there is something shows the buttons; the columns are those of asflist.register.columns.
    list_export = ["name"]
    edit_handler = TabbedInterface([*TABS, REVIEW], base_form_class=EnterpriseForm)
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
