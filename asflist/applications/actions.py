"""What applicants and owners do with the form; views call these, and nothing else does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from asflist import states
from asflist.applications import letters
from asflist.applications.addresses import step_url
from asflist.applications.content import describe, describe_owner, fill_in
from asflist.applications.duplicates import MAY_APPLY_AGAIN, find_entry
from asflist.applications.last_forms import PICTURES
from asflist.applications.steps import kept_form, steps_of
from asflist.enums import ListingAction, ListingState
from asflist.models import (
    Enterprise,
    EnterpriseDraft,
    EnterpriseOwner,
    EnterpriseOwnerQuerySet,
)
from asflist.retention import unspent_drafts

CHECK = "check"
#: Tries to save a new entry: another may take its slug at the same moment.
TRIES = 3


class NotReadyError(Exception):
    """The draft lacks something; the text is the step that lacks it."""


class TakenError(Exception):
    """The organisation number is with us already."""


class LookedAfterError(TakenError):
    """Somebody else looks after what one would apply for again."""


def begin(number: str, email: str, language: str) -> EnterpriseDraft:
    """Return a new application for the number (NNNNNN-NNNN); its link is mailed if there is one."""
    draft = EnterpriseDraft.objects.create(
        language=language, email=email, data={"number": {"organisation_number": [number]}}
    )
    if email:
        letters.write_link(draft, "who")
    return draft


def edit_entry(owner: EnterpriseOwner) -> str:
    """Return the path of the form in which an owner changes the entry, as it was left or new."""
    return step_url(draft_of_change(owner), CHECK)


def draft_of_change(owner: EnterpriseOwner) -> EnterpriseDraft:
    """Return the entry's draft, which its owners share: the one there is, or a new one."""
    enterprise = owner.enterprise
    draft = unspent_drafts(timezone.now()).filter(enterprise=enterprise).first()
    if draft is None:
        data: dict[str, Any] = describe(enterprise.get_latest_revision_as_object(), owner)
        draft, _made = EnterpriseDraft.objects.update_or_create(
            enterprise=enterprise,
            defaults={
                "owner": owner,
                "language": owner.language,
                "data": data | {"was": data},
                "logo": "",
                "picture": "",
            },
        )
    elif draft.owner_id != owner.pk:
        contact = draft.data.get("contact", {}) | describe_owner(owner)
        draft.owner, draft.data = owner, draft.data | {"contact": contact}
        draft.save(update_fields=["owner", "data", "updated_at"])
    return draft


def read_answers(draft: EnterpriseDraft) -> dict[str, dict[str, Any]]:
    """Return the cleaned data of each step. Raises ``NotReadyError``."""
    answers = {}
    for step in steps_of(draft):
        form = kept_form(draft, step)
        if not form.is_valid():
            raise NotReadyError(step)
        answers[step] = form.cleaned_data
    return answers


def send(draft: EnterpriseDraft) -> None:
    """Ask the applicant to confirm the address; who presses twice is asked once.

    Raises ``NotReadyError``, and ``EnterpriseDraft.DoesNotExist`` when it was confirmed already.
    """
    with transaction.atomic():
        draft = EnterpriseDraft.objects.select_for_update().get(pk=draft.pk)
        email = read_answers(draft)["contact"]["owner_email"]
        if draft.sent_at and draft.email == email:
            return
        draft.email, draft.sent_at = email, timezone.now()
        draft.save(update_fields=["email", "sent_at", "updated_at"])
        letters.write_confirm(draft)


def confirm(draft: EnterpriseDraft) -> EnterpriseOwner:
    """Take the application in: its entry waits for review, and the applicant is its owner.

    The draft is gone afterwards. Raises ``NotReadyError``, ``TakenError``, and
    ``EnterpriseDraft.DoesNotExist`` when it was confirmed already, or has another address than
    ``draft`` had when its link was read. An entry that was declined or has left the list holds what
    buyers have asked and owners have reported: a stranger does not become its owner by its number,
    and those who look after it are told (``LookedAfterError``).
    """
    try:
        with transaction.atomic():
            same = EnterpriseDraft.objects.filter(pk=draft.pk, email=draft.email)
            return take_in(same.select_for_update().get())
    except LookedAfterError:
        for owner in owners_of(find_entry(number_of(draft))):
            letters.write_repeated(owner, draft)
        raise


def take_in(draft: EnterpriseDraft) -> EnterpriseOwner:
    """Make an entry and an owner of a draft that is locked; errors are as in ``confirm``."""
    if is_taken(number_of(draft)):
        raise TakenError
    answers = read_answers(draft)
    enterprise = make_entry(draft, answers)
    owner = make_owner(enterprise, draft, answers["contact"])
    states.record(enterprise, ListingAction.CONFIRMED_ADDRESS, owner)
    states.submit(enterprise, owner)
    letters.write_received(owner, draft)
    throw_away(draft)
    return owner


def owners_of(entry: Enterprise | None) -> EnterpriseOwnerQuerySet:
    """Return those who look after an entry."""
    return EnterpriseOwner.objects.confirmed().filter(enterprise=entry).order_by("pk")


def number_of(draft: EnterpriseDraft) -> str:
    """Return the organisation number of an application, as it was typed."""
    return "".join(draft.data.get("number", {}).get("organisation_number", []))


def is_taken(number: str) -> bool:
    """Whether another application with this number came before, or the entry is there."""
    entry = find_entry(number)
    return entry is not None and entry.state not in MAY_APPLY_AGAIN


def make_entry(draft: EnterpriseDraft, answers: dict[str, dict[str, Any]]) -> Enterprise:
    """Return the entry as the applicant wrote it, unpublished, in its row from before if any.

    Raises ``TakenError`` when another has been made with the number at the same moment.
    """
    number = answers["number"]["organisation_number"]
    for _try in range(TRIES):
        entry = lock_entry(number, draft.email) or Enterprise(
            organisation_number=number, locale=Locale.get_default(), live=False
        )
        entry.gallery, entry.members = [], []
        fill_in(entry, draft, answers)
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError:
            if is_taken(number):
                raise TakenError from None
            continue
        entry.save_revision()
        return entry
    raise TakenError


def lock_entry(number: str, email: str) -> Enterprise | None:
    """Return the row in which this address may apply again, kept from others.

    Raises ``TakenError``.
    """
    found = find_entry(number)
    if found is None:
        return None
    entry = states.lock(found)
    if entry.state not in MAY_APPLY_AGAIN:
        raise TakenError
    owners = owners_of(entry)
    if owners.exists() and not owners.with_address(email).exists():
        raise LookedAfterError
    return entry


def make_owner(
    enterprise: Enterprise, draft: EnterpriseDraft, contact: dict[str, Any]
) -> EnterpriseOwner:
    """Return the entry's owner with the confirmed address: the one there is, or a new one."""
    owners = EnterpriseOwner.objects.filter(enterprise=enterprise)
    owner = owners.with_address(draft.email).first() or EnterpriseOwner(
        enterprise=enterprise, email=draft.email
    )
    owner.name, owner.phone = contact["owner_name"], contact["owner_phone"]
    owner.language = draft.language
    owner.confirmed_at = owner.confirmed_at or timezone.now()
    owner.save()
    return owner


def send_change(draft: EnterpriseDraft, by: EnterpriseOwner) -> bool:
    """Ask staff to review an owner's change; what is approved stays public. False if none is made.

    An entry that was sent back, declined or withdrawn is sent in anew, changed or not. Raises
    ``NotReadyError``, and ``EnterpriseDraft.DoesNotExist`` when it was sent already.
    """
    with transaction.atomic():
        draft = EnterpriseDraft.objects.select_for_update().get(pk=draft.pk)
        answers = read_answers(draft)
        stored = states.lock(draft.enterprise)  # type: ignore[arg-type]
        entry = stored.get_latest_revision_as_object()
        changed = fill_in(entry, draft, answers)
        keep_owner(draft.owner, answers["contact"])
        throw_away(draft)
        if not changed and stored.state not in states.ALLOWED[ListingAction.SUBMITTED]:
            return False
        if stored.state not in ListingState.reviewed():
            entry.save()
        entry.save_revision()
        states.submit(stored, by)
    return True


def keep_owner(owner: EnterpriseOwner | None, contact: dict[str, Any]) -> None:
    """Know the owner's name and phone as they were typed."""
    if owner is not None:
        owner.name, owner.phone = contact["owner_name"], contact["owner_phone"]
        owner.save(update_fields=["name", "phone"])


def send_links(email: str) -> None:
    """Mail the links of every unfinished application that is known by this address, if any."""
    drafts = unspent_drafts(timezone.now()).filter(enterprise=None, email__iexact=email)
    for draft in drafts.order_by("-updated_at")[:5]:
        if not letters.write_link(draft, first_open_step(draft)):
            return


def first_open_step(draft: EnterpriseDraft) -> str:
    """Return the first step that is not filled in rightly, or the page to check."""
    for step in steps_of(draft):
        if step not in draft.data or not kept_form(draft, step).is_valid():
            return step
    return CHECK


def replace_pictures(draft: EnterpriseDraft, pictures: dict[str, ContentFile | None]) -> None:
    """Let each of ``pictures`` be the draft's logo or picture, or none."""
    noted = dict(draft.data.get("pictures", {}))
    with old_files_removed(draft, *pictures):
        for name, picture in pictures.items():
            noted.pop(f"kept_{name}", None)
            if picture is None:
                setattr(draft, name, "")
            else:
                getattr(draft, name).save(str(picture.name), picture, save=False)
        draft.data = draft.data | {"pictures": noted}
        draft.save()


def throw_away(draft: EnterpriseDraft) -> None:
    """Delete the draft and its pictures."""
    with old_files_removed(draft, *PICTURES):
        draft.delete()


@contextmanager
def old_files_removed(draft: EnterpriseDraft, *names: str) -> Iterator[None]:
    """Remove the files that the draft had before, once the change has been committed."""
    files = [getattr(draft, name) for name in names]
    old = [(file.storage, file.name) for file in files if file.name]
    yield
    for storage, name in old:
        transaction.on_commit(partial(storage.delete, name))
