"""The steps that ask who the enterprise is and where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from asflist.applications.duplicates import Duplicate, find_duplicate
from asflist.applications.step_form import (
    EntryStepForm,
    WrittenFloatField,
    entry_field,
    number_input,
)
from asflist.organisation_numbers import normalise
from asflist.places import counties_by_name, municipality, municipality_choices
from asflist.review.legal_forms import GROUPS

TAKEN = _("We have an entry or an application with this number already.")


class NumberField(forms.CharField):
    """An organisation number, cleaned to NNNNNN-NNNN."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Organisation number"))
        kwargs.setdefault("help_text", _("Ten digits, for example 769600-1234."))
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "class": "short"}))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        return normalise(super().clean(value))


class DuplicateMixin(forms.Form):
    """Tells where the number leads that stands in the way."""

    duplicate: Duplicate | None = None

    def refuse_duplicate(self) -> None:
        """Add an error, and know the duplicate, when the number is with us already."""
        self.duplicate = find_duplicate(self.cleaned_data["organisation_number"])
        if self.duplicate:
            self.add_error("organisation_number", ValidationError(TAKEN, code="taken"))


class NumberForm(DuplicateMixin, EntryStepForm):
    """The organisation number, which a change never touches."""

    title = _("Which enterprise is it?")

    organisation_number = NumberField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "organisation_number" in cleaned:
            self.refuse_duplicate()
        return cleaned


class WhoForm(EntryStepForm):
    """Name, form and size."""

    title = _("Who are you?")
    entry_fields = ("name", "legal_form", "employees", "participants")

    name = entry_field("name", widget=forms.TextInput({"autocomplete": "organization"}))
    legal_form = entry_field("legal_form")
    employees = entry_field("employees", min_value=0, max_value=100_000, widget=number_input())
    participants = entry_field(
        "participants", min_value=0, max_value=100_000, widget=number_input()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = "".join(self.draft.data.get("number", {}).get("organisation_number", []))
        if (group := GROUPS.get(number[:1])) and group.forms:
            self.initial.setdefault("legal_form", group.forms[0])


class WhereForm(EntryStepForm):
    """Place and reach."""

    title = _("Where are you, and how far do you deliver?")
    template = "asflist/applications/where.html"
    entry_fields = (
        "municipality",
        "street_address",
        "postcode",
        "locality",
        "delivers_nationwide",
        "delivers_to",
        "delivers_within_km",
        "latitude",
        "longitude",
    )

    municipality = entry_field(
        "municipality",
        choices=lambda: [("", _("Choose a municipality")), *municipality_choices()],
    )
    street_address = entry_field(
        "street_address", widget=forms.TextInput({"autocomplete": "street-address"})
    )
    postcode = entry_field(
        "postcode",
        widget=forms.TextInput(
            {"autocomplete": "postal-code", "inputmode": "numeric", "class": "short"}
        ),
    )
    locality = entry_field("locality", widget=forms.TextInput({"autocomplete": "address-level2"}))
    delivers_nationwide = entry_field("delivers_nationwide")
    delivers_within_km = entry_field(
        "delivers_within_km", min_value=1, max_value=1000, widget=number_input()
    )
    delivers_to = forms.MultipleChoiceField(
        label=_("Counties that you deliver to"),
        help_text=_("Your own too. Leave empty if you deliver in the whole country."),
        required=False,
        choices=lambda: [(county.code, county.name) for county in counties_by_name()],
        widget=forms.CheckboxSelectMultiple,
    )
    latitude = entry_field("latitude", form_class=WrittenFloatField, widget=number_input("decimal"))
    longitude = entry_field(
        "longitude", form_class=WrittenFloatField, widget=number_input("decimal")
    )

    address_names = ("municipality", "street_address", "postcode", "locality")
    reach_names = ("delivers_nationwide", "delivers_within_km", "delivers_to")
    point_names = ("latitude", "longitude")

    def address(self) -> list[forms.BoundField]:
        """The fields of the postal address."""
        return [self[name] for name in self.address_names]

    def reach(self) -> list[forms.BoundField]:
        """The fields that say how far the enterprise delivers."""
        return [self[name] for name in self.reach_names]

    def point(self) -> list[forms.BoundField]:
        """The fields of the point on the map, which few know."""
        return [self[name] for name in self.point_names]

    @property
    def has_point(self) -> bool:
        """Whether the point is to be seen: something stands there, or is wrong."""
        return any(self[name].value() or self[name].errors for name in self.point_names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(name in self.errors for name in self.point_names):
            missing = [name for name in self.point_names if cleaned.get(name) is None]
            if len(missing) == 1:
                self.add_error(missing[0], _("Give both latitude and longitude, or neither."))
        return cleaned

    def answered(self) -> list[str]:
        unknown = [name for name in self.point_names if self.cleaned_data.get(name) is None]
        return [name for name in super().answered() if name not in unknown]

    def answer(self, name: str) -> str:
        answer = super().answer(name)
        if name == "municipality" and (place := municipality(self.cleaned_data[name])):
            return f"{place.name}, {place.county.name}"
        return f"{answer} km" if answer and name == "delivers_within_km" else answer
