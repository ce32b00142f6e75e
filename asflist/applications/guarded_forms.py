"""Forms around the steps, which anybody can send: to begin, to send in, to have a link mailed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asflist.applications.who_forms import DuplicateMixin, NumberField
from core.guard import GuardedForm


def email_field(**kwargs: Any) -> forms.EmailField:
    """Return a field for the applicant's own address."""
    kwargs.setdefault("label", _("E-mail"))
    return forms.EmailField(widget=forms.EmailInput({"autocomplete": "email"}), **kwargs)


class StartForm(DuplicateMixin, GuardedForm):
    """The number that an application begins with.

    What is with us already is told only to those whom the guard lets through: nobody tries all
    numbers.
    """

    purpose = "application-start"
    rate = "30/h"

    organisation_number = NumberField()
    email = email_field(
        required=False,
        label=_("Your e-mail"),
        help_text=_("We mail you a link, so that you can stop and go on whenever you like."),
    )

    field_order = ["organisation_number", "email"]

    def full_clean(self) -> None:
        """Check the fields, the sender, and then whether the number is with us."""
        super().full_clean()
        if self.is_bound and not self.errors:
            self.refuse_duplicate()


class LaterForm(GuardedForm):
    """Where the link to what is unfinished goes."""

    purpose = "application-later"
    rate = "10/h"
    rate_without_script = "5/h"

    email = email_field(help_text=_("You open the link in the mail and go on where you were."))


class LinkForm(GuardedForm):
    """For an applicant who has lost the link."""

    purpose = "application-link"
    rate = "10/h"
    rate_without_script = "5/h"

    email = email_field(help_text=_("The address that you gave when you began."))


class SendForm(GuardedForm):
    """The button that sends an application or a change in."""

    purpose = "application-send"

    promise = forms.BooleanField(
        label=_("What we have written is right, and everyone who is named or seen has said yes."),
        error_messages={"required": _("Tick the box when it is so.")},
    )
