"""What comes of an answer, and of what else shows that an entry is right."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from asflist.enums import ConfirmationAnswer, ListingAction
from asflist.freshness.links import Asked
from asflist.models import ConfirmationRequest, ListingEvent
from asflist.states import confirm, lock, resume, withdraw

#: What done with an entry answers the question, and how. Silence pauses without answering.
ANSWERS = {
    ListingAction.CHANGED: ConfirmationAnswer.CHANGED,
    ListingAction.CHANGE_APPROVED: ConfirmationAnswer.CHANGED,
    ListingAction.APPROVED: ConfirmationAnswer.CHANGED,
    ListingAction.CONFIRMED: ConfirmationAnswer.RIGHT,
    ListingAction.WITHDRAWN: ConfirmationAnswer.LEFT,
    ListingAction.DECLINED: ConfirmationAnswer.CLOSED,
    ListingAction.RESUMED: ConfirmationAnswer.CLOSED,
    ListingAction.PAUSED: ConfirmationAnswer.CLOSED,
}


def say_right(asked: Asked) -> bool:
    """Know that the entry is right, and put it back if silence paused it; False if too late."""
    with transaction.atomic():
        request = answer(asked.request, ConfirmationAnswer.RIGHT)
        if request is None:
            return False
        if request.paused_at:
            resume(request.enterprise, asked.owner)
        confirm(request.enterprise, asked.owner)
    return True


def leave(asked: Asked, reason: str) -> bool:
    """Take the entry off the list as its owner wishes; False if the question is answered."""
    with transaction.atomic():
        request = answer(asked.request, ConfirmationAnswer.LEFT)
        if request is None:
            return False
        withdraw(request.enterprise, asked.owner, reason)
    return True


def answer(request: ConfirmationRequest, how: ConfirmationAnswer) -> ConfirmationRequest | None:
    """Write the answer down and return the request, locked; None when it is not open any more."""
    lock(request.enterprise)
    found = ConfirmationRequest.objects.open().select_related("enterprise")
    held = found.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if held is not None:
        held.answered_at, held.answer = timezone.now(), how
        held.save(update_fields=["answered_at", "answer"])
    return held


def close_by(event: ListingEvent) -> None:
    """Close the entry's question when what was done with the entry answers it."""
    how = ANSWERS.get(ListingAction(event.action))
    if how is None:
        return
    waiting = ConfirmationRequest.objects.unanswered().filter(enterprise=event.enterprise_id)
    if event.action == ListingAction.PAUSED:
        waiting = waiting.filter(paused_at=None)
    waiting.update(answered_at=timezone.now(), answer=how)
