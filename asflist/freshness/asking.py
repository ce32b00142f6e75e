"""Asking once a year, reminding, and pausing an entry that nobody answers for.

``run`` is for every day; each step is safe to run twice and at the same time as another, for the
entry's row is locked while it is looked at, and every mail has a key of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from asflist.enums import ConfirmationAnswer, ListingAction, ListingState
from asflist.freshness.mails import Letter, write
from asflist.models import (
    ConfirmationRequest,
    ConfirmationRequestQuerySet,
    Enterprise,
    EnterpriseOwner,
    EnterpriseQuerySet,
)
from asflist.states import lock, pause, record
from core.dates import end_of_swedish_day, swedish_date

#: Days that an entry is known to be right, and days between two mails of one round.
KNOWN_FOR = 365
DAYS_BETWEEN = 14
REMINDERS = 3
#: Days that nobody is asked again after an answer: a change that was sent may wait for review.
REST_FOR = 60
#: Entries that are asked at most in one run, that the first run of all does not mail everybody.
AT_ONCE = 200


def run(now: datetime | None = None) -> dict[str, int]:
    """Do a day's work at ``now`` (aware) and count what was done, by name."""
    now = now or timezone.now()
    return {
        "closed": close_overtaken(now),
        "paused": each(silent(now), lambda request: pause_silent(request, now)),
        "reminded": each(to_remind(now), lambda request: remind(request, now)),
        "asked": sum(ask(entry, now=now) is not None for entry in to_ask(now)[:AT_ONCE]),
    }


def each(requests: Iterable[ConfirmationRequest], do: Callable[[ConfirmationRequest], bool]) -> int:
    """Count the requests that ``do`` did something with."""
    return sum(do(request) for request in requests)


def confirmed_owners() -> Exists:
    """Whether an enterprise in the outer query has somebody to ask."""
    return Exists(EnterpriseOwner.objects.confirmed().filter(enterprise=OuterRef("pk")))


def to_ask(now: datetime) -> EnterpriseQuerySet:
    """Entries whose year is out and that somebody can answer for, the oldest first."""
    rounds = ConfirmationRequest.objects.filter(enterprise=OuterRef("pk"))
    recent = Q(answered_at=None) | Q(answered_at__gt=now - timedelta(days=REST_FOR))
    last_day = swedish_date(now) - timedelta(days=KNOWN_FOR)
    return (
        Enterprise.objects.in_source_language()
        .filter(Q(confirmed_on=None) | Q(confirmed_on__lte=last_day), state=ListingState.APPROVED)
        .filter(confirmed_owners(), ~Exists(rounds.filter(recent)))
        .order_by(F("confirmed_on").asc(nulls_first=True), "pk")
    )


def written_before(now: datetime) -> ConfirmationRequestQuerySet:
    """Open requests whose last mail is ``DAYS_BETWEEN`` Swedish days old."""
    limit = end_of_swedish_day(swedish_date(now) - timedelta(days=DAYS_BETWEEN))
    requests = ConfirmationRequest.objects.open().filter(paused_at=None)
    requests = requests.select_related("enterprise")
    return requests.annotate(written_at=Coalesce("reminded_at", "asked_at")).filter(
        written_at__lt=limit
    )


def to_remind(now: datetime) -> ConfirmationRequestQuerySet:
    """Requests that are due for a reminder."""
    return written_before(now).filter(reminders__lt=REMINDERS)


def silent(now: datetime) -> ConfirmationRequestQuerySet:
    """Requests whose last reminder nobody has answered."""
    return written_before(now).filter(reminders=REMINDERS)


def ask(
    enterprise: Enterprise, by: User | None = None, now: datetime | None = None
) -> ConfirmationRequest | None:
    """Ask the entry's owners; None when it is not on the list, is asked already or has nobody.

    ``enterprise`` is in the source language.
    """
    with transaction.atomic():
        entry = lock(enterprise)
        owners = list(entry.owners.confirmed())
        asked = ConfirmationRequest.objects.unanswered().filter(enterprise=entry).exists()
        if entry.state != ListingState.APPROVED or asked or not owners:
            return None
        request = ConfirmationRequest.objects.create(
            enterprise=entry, asked_at=now or timezone.now(), asked_by=by
        )
        record(entry, ListingAction.ASKED, by)
        for owner in owners:
            write(Letter.ASK, request, owner)
    return request


def remind(request: ConfirmationRequest, now: datetime) -> bool:
    """Remind the owners once more; False where that is no longer due."""
    with transaction.atomic():
        if (held := hold(to_remind(now), request)) is None:
            return False
        held.reminders += 1
        held.reminded_at = now
        held.save(update_fields=["reminders", "reminded_at"])
        record(held.enterprise, ListingAction.REMINDED, number=held.reminders)
        for owner in held.enterprise.owners.confirmed():
            write(Letter.ASK, held, owner)
    return True


def pause_silent(request: ConfirmationRequest, now: datetime) -> bool:
    """Pause the entry that nobody has answered for; False where that is no longer due."""
    with transaction.atomic():
        if (held := hold(silent(now), request)) is None:
            return False
        owners = list(held.enterprise.owners.confirmed())
        # Before the state: what follows a change of it shall know that silence was the reason.
        held.paused_at = now
        held.save(update_fields=["paused_at"])
        with translation.override(owners[0].language):
            reason = _("Nobody answered when we asked whether the entry is still right.")
        pause(held.enterprise, reason=reason)
        for owner in owners:
            write(Letter.PAUSED, held, owner)
    return True


def hold(
    requests: ConfirmationRequestQuerySet, request: ConfirmationRequest
) -> ConfirmationRequest | None:
    """Lock the entry and then the request, and return it if it still is among ``requests``.

    One that nobody is left to answer is closed: silence pauses only what somebody was asked about.
    """
    lock(request.enterprise)
    held = requests.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if held is not None and not held.enterprise.owners.confirmed().exists():
        held.answered_at, held.answer = timezone.now(), ConfirmationAnswer.CLOSED
        held.save(update_fields=["answered_at", "answer"])
        return None
    return held


def close_overtaken(now: datetime) -> int:
    """Close what nobody need answer, as the entry has been put in another state since; count."""
    overtaken = ConfirmationRequest.objects.overtaken()
    return overtaken.update(answered_at=now, answer=ConfirmationAnswer.CLOSED)
