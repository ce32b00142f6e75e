"""The step of Wagtail's workflow in which staff judge an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class ReasonForm(forms.Form):
    """The form in which an event is sent back: the organiser must hear why."""

    comment = forms.CharField(
        label=_("Reason"),
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is mailed to the organiser. Say what must change before you can approve."),
    )


class EventApprovalTask(AbstractGroupApprovalTask):
    """Like Wagtail's own approval by a group, but nothing is sent back without a reason."""

    class Meta:
        verbose_name = _("approval of an event")
        verbose_name_plural = _("approvals of events")

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups approve an event or send it back with a reason")
