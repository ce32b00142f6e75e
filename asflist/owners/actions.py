"""What is done with an entry's owners; views call these, and all of it is written down."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from asflist.enums import ListingAction
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent
from asflist.owners.access import login_url, shut_out
from asflist.owners.letters import write
from asflist.states import Actor, NotPossibleError, lock, record
from core.mail import full_url
from core.outbox import post

#: Owners that an entry can have; nobody needs more, and each is mailed.
MOST_OWNERS = 10
#: Invitations that an entry's owners can have us mail within a day, also when they remove some:
#: each goes to an address that nobody has confirmed, and names the entry.
MOST_INVITED = 20


def send_links(email: str) -> None:
    """Mail one letter with a link to each entry that the address looks after, if any."""
    owners = EnterpriseOwner.objects.with_address(email).select_related("enterprise")
    by_language = sorted(owners, key=lambda owner: (owner.language, owner.enterprise.sort_key))
    for language, group in groupby(by_language, key=lambda owner: owner.language):
        send_letter_of_links(list(group), language)


def send_letter_of_links(owners: list[EnterpriseOwner], language: str) -> None:
    """Mail links to one person, whose rows with the same address ``owners`` are."""
    with translation.override(language):
        context = {
            "entries": [
                {"name": owner.enterprise.name, "link": login_url(owner)} for owner in owners
            ],
            "ask_url": full_url(reverse("owner_link")),
        }
    key = f"owner_link:{uuid.uuid4()}"
    post(key, "asflist/mail/owner_link.txt", context, to=owners[0].email, language=language)


def confirm_address(owner: EnterpriseOwner) -> None:
    """Know that the address is the owner's, once; who was to hand over to this owner leaves."""
    with transaction.atomic():
        fresh = EnterpriseOwner.objects.filter(pk=owner.pk, confirmed_at=None)
        if not fresh.update(confirmed_at=timezone.now()):
            return
        owner.refresh_from_db()
        record(owner.enterprise, ListingAction.CONFIRMED_ADDRESS, owner)
        if owner.replaces is not None:
            record(owner.enterprise, ListingAction.HANDED_OVER, owner.replaces)
            owner.replaces.delete()


def invite(
    enterprise: Enterprise,
    email: str,
    by: Actor,
    *,
    language: str,
    name: str = "",
    replaces: EnterpriseOwner | None = None,
) -> EnterpriseOwner:
    """Ask somebody by mail to look after the entry; ``replaces`` leaves when they have confirmed.

    Raises ``NotPossibleError`` for somebody who does already, and when there are too many, or too
    many have been asked by owners today.
    """
    with transaction.atomic():
        lock(enterprise)
        owner = enterprise.owners.with_address(email).first()
        if owner is not None and owner.confirmed_at:
            raise NotPossibleError(_("That person looks after the entry already."))
        if owner is None:
            if isinstance(by, EnterpriseOwner) and invited_today(enterprise) >= MOST_INVITED:
                raise NotPossibleError(_("Many have been invited today. Try again tomorrow."))
            if enterprise.owners.count() >= MOST_OWNERS:
                raise NotPossibleError(
                    _("An entry can have %(number)d owners. Remove one first.")
                    % {"number": MOST_OWNERS}
                )
            owner = EnterpriseOwner(enterprise=enterprise, email=email)
            record(enterprise, ListingAction.OWNER_ADDED, by)
        owner.name, owner.language, owner.replaces = name or owner.name, language, replaces
        owner.save()
        # An owner's name is free text, and nobody has confirmed the address that this goes to.
        inviter = by.email if isinstance(by, EnterpriseOwner) else "Skoopi"
        write(owner, "invited", f"owner_invited:{uuid.uuid4()}", inviter=inviter)
    return owner


def invited_today(enterprise: Enterprise) -> int:
    """Return how many the entry's owners have asked to look after it within a day."""
    since = timezone.now() - timedelta(days=1)
    added = ListingEvent.objects.filter(action=ListingAction.OWNER_ADDED, by_owner=True)
    return added.filter(enterprise=enterprise, made_at__gt=since).count()


def remove(owner: EnterpriseOwner, by: Actor) -> None:
    """Let an owner go, with every session and link; an owner cannot remove the last one.

    Raises ``NotPossibleError``.
    """
    with transaction.atomic():
        entry = lock(owner.enterprise)
        others = entry.owners.confirmed().exclude(pk=owner.pk)
        if isinstance(by, EnterpriseOwner) and not others.exists():
            raise NotPossibleError(
                _("Somebody must look after the entry. Hand it over, or leave the list.")
            )
        record(entry, ListingAction.OWNER_REMOVED, by)
        owner.delete()


def send_new_link(owner: EnterpriseOwner, by: Actor) -> None:
    """Let every earlier link and session of the owner die, and mail a new link."""
    with transaction.atomic():
        shut_out(owner)
        owner.refresh_from_db()
        record(owner.enterprise, ListingAction.LINK_SENT, by)
        send_letter_of_links([owner], owner.language)


def replace_owner(
    owner: EnterpriseOwner, email: str, by: Actor, *, language: str, name: str = ""
) -> None:
    """Hand the entry over to somebody else at once, as staff do. Raises ``NotPossibleError``."""
    with transaction.atomic():
        entry = owner.enterprise
        owner.delete()
        record(entry, ListingAction.HANDED_OVER, by)
        invite(entry, email, by, language=language, name=name)
