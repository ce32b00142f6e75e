"""The yearly question on the owner's own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from asflist.freshness.links import token_for
from asflist.models import ConfirmationRequest, EnterpriseOwner
from asflist.owners.tasks import OWNER_TASKS_HOOK, OwnerTask


@hooks.register(OWNER_TASKS_HOOK)
def answer_the_question(owner: EnterpriseOwner) -> list[OwnerTask]:
    """Ask whoever is in whether the entry is right, while the question is open; one query."""
    request = ConfirmationRequest.objects.open().filter(enterprise=owner.enterprise_id).first()
    if request is None:
        return []
    text = (
        _("The entry is paused, since nobody has answered. Answer, and it is on the list again.")
        if request.paused_at
        else _("Read through it and say whether it is still right. It takes a minute.")
    )
    return [
        OwnerTask(
            title=_("Is your entry still right?"),
            text=text,
            url=reverse("entry_right", args=[token_for(request, owner)]),
            button=_("Read through the entry"),
            urgent=True,
        )
    ]
