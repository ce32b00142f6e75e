"""The forms with which readers watch a search."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asflist.enums import WatchFrequency
from asflist.finding.filters import Filters
from asflist.models.saved_search import QUERY_LENGTH
from core.guard import LINK, GuardedForm


class FrequencyForm(forms.Form):
    """How often."""

    frequency = forms.ChoiceField(
        label=_("How often?"),
        choices=WatchFrequency,
        initial=WatchFrequency.WEEKLY,
        widget=forms.RadioSelect,
    )


class WatchForm(FrequencyForm, GuardedForm):
    """The same, and where to."""

    purpose = "saved_search"

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    field_order = ["email", "frequency"]

    def __init__(self, *args: Any, filters: Filters, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters = filters

    def clean(self) -> dict[str, Any]:
        """Refuse a search that would have us mail a link to a stranger."""
        data: dict[str, Any] = super().clean() or {}
        if re.search(LINK, self.filters.text) or len(self.filters.query()) > QUERY_LENGTH:
            self.add_error(
                None, _("This search cannot be watched: write it shorter, without web addresses.")
            )
        return data
