"""What waits for review: applications and changes, the one that has waited longest first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.models import TaskState, WorkflowState

from asflist.menu import ListKeepersMenuItem
from asflist.models import Enterprise, EnterpriseQuerySet

LIST = "wagtailsnippets_asflist_enterprise:list"


def open_steps() -> QuerySet[TaskState]:
    """Return the steps of enterprises' reviews that wait for staff."""
    return TaskState.objects.filter(
        workflow_state__base_content_type=ContentType.objects.get_for_model(Enterprise),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        status=TaskState.STATUS_IN_PROGRESS,
    ).order_by("pk")


def with_waiting(entries: EnterpriseQuerySet) -> EnterpriseQuerySet:
    """Rows with ``waiting_since``: when what staff have not judged was sent in, else None."""
    own = open_steps().filter(workflow_state__object_id=Cast(OuterRef("pk"), CharField()))
    return entries.annotate(waiting_since=Subquery(own.values("started_at")[:1]))


def waiting(entries: EnterpriseQuerySet) -> EnterpriseQuerySet:
    """Entries of which something waits for review."""
    # From the few steps to their entries: the list may be long, and the menu asks on every page.
    keys = Cast("workflow_state__object_id", BigIntegerField())
    return entries.filter(pk__in=open_steps().order_by().values(key=keys))


def state_in_words(enterprise: Any) -> str:
    """Return the state of an entry of ``with_waiting``; a translation goes with its source."""
    if enterprise.language != settings.LANGUAGE_CODE:
        return gettext("Translation")
    if enterprise.is_public and enterprise.waiting_since is not None:
        return gettext("On the list, and a change waits")
    return str(enterprise.get_state_display())


class WaitingMenuItem(ListKeepersMenuItem):
    """The queue, with how many wait, for those who may judge."""

    def __init__(self) -> None:
        url = format_lazy("{}?waits=true&ordering=waiting_since", reverse_lazy(LIST))
        super().__init__(
            _("Waiting for review"), url, name="asf-waiting", icon_name="tasks", order=1
        )

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = waiting(Enterprise.objects.all()).count()
        label = gettext("Waiting for review (%(number)d)") % {"number": number}
        return LinkMenuItem(
            self.name, label, str(self.url), icon_name=self.icon_name, classname=self.classname
        )
