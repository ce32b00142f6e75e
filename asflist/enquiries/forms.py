"""The forms of an enquiry: what the buyer asks, what is answered, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from asflist.enquiries.actions import Deal
from asflist.enquiries.attachments import AttachmentsForm
from asflist.enums import AnswerState, EnquiryOutcome
from asflist.models import Enquiry, EnquiryReceiver
from asflist.models.enquiry import (
    COMMENT_LENGTH,
    NAME_LENGTH,
    PHONE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)
from asflist.places import municipality_choices
from core.dates import swedish_today
from core.guard import LINK

#: The largest sum that is believed: a thousand million kronor.
LARGEST_SUM = 1_000_000_000
#: Name and title stand in mails before anybody has confirmed them, the organisation after that.
NO_LINK = RegexValidator(
    rf"[<>\r\n]|{LINK}", _("Write this without web or mail addresses."), inverse_match=True
)
PHONE = RegexValidator(r"^[0-9+() /-]*$", _("Write a phone number: digits, spaces and +."))


class EnquiryForm(AttachmentsForm):
    """What a buyer asks of those on the shortlist."""

    purpose = "enquiry"
    rate = "20/h"
    rate_without_script = "5/h"

    title = forms.CharField(
        label=_("What do you need?"),
        help_text=_("In a few words, for example “Lunch for 40 people every Tuesday”."),
        max_length=TITLE_LENGTH,
        validators=[NO_LINK],
    )
    text = forms.CharField(
        label=_("Describe it"),
        help_text=_("How much, how often, and what matters to you. At most 4,000 characters."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 8}),
    )
    municipality = forms.ChoiceField(
        label=_("In which municipality?"),
        required=False,
        choices=lambda: [("", _("It does not matter")), *municipality_choices()],
    )
    wanted_by = forms.DateField(
        label=_("When do you need it at the latest?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reserved_contract = forms.BooleanField(
        label=_("This is a reserved contract"),
        help_text=_("Procurement that only sheltered workshops and social enterprises may win."),
        required=False,
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        validators=[NO_LINK],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=NAME_LENGTH,
        validators=[NO_LINK],
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write there when somebody has answered. Nobody else sees it."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        help_text=_("Those you ask can see it, and ring you. Leave it out if you like."),
        required=False,
        max_length=PHONE_LENGTH,
        validators=[PHONE],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    field_order = [
        "title",
        "text",
        "municipality",
        "wanted_by",
        "reserved_contract",
        "attachments",
        "name",
        "organisation",
        "email",
        "phone",
    ]

    def clean_wanted_by(self) -> Any:
        """Refuse a day that has been."""
        day = self.cleaned_data["wanted_by"]
        if day and day < swedish_today():
            raise forms.ValidationError(_("The day has been. Choose a later one."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the enquiry's fields."""
        names = {field.name for field in Enquiry._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in names}


class AnswerForm(AttachmentsForm):
    """What an entry answers."""

    purpose = "enquiry_answer"

    state = forms.ChoiceField(
        label=_("Can you do it?"),
        choices=[
            (AnswerState.CAN, _("Yes, we can")),
            (AnswerState.CANNOT, _("No, we cannot")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_(
            "The buyer reads it here. Your address is not shown: write a phone number or an "
            "address yourself if you want to be reached directly. You can say no without a word."
        ),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 8}),
    )

    field_order = ["state", "answer", "attachments"]

    def clean(self) -> dict[str, Any]:
        """Ask for a word from who can do it; who says no need not write."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("state") == AnswerState.CAN and "answer" in data and not data["answer"]:
            self.add_error("answer", _("Write how you can do it, and what it costs."))
        return data

    @property
    def given(self) -> AnswerState:
        """What was answered; a no without a word is a state of its own."""
        if self.cleaned_data["state"] == AnswerState.CAN:
            return AnswerState.CAN
        return AnswerState.CANNOT if self.cleaned_data["answer"] else AnswerState.DECLINED


class ReportForm(forms.Form):
    """Why a receiver calls an enquiry abuse."""

    reason = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )


class OutcomeForm(forms.Form):
    """What came of it; a box and a sum for each who could have got a deal."""

    outcome = forms.ChoiceField(
        label=_("Did it lead to a deal?"),
        choices=[(EnquiryOutcome.DEAL, _("Yes")), (EnquiryOutcome.NONE, _("No"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Anything you want to tell us?"),
        help_text=_("The staff of the site read it, and nobody else."),
        required=False,
        validators=[MaxLengthValidator(COMMENT_LENGTH)],
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, receivers: list[EnquiryReceiver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = receivers
        for receiver in receivers:
            self.fields[f"deal_{receiver.pk}"] = forms.BooleanField(
                label=_("Deal with %(name)s") % {"name": receiver.name}, required=False
            )
            self.fields[f"sum_{receiver.pk}"] = forms.IntegerField(
                label=_("Sum with %(name)s, in kronor") % {"name": receiver.name},
                help_text=_("About how much, without VAT. Leave it out if you like."),
                required=False,
                min_value=0,
                max_value=LARGEST_SUM,
                localize=False,
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each receiver's box and sum."""
        return [(self[f"deal_{one.pk}"], self[f"sum_{one.pk}"]) for one in self.receivers]

    def clean(self) -> dict[str, Any]:
        """Ask with whom the deal was; a sum alone says so too."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == EnquiryOutcome.DEAL and not self.deals and not self.errors:
            self.add_error("outcome", _("Mark with whom you made a deal."))
        return data

    @property
    def deals(self) -> list[Deal]:
        """With whom there was a deal; nobody where the answer is no."""
        data = self.cleaned_data
        if data.get("outcome") != EnquiryOutcome.DEAL:
            return []
        return [
            Deal(one, data.get(f"sum_{one.pk}"))
            for one in self.receivers
            if data.get(f"deal_{one.pk}") or data.get(f"sum_{one.pk}")
        ]
