"""The form with which visitors book places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from campaigns.events.bookings import largest_party
from campaigns.models import Booking, Event
from core.guard import LINK, GuardedForm


class BookingForm(GuardedForm):
    """Who comes, how many, and what they need."""

    purpose = "booking"

    name = forms.CharField(
        label=_("Your name"),
        max_length=Booking._meta.get_field("name").max_length,
        # The name stands in a mail: nobody shall send others' links with it.
        validators=[
            RegexValidator(
                rf"[/\\<>\r\n]|{LINK}", _("Write your name, and nothing else."), inverse_match=True
            )
        ],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write there whether you have got a place."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    number = forms.TypedChoiceField(
        label=_("How many are you?"), help_text=_("Count yourself in."), coerce=int, initial=1
    )
    access_needs = forms.CharField(
        label=_("Do you need anything to be able to take part?"),
        help_text=_(
            "For example step-free access, hearing loop or a companion. Write only what the "
            "organiser must know: by writing it you agree that the organiser reads it."
        ),
        max_length=Booking._meta.get_field("access_needs").max_length,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(number, str(number)) for number in range(1, largest_party(event) + 1)]
        self.fields["number"].choices = numbers  # type: ignore[attr-defined]
