"""What owners hear by mail of what has been done with their entry."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from asflist.enums import ListingAction
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent
from asflist.owners.access import login_url
from core.mail import full_url
from core.outbox import post

#: What is told of, and the template that tells it.
LETTERS = {
    ListingAction.REQUESTED_CHANGES: "sent_back",
    ListingAction.DECLINED: "declined",
    ListingAction.APPROVED: "approved",
    ListingAction.CHANGE_APPROVED: "change_approved",
    ListingAction.CHANGE_SENT_BACK: "sent_back",
    ListingAction.PAUSED: "paused",
    ListingAction.RESUMED: "resumed",
    ListingAction.WITHDRAWN: "withdrawn",
}


def tell_owners(event: ListingEvent) -> None:
    """Write to each confirmed owner of the entry, once, in the owner's language."""
    letter = LETTERS.get(ListingAction(event.action))
    by_itself = event.user_id is None and not event.by_owner
    if letter is None or (letter == "paused" and by_itself and event.reason):
        return  # When nobody answered, the yearly question tells of it (asflist.freshness).
    for owner in EnterpriseOwner.objects.confirmed().filter(enterprise=event.enterprise_id):
        write(owner, letter, f"listing:{event.pk}:{owner.uid}", event=event)


def write(owner: EnterpriseOwner, letter: str, key: str, **more: Any) -> bool:
    """Have a mail about the entry sent with a link that lets the owner in."""
    enterprise = Enterprise.objects.select_related("locale").get(pk=owner.enterprise_id)
    with translation.override(owner.language):
        ask_url = full_url(reverse("owner_link"))
        page_url = full_url(enterprise.get_url(language=owner.language))
    context = {
        "enterprise": enterprise,
        "owner": owner,
        "link": login_url(owner),
        "ask_url": ask_url,
        "page_url": page_url,
    }
    return post(
        key,
        f"asflist/mail/owner_{letter}.txt",
        context | more,
        to=owner.email,
        language=owner.language,
    )
