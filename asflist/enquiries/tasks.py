"""What an owner is asked to do about enquiries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from asflist.models import EnquiryReceiver, EnterpriseOwner
from asflist.owners.tasks import OWNER_TASKS_HOOK, OwnerTask


@hooks.register(OWNER_TASKS_HOOK)
def enquiries_to_answer(owner: EnterpriseOwner) -> list[OwnerTask]:
    """Tell the owner of enquiries without an answer; one query."""
    number = EnquiryReceiver.objects.waiting().filter(enterprise=owner.enterprise_id).count()
    if not number:
        return []
    title = ngettext("%(number)d enquiry to answer", "%(number)d enquiries to answer", number) % {
        "number": number
    }
    return [
        OwnerTask(
            title,
            _("A buyer has asked you and waits for your answer."),
            reverse("enquiries_of_owner"),
            _("See and answer"),
            urgent=True,
        )
    ]
