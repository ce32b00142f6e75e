"""The filters of the list in the admin."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from asflist.enums import EntryType, ListingState
from asflist.models import Enterprise, EnterpriseQuerySet, Industry
from asflist.places import county_choices
from asflist.review.queue import waiting


def source_industries(request: object) -> QuerySet[Industry]:
    """Return the industries that entries have: those in the source language."""
    return Industry.objects.source()


class EnterpriseFilterSet(WagtailFilterSet):
    """State, what waits, kind of entry, county, industry, and whether the entry is published."""

    waits = django_filters.ChoiceFilter(
        label=_("Waits for review"),
        choices=[("true", _("Yes")), ("false", _("No"))],
        method="filter_waits",
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=ListingState.choices,
        method="filter_state",
        widget=forms.CheckboxSelectMultiple,
    )
    entry_type = django_filters.ChoiceFilter(label=_("Kind of entry"), choices=EntryType.choices)
    county_code = django_filters.ChoiceFilter(label=_("County"), choices=county_choices)
    industries = django_filters.ModelMultipleChoiceFilter(
        label=_("Industry"),
        queryset=source_industries,
        widget=forms.CheckboxSelectMultiple,
    )
    live = django_filters.BooleanFilter(
        label=_("Published"),
        widget=forms.Select(choices=[("", "---"), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = Enterprise
        fields = ["waits", "state", "entry_type", "county_code", "industries", "live"]

    def filter_waits(
        self, queryset: EnterpriseQuerySet, name: str, value: str
    ) -> EnterpriseQuerySet:
        """Keep what waits for review, or what does not."""
        waits = waiting(Enterprise.objects.all()).values("pk")
        if value == "true":
            return queryset.filter(pk__in=waits)
        return queryset.exclude(pk__in=waits)

    def filter_state(
        self, queryset: EnterpriseQuerySet, name: str, value: list[str]
    ) -> EnterpriseQuerySet:
        """Keep the entries in any of the states; a translation has no state of its own."""
        return queryset.in_source_language().filter(state__in=value) if value else queryset
