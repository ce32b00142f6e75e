"""The filters of the list in the admin."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from asflist.models import Enterprise, Industry
from asflist.places import county_choices


class EnterpriseFilterSet(WagtailFilterSet):
    """County, industry, and whether the entry is published."""

    county_code = django_filters.ChoiceFilter(label=_("County"), choices=county_choices)
    industries = django_filters.ModelMultipleChoiceFilter(
        label=_("Industry"),
        queryset=lambda request: Industry.objects.source(),
        widget=forms.CheckboxSelectMultiple,
    )
    live = django_filters.BooleanFilter(
        label=_("Published"),
        widget=forms.Select(choices=[("", "---"), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = Enterprise
        fields = ["county_code", "industries", "live"]
