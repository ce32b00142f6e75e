"""Wagtail's own views of an entry, where they must know who acts or say what was refused."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.views.snippets import (
    EditView,
    RevisionsCompareView,
    UnpublishView,
    WorkflowActionView,
)

from asflist.acting import acting
from asflist.enums import ListingState


class EnterpriseUnpublishView(UnpublishView):
    """Taking an entry down, which pauses it in the name of who did it."""

    def unpublish(self) -> HttpResponse | None:
        with acting(self.request.user):
            answer: HttpResponse | None = super().unpublish()
        return answer


class EnterpriseForm(WagtailAdminModelForm):
    """The form of an entry; a paused one comes back as it was, not as somebody is writing it."""

    def save(self, commit: bool = True) -> Any:
        return super().save(commit=commit and self.instance.state != ListingState.PAUSED)


class EnterpriseEditView(EditView):
    """Editing an entry; what the review's form would refuse is refused here too, in words."""

    def workflow_action_action(self) -> Any:
        task = self.object.current_workflow_task
        form_class = task.get_form_for_action(self.workflow_action)
        answers = json.loads(self.request.POST.get("workflow-action-extra-data") or "{}")
        form = form_class(answers)
        if not form.is_valid():
            refuse(self.request, form.errors.values())
            return redirect(self.get_edit_url())
        return super().workflow_action_action()


class EnterpriseCompareView(RevisionsCompareView):
    """Two revisions beside each other, proofs of the criteria too: for those who judge entries."""

    permission_required = "publish"


class EnterpriseWorkflowActionView(WorkflowActionView):
    """Judging an entry from the dashboard or by a plain form: Wagtail would say nothing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST)
        by_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if not by_script and not form.is_valid():
            refuse(request, form.errors.values())
            return redirect(self.redirect_url)
        try:
            return super().post(request, *args, **kwargs)
        except ValidationError as error:
            refuse(request, [error.messages])
            return redirect(self.redirect_url)


def refuse(request: HttpRequest, errors: Any) -> None:
    """Say at the top of the next page, each once, what was wrong."""
    sentences = dict.fromkeys(str(sentence) for group in errors for sentence in group)
    messages.error(request, " ".join(sentences))
