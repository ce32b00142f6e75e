"""The filters of the list of events in the admin."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from asflist.places import county_choices
from campaigns.models import CampaignPage, Event, EventQuerySet

STATES = {
    "waiting": _("Waiting for approval"),
    "published": _("Published"),
    "draft": _("Not published"),
    "cancelled": _("Cancelled"),
}


def source_campaigns(request: object) -> QuerySet[CampaignPage]:
    """Return the campaigns that events belong to: the Swedish pages, the latest first."""
    pages: QuerySet[CampaignPage] = CampaignPage.objects.filter(locale__language_code="sv")
    return pages.order_by("-starts_on", "-pk")


class EventFilterSet(WagtailFilterSet):
    """Campaign, county, and how far the event has come."""

    campaign = django_filters.ModelChoiceFilter(label=_("Campaign"), queryset=source_campaigns)
    county_code = django_filters.ChoiceFilter(label=_("County"), choices=county_choices)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=list(STATES.items()),
        method="filter_state",
        widget=forms.Select,
    )

    class Meta:
        model = Event
        fields = ["campaign", "county_code"]

    def filter_state(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        """Keep the events in one of ``STATES``; what waits is not published, or changes what is."""
        if value == "waiting":
            return queryset.awaiting_approval()
        if value == "cancelled":
            return queryset.exclude(cancelled_at=None)
        return queryset.not_cancelled().filter(live=value == "published")
