"""The step of Wagtail's workflow in which staff judge an application or a change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from asflist.acting import acting
from asflist.enums import Criterion, ListingState

#: States in which an application can be declined by the task; what is on the list is not.
DECLINABLE = (ListingState.SUBMITTED, ListingState.CHANGES_REQUESTED)


class ReasonForm(forms.Form):
    """The form in which an entry is sent back: its owners must hear why."""

    comment = forms.CharField(
        label=_("Reason"),
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is mailed to the owners. Say what must change before you can approve."),
    )


class DeclineForm(forms.Form):
    """The form in which an application is declined: the applicant must hear why."""

    comment = forms.CharField(
        label=_("Reason"),
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "It is mailed to the applicant, who may apply again. "
            "Say which criterion is not met, and how you know."
        ),
    )


class ChecklistForm(forms.Form):
    """The form in which an entry is approved: each criterion has been looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            self.fields[criterion.value] = forms.BooleanField(
                label=criterion.label,
                error_messages={
                    "required": _("Tick this when you have checked it. Else ask for changes.")
                },
            )
        self.fields["comment"] = forms.CharField(
            label=_("Note to colleagues"),
            required=False,
            max_length=1500,
            widget=forms.Textarea({"rows": 2}),
            help_text=_("It stays in the history, and is not mailed."),
        )


FORMS: dict[str, type[forms.Form]] = {
    "approve": ChecklistForm,
    "reject": ReasonForm,
    "decline": DeclineForm,
}


class EnterpriseApprovalTask(AbstractGroupApprovalTask):
    """Approval by a group: criterion by criterion, and never a no without a reason."""

    class Meta:
        verbose_name = _("approval of an enterprise")
        verbose_name_plural = _("approvals of enterprises")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return the actions with a form each; what is on the list already is not declined."""
        if not super().get_actions(obj, user):
            return []
        actions = [("reject", _("Ask for changes"), True), ("approve", _("Approve"), True)]
        if obj.state in DECLINABLE:
            actions.insert(1, ("decline", _("Decline"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return FORMS.get(action) or super().get_form_for_action(action)

    def get_template_for_action(self, action: str) -> str:
        """Return the template of the action's form; ``""`` for Wagtail's own."""
        return "asflist/admin/checklist.html" if action == "approve" else ""

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: User | None, action_name: str, **kwargs: Any
    ) -> None:
        """Judge the revision. Raises ``ValidationError`` for what the action's form refuses.

        The form is asked again here: Wagtail's edit view passes on what the browser says its
        answers were.
        """
        form = self.get_form_for_action(action_name)(kwargs)
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        comment = form.cleaned_data["comment"].strip()
        if action_name == "decline":
            self.decline(task_state, user, comment)
            return
        checked = Criterion.values if action_name == "approve" else []
        note = {"note": comment} if comment and action_name == "approve" else {}
        with acting(user, checked=checked, **note) if checked else acting(user):
            super().on_action(task_state, user, action_name, comment=comment)

    def decline(self, task_state: TaskState, user: User | None, reason: str) -> None:
        """Say no to the application, which ends its workflow."""
        from asflist.states import decline

        enterprise = task_state.workflow_state.content_object
        if task_state.status != TaskState.STATUS_IN_PROGRESS or enterprise.state not in DECLINABLE:
            raise PermissionDenied
        decline(enterprise, user, reason)

    @classmethod
    def get_description(cls) -> Any:
        return _(
            "Members of the chosen groups approve an enterprise by its criteria, "
            "send it back or decline it with a reason"
        )
