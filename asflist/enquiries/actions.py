"""The life of an enquiry: sent in, confirmed, answered, told the end of, and stopped.

Each function does one thing in one transaction with the mails that tell of it, and is safe to call
again. Raises ``EnquiryRefusedError`` and changes nothing where it cannot be done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from asflist.enquiries import mails
from asflist.enquiries.attachments import AttachmentsForm
from asflist.enquiries.receivers import busy_today, receivable
from asflist.enums import AnswerState, EnquiryOutcome, EnquiryState
from asflist.models import Enquiry, EnquiryReceiver, Enterprise

#: As often as one entry may send or change its answer.
MOST_ANSWERS = 5


class EnquiryRefusedError(Exception):
    """It cannot be done; the text says why in the reader's language."""


@dataclass(frozen=True)
class Deal:
    """One deal that came of an enquiry: with whom, and for how many whole kronor, if told."""

    receiver: EnquiryReceiver
    kronor: int | None


def submit(
    values: dict[str, Any], entries: Iterable[Enterprise], files: AttachmentsForm, language: str
) -> Enquiry:
    """Keep the enquiry and ask its buyer, and nobody else, to confirm it by mail.

    ``values`` are the enquiry's own fields.
    """
    with transaction.atomic():
        enquiry = Enquiry.objects.create(**values, language=language)
        EnquiryReceiver.objects.bulk_create(
            EnquiryReceiver(
                enquiry=enquiry,
                enterprise=entry,
                name=entry.name,
                county_code=entry.county_code,
            )
            for entry in entries
        )
        files.attach(enquiry)
        mails.ask_to_confirm(enquiry)
    return enquiry


def write_anew(
    earlier: Enquiry, values: dict[str, Any], entries: Iterable[Enterprise], files: AttachmentsForm
) -> Enquiry:
    """Keep the enquiry in the place of an earlier one, whose link to confirm with dies.

    Whoever the first was mailed to cannot send it in the name of the second.
    """
    with transaction.atomic():
        locked = lock_unconfirmed(earlier)
        if locked is None:
            raise EnquiryRefusedError(
                _("The enquiry has been confirmed already, and can no longer be changed.")
            )
        enquiry = submit(values, entries, files, locked.language)
        mails.take_back_question(locked)
        locked.delete()
    return enquiry


def lock_unconfirmed(enquiry: Enquiry) -> Enquiry | None:
    """Return the enquiry, locked; None when it has been confirmed, or written anew."""
    unconfirmed = Enquiry.objects.filter(pk=enquiry.pk, state=EnquiryState.UNCONFIRMED)
    return unconfirmed.select_for_update().first()


def confirm(enquiry: Enquiry) -> None:
    """Send the enquiry to those who are still on the list; nothing when that has been done."""
    with transaction.atomic():
        locked = lock_unconfirmed(enquiry)
        if locked is None:
            return
        now = timezone.now()
        receivers = list(locked.receivers.select_related("enterprise__locale"))
        there = set(
            receivable().filter(received_enquiries__in=receivers).values_list("pk", flat=True)
        )
        staying = [one for one in receivers if one.enterprise_id in there]
        if not staying:
            raise EnquiryRefusedError(_("None of those you chose is on the list any longer."))
        if busy := busy_today([one.enterprise for one in staying if one.enterprise], now):
            raise EnquiryRefusedError(
                _(
                    "%(names)s cannot get more enquiries today. Open this link again tomorrow and "
                    "send it then."
                )
                % {"names": ", ".join(entry.name for entry in busy)}
            )
        gone = locked.receivers.exclude(pk__in=[one.pk for one in staying])
        gone.update(state=AnswerState.LEFT)
        locked.state = EnquiryState.SENT
        locked.sent_at = locked.last_event_at = now
        locked.save(update_fields=["state", "sent_at", "last_event_at"])
        for receiver in staying:
            mails.tell_receiver(receiver)
        mails.tell_buyer_it_is_sent(locked)


def open_enquiry(receiver: EnquiryReceiver) -> None:
    """Remember that the receiver has seen the enquiry."""
    unseen = EnquiryReceiver.objects.filter(pk=receiver.pk, opened_at=None)
    unseen.update(opened_at=timezone.now())


def answer(
    receiver: EnquiryReceiver, state: AnswerState, text: str, files: AttachmentsForm | None
) -> None:
    """Keep what the entry answers, and tell the buyer that there is an answer."""
    with transaction.atomic():
        locked = lock_open(receiver)
        if locked.answer_number >= MOST_ANSWERS:
            raise EnquiryRefusedError(
                _("The answer has been changed too often, and stays as it is.")
            )
        now = timezone.now()
        locked.state, locked.answer, locked.answered_at = state, text, now
        locked.answer_number += 1
        locked.opened_at = locked.opened_at or now
        locked.save(update_fields=["state", "answer", "answered_at", "answer_number", "opened_at"])
        if files is not None:
            files.attach(locked)
        Enquiry.objects.filter(pk=locked.enquiry_id).update(last_event_at=now)
        mails.tell_buyer_of_answer(locked)


def lock_open(receiver: EnquiryReceiver) -> EnquiryReceiver:
    """Return the receiver, locked; raises ``EnquiryRefusedError`` where it may not answer."""
    locked = (
        EnquiryReceiver.objects.select_for_update(of=("self",))
        .select_related("enquiry")
        .get(pk=receiver.pk)
    )
    if not locked.enquiry.is_open:
        raise EnquiryRefusedError(_("The enquiry has been stopped, and cannot be answered."))
    if locked.state == AnswerState.LEFT or not is_public(locked):
        raise EnquiryRefusedError(
            _("Your entry is not on the list at the moment, so you cannot answer.")
        )
    return locked


def is_public(receiver: EnquiryReceiver) -> bool:
    """Whether the receiver's entry is on the list."""
    entries = Enterprise.objects.published()
    return receiver.enterprise_id is not None and entries.filter(pk=receiver.enterprise_id).exists()


def report(receiver: EnquiryReceiver, reason: str) -> None:
    """Stop an enquiry that a receiver calls abuse, until staff have looked at it."""
    with transaction.atomic():
        unreported = EnquiryReceiver.objects.filter(pk=receiver.pk, reported_at=None)
        unreported.update(reported_at=timezone.now(), report_reason=reason)
        stop(receiver.enquiry)


def stop(enquiry: Enquiry) -> None:
    """Let nobody answer or be reminded, and tell the buyer; nothing when it is stopped."""
    with transaction.atomic():
        now = timezone.now()
        sent = Enquiry.objects.filter(pk=enquiry.pk, state=EnquiryState.SENT)
        if sent.update(state=EnquiryState.STOPPED, stopped_at=now, last_event_at=now):
            enquiry.refresh_from_db()
            mails.tell_buyer_it_is_stopped(enquiry)


def release(enquiry: Enquiry) -> None:
    """Let a stopped enquiry go on: what was reported was no abuse."""
    stopped = Enquiry.objects.filter(pk=enquiry.pk, state=EnquiryState.STOPPED)
    stopped.update(state=EnquiryState.SENT, stopped_at=None, last_event_at=timezone.now())


def tell_outcome(enquiry: Enquiry, deals: list[Deal], comment: str) -> None:
    """Keep what came of the enquiry; told again, the later holds."""
    with transaction.atomic():
        locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        now = timezone.now()
        locked.outcome = EnquiryOutcome.DEAL if deals else EnquiryOutcome.NONE
        locked.outcome_comment = comment
        locked.outcome_at = locked.last_event_at = now
        locked.save(update_fields=["outcome", "outcome_comment", "outcome_at", "last_event_at"])
        others = ~Q(pk__in=[deal.receiver.pk for deal in deals])
        locked.receivers.filter(others).update(is_deal=False, deal_sum=None)
        for deal in deals:
            locked.receivers.filter(pk=deal.receiver.pk).update(is_deal=True, deal_sum=deal.kronor)
