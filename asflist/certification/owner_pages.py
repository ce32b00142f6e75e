"""What owners see of their certification: the plan, how far they have come, until when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail import hooks

from asflist.certification.plan import progress_of
from asflist.certification.reminders import stage_of
from asflist.enums import ListingState
from asflist.models import EnterpriseOwner
from asflist.owners.access import for_owner
from asflist.owners.tasks import OWNER_TASKS_HOOK, OwnerTask
from core.addresses import localized
from core.dates import swedish_today


@require_safe
@for_owner
def owner_certification(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Show the plan with the owner's own progress."""
    progress = progress_of(owner.enterprise)
    context = {
        "owner": owner,
        "enterprise": owner.enterprise,
        "progress": progress,
        "done": sum(1 for step in progress if step.done_on),
    }
    return render(request, "asflist/certification/owner.html", context)


@hooks.register(OWNER_TASKS_HOOK)
def tell_of_certification(owner: EnterpriseOwner) -> list[OwnerTask]:
    """Tell the owner of an approved entry how far the certification has come, or when it ends."""
    if owner.enterprise.state != ListingState.APPROVED:
        return []
    progress = progress_of(owner.enterprise)
    if not progress:
        return []
    until = owner.enterprise.certified
    done = sum(1 for step in progress if step.done_on)
    text = ngettext(
        "%(done)d of %(all)d step is done.", "%(done)d of %(all)d steps are done.", len(progress)
    ) % {"done": done, "all": len(progress)}
    if until:
        text = _("You are certified until %(day)s.") % {"day": date_format(until, "j F Y")}
    return [
        OwnerTask(
            title=_("Certification"),
            text=text,
            url=reverse("owner_certification"),
            button=_("See the steps"),
            urgent=bool(until and stage_of(until, swedish_today())),
        )
    ]


urlpatterns = [
    path(
        localized(sv="mitt-asf/certifiering/", en="my-enterprise/certification/"),
        owner_certification,
        name="owner_certification",
    ),
]
