"""The forms with which readers subscribe to press news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from asflist.places import counties_by_name
from campaigns.enums import PressKind
from core.guard import GuardedForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def county_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the choices of a county in the reader's language, all of them first."""
    places = counties_by_name()
    return [("", _("All counties")), *((place.code, place.name) for place in places)]


class ChoicesForm(forms.Form):
    """Which news: one kind or all, one county or all."""

    kind = forms.ChoiceField(
        label=_("What do you want?"),
        required=False,
        choices=[("", _("All news for the press")), *PressKind.choices],
    )
    county_code = forms.ChoiceField(
        label=_("From which county?"),
        required=False,
        choices=county_choices,
        help_text=_("If you choose a county you get its news, and the news of the whole country."),
    )


class SubscribeForm(ChoicesForm, GuardedForm):
    """The same, and where to."""

    purpose = "press_subscription"

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    field_order = ["email", "kind", "county_code"]
