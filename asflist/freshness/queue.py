"""The staff's queue: which entries were confirmed longest ago, and who has been asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView

from asflist.enums import ListingState
from asflist.freshness.asking import KNOWN_FOR, confirmed_owners
from asflist.menu import ListKeepersMenuItem
from asflist.models import ConfirmationRequest, Enterprise, EnterpriseQuerySet
from asflist.places import county_choices
from core.dates import swedish_date, swedish_today

STATES = {
    "due": _("The year is out"),
    "asked": _("Asked, no answer yet"),
    "reminded": _("Reminded at least once"),
    "paused": _("Paused, since nobody answered"),
    "nobody": _("Nobody to ask"),
}
permission_policy = ModelPermissionPolicy(Enterprise)


def queue() -> EnterpriseQuerySet:
    """Return what is on the list or paused by silence, with its open question; oldest first."""
    asked = ConfirmationRequest.objects.open().filter(enterprise=OuterRef("pk"))
    entries = (
        Enterprise.objects.in_source_language()
        .select_related("locale")
        .annotate(
            asked_at=Subquery(asked.values("asked_at")[:1]),
            reminders=Subquery(asked.values("reminders")[:1]),
            has_owner=confirmed_owners(),
        )
    )
    standing = Q(state=ListingState.APPROVED) | Q(asked_at__isnull=False)
    return entries.filter(standing).order_by(F("confirmed_on").asc(nulls_first=True), "pk")


def words_for(entry: Any) -> str:
    """Return what the queue says of an entry, in the reader's language."""
    if entry.state == ListingState.PAUSED:
        return str(STATES["paused"])
    if not entry.has_owner:
        return str(STATES["nobody"])
    if entry.asked_at:
        return gettext("Asked")
    return str(STATES["due"]) if is_due(entry) else pgettext("of an entry", "Confirmed")


def day_in_words(day: date | None) -> str:
    """Return the day written out, ``""`` for none."""
    return date_format(day, "j F Y") if day else ""


def is_due(entry: Enterprise) -> bool:
    """Whether the entry has not been confirmed for a year."""
    last_day = swedish_today() - timedelta(days=KNOWN_FOR)
    return entry.confirmed_on is None or entry.confirmed_on <= last_day


class QueueFilterSet(WagtailFilterSet):
    """How far the question has come, and the county."""

    standing = django_filters.ChoiceFilter(
        label=_("Stands"),
        choices=list(STATES.items()),
        method="filter_standing",
        widget=forms.Select,
    )
    county_code = django_filters.ChoiceFilter(label=_("County"), choices=county_choices)

    class Meta:
        model = Enterprise
        fields = ["county_code"]

    def _add_locale_filter(self) -> None:
        """Offer no language: the queue holds the source entries alone (Wagtail's own hook)."""

    def filter_standing(
        self, entries: EnterpriseQuerySet, name: str, value: str
    ) -> EnterpriseQuerySet:
        """Keep the entries that are as one of ``STATES`` says."""
        last_day = swedish_today() - timedelta(days=KNOWN_FOR)
        old = Q(confirmed_on=None) | Q(confirmed_on__lte=last_day)
        chosen = {
            "due": old & Q(state=ListingState.APPROVED),
            "asked": Q(asked_at__isnull=False),
            "reminded": Q(reminders__gt=0),
            "paused": Q(state=ListingState.PAUSED),
            "nobody": Q(has_owner=False),
        }
        return entries.filter(chosen[value])


class QueueView(IndexView):
    """The queue, with a button to ask about one entry and the bulk actions for several."""

    model = Enterprise
    template_name = "wagtailsnippets/snippets/index.html"
    results_template_name = "wagtailsnippets/snippets/index_results.html"
    page_title = _("Right and up to date")
    header_icon = "history"
    permission_policy = permission_policy
    any_permission_required = ["publish"]
    filterset_class = QueueFilterSet
    index_url_name = "freshness_queue:index"
    index_results_url_name = "freshness_queue:results"
    edit_url_name = "wagtailsnippets_asflist_enterprise:edit"
    is_searchable = False
    paginate_by = 50
    default_ordering = None
    list_export: list[str] = []
    _show_breadcrumbs = True

    @cached_property
    def list_display(self) -> list[str | BaseColumn]:
        return [
            "name",
            Column("county", label=_("County"), accessor="county.name", sort_key="county_code"),
            Column(
                "confirmed_on",
                label=_("Confirmed"),
                accessor=lambda entry: day_in_words(entry.confirmed_on),
                sort_key="confirmed_on",
            ),
            StatusTagColumn(
                "standing",
                label=_("Stands"),
                accessor=words_for,
                primary=lambda entry: is_due(entry) or not entry.has_owner,
            ),
            Column(
                "asked_at",
                label=_("Asked on"),
                accessor=lambda entry: day_in_words(
                    entry.asked_at and swedish_date(entry.asked_at)
                ),
                sort_key="asked_at",
            ),
            Column(
                "reminders",
                label=_("Reminders"),
                accessor=lambda entry: "" if entry.reminders is None else entry.reminders,
                sort_key="reminders",
            ),
        ]

    def get_base_queryset(self) -> EnterpriseQuerySet:
        return queue()

    def get_add_url(self) -> None:
        """Offer no new entry here."""

    def get_list_more_buttons(self, instance: Any) -> list[Button]:
        buttons = []
        if instance.state == ListingState.APPROVED and instance.has_owner and not instance.asked_at:
            query = urlencode({"id": instance.pk, "next": self.request.get_full_path()})
            url = reverse("wagtail_bulk_action", args=["asflist", "enterprise", "ask"])
            buttons.append(Button(_("Ask now"), url=f"{url}?{query}", icon_name="mail"))
        return [*buttons, *super().get_list_more_buttons(instance)]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = self.breadcrumbs_items[:1]
        return [*home, {"url": "", "label": self.page_title}]


class QueueViewSet(ViewSet):
    """The queue's place in the admin."""

    name = "freshness_queue"
    icon = "history"
    menu_label = _("Right and up to date")
    menu_item_class = ListKeepersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="results"),
        ]
