"""The forms on the owners' own pages."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.guard import GuardedForm, is_over_limit_of_address

#: How often one address can be asked to look after entries, whoever asks.
INVITATIONS = "5/d"


class LinkForm(GuardedForm):
    """For an owner who wants in."""

    purpose = "owner-link"
    rate = "10/h"
    rate_without_script = "5/h"

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The address that you gave when you applied, or that you were invited by."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class InviteForm(forms.Form):
    """Whom to ask to look after the entry."""

    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, widget=forms.TextInput()
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We mail a link. When it is used, the address is confirmed."),
    )
    stay = forms.TypedChoiceField(
        label=_("And you?"),
        choices=[
            ("yes", _("I go on looking after the entry too")),
            ("no", _("I hand the entry over, and leave when the address is confirmed")),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )

    def clean_email(self) -> str:
        """Refuse an address that has been asked too often."""
        email: str = self.cleaned_data["email"]
        if is_over_limit_of_address(email, "owner_invite", INVITATIONS):
            raise ValidationError(
                _("This address has been invited several times today. Try again tomorrow.")
            )
        return email


class LeaveForm(forms.Form):
    """Taking the entry off the list."""

    reason = forms.CharField(
        label=_("Why do you leave the list?"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Staff and the other owners read it, no one else."),
    )
    sure = forms.BooleanField(
        label=_("Yes, take the entry off the list."),
        error_messages={"required": _("Tick the box if you want to leave the list.")},
    )
