"""Forms around the steps: to begin, to send, and what organisers do afterwards."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import EventReport
from core.guard import GuardedForm


class StartForm(GuardedForm):
    """The button that begins an event."""

    purpose = "event-start"


class SendForm(GuardedForm):
    """The button that sends an event in."""

    purpose = "event-send"

    promise = forms.BooleanField(
        label=_("What we have written is right, and everyone in the picture has said yes to it."),
        error_messages={"required": _("Tick the box when it is so.")},
    )


class LinkForm(GuardedForm):
    """For an organiser who has lost the link."""

    purpose = "event-link"
    rate = "10/h"
    rate_without_script = "5/h"

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The address that you gave when you registered the event."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class CancelForm(forms.Form):
    """Why an event is not held."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=240,
        help_text=_("Visitors read it on the page and in the mail to those who have booked."),
        widget=forms.Textarea({"rows": 3}),
    )


class ReportForm(forms.ModelForm):
    """What came of an event."""

    class Meta:
        model = EventReport
        fields = ["visitors", "new_contacts", "comment"]
        widgets = {"comment": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("visitors", "new_contacts"):
            field = cast("forms.IntegerField", self.fields[name])
            self.fields[name] = forms.IntegerField(
                label=field.label, help_text=field.help_text, min_value=0, max_value=100_000
            )
