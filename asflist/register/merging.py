"""Making one entry of two that stand for the same enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from asflist.acting import acting
from asflist.enums import ListingAction, ListingState
from asflist.models import (
    ConfirmationRequest,
    Enterprise,
    EnterpriseTag,
    Industry,
    ListingEvent,
    MergedEntry,
)
from asflist.register.columns import BY_NAME, INDUSTRIES, as_words, heading_of
from asflist.register.references import pointing_keys, repoint_key, repoint_streams
from asflist.states import NotPossibleError, lock, record, withdraw

#: What is filled in from the other entry where the one that is kept says nothing.
FILLED = (
    *(name for name in BY_NAME if name not in ("name", "organisation_number", INDUSTRIES)),
    "references",
    "benefit_figures",
    "gallery",
    "logo",
    "picture",
)
#: What tells of one entry's past stays with it.
STAYS = (ListingEvent, ConfirmationRequest, EnterpriseTag)


@dataclass(frozen=True)
class Pair:
    """A field of both entries side by side; ``filled`` says that the kept one takes the other's."""

    heading: str
    kept: str
    gone: str
    filled: bool


def compare(kept: Enterprise, gone: Enterprise) -> list[Pair]:
    """Return the fields in which the entries differ, as the merge would treat them."""
    pairs = []
    for name, column in BY_NAME.items():
        one, other = as_words(column.cell(kept)), as_words(column.cell(gone))
        if one != other:
            filled = not one and name in (*FILLED, INDUSTRIES)
            pairs.append(Pair(heading_of(name), one, other, filled))
    return pairs


def merge(kept: Enterprise, gone: Enterprise, by: User) -> int:
    """Let ``kept`` take over what belongs to ``gone``, which leaves the list; both are sources.

    Owners, events and all else that refers to ``gone`` refers to ``kept`` afterwards, and its
    address leads there. Returns how many things stay, as ``kept`` has one of the kind already.
    Raises ``NotPossibleError``.
    """
    with transaction.atomic():
        first, second = sorted((kept, gone), key=lambda entry: entry.pk)
        locked = {entry.pk: lock(entry) for entry in (first, second)}
        kept, gone = locked[kept.pk], locked[gone.pk]
        check(kept, gone)
        fill_in(kept, gone, by)
        left = sum(repoint_key(key, gone, kept) for key in keys_to_move())
        repoint_streams(gone, kept)
        if gone.state != ListingState.WITHDRAWN:
            reason = _("Merged with %(name)s.") % {"name": kept.name}
            with acting(by, silent=True):
                withdraw(gone, by, reason)
        MergedEntry.objects.update_or_create(slug=gone.slug, defaults={"enterprise": kept})
        record(kept, ListingAction.MERGED, by, merged=gone.pk, slug=gone.slug)
    return left


def check(kept: Enterprise, gone: Enterprise) -> None:
    """Raise ``NotPossibleError`` where the merge would do harm."""
    if kept.pk == gone.pk:
        raise NotPossibleError(_("Choose two different entries."))
    if kept.language != settings.LANGUAGE_CODE or kept.language != gone.language:
        raise NotPossibleError(_("Choose the Swedish entries. Translations go with them."))
    if gone.state == ListingState.APPROVED and kept.state != ListingState.APPROVED:
        raise NotPossibleError(_("Keep the entry that is on the list: visitors know its page."))
    if kept.change_waits:
        raise NotPossibleError(
            _("A change of the entry that is kept has not been published yet. Finish it first.")
        )
    if MergedEntry.objects.filter(slug=kept.slug).exists():
        raise NotPossibleError(_("The entry that is kept has been merged into another."))


def keys_to_move() -> list[models.ForeignKey[Any, Any]]:
    """Return the foreign keys that tie something to an entry and follow it."""
    own = {Enterprise.industries.through, *STAYS}
    return [
        key
        for key in pointing_keys(Enterprise)
        if key.model not in own and key.name != "from_enterprise"
    ]


def fill_in(kept: Enterprise, gone: Enterprise, by: User) -> None:
    """Give ``kept`` what it lacks and ``gone`` has, at once also for visitors."""
    changed = [name for name in FILLED if lacks(kept, name) and not lacks(gone, name)]
    for name in changed:
        setattr(kept, name, getattr(gone, name))
    if not kept.industries.exists() and gone.industries.exists():
        kept.industries = list(Industry.objects.filter(enterprises=gone))
        changed.append(INDUSTRIES)
    if not kept.tags.exists() and (tags := [tag.name for tag in gone.tags.all()]):
        kept.tags.set(tags)
        changed.append("tags")
    if not changed:
        return
    kept.save()
    revision = kept.save_revision(user=by)
    if kept.live:
        with acting(by, silent=True):
            revision.publish(user=by)


def lacks(enterprise: Enterprise, name: str) -> bool:
    """Whether the field says nothing."""
    value = getattr(enterprise, name)
    return value is None or value == "" or (not isinstance(value, bool | int) and not value)


def kept_entry(slug: str) -> Enterprise | None:
    """Return the published entry that the one with this slug was merged into, if any."""
    kept = Enterprise.objects.published().in_source_language()
    return kept.filter(merged_entries__slug=slug).select_related("locale").first()
