"""Reminding those who were asked, and asking the buyer what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from asflist.enquiries import mails
from asflist.enquiries.receivers import receivable
from asflist.models import Enquiry, EnquiryReceiver

#: Days after the enquiry at which a receiver who has not answered is reminded; then no more.
REMIND_AFTER = (3, 7)
#: Days after the enquiry at which the buyer is asked what came of it, and reminded once.
ASK_AFTER = (21, 28)
#: What was not done within so many days of its time is left: the site was not running.
LATEST = timedelta(days=14)


@dataclass(frozen=True)
class Reminded:
    """How many mails were written to receivers, and to buyers."""

    receivers: int
    buyers: int


def remind() -> Reminded:
    """Write every reminder that is due and has not been written; safe to run twice."""
    now = timezone.now()
    return Reminded(remind_receivers(now), ask_buyers(now))


def reached(sent_at: datetime, days: tuple[int, ...], now: datetime) -> int:
    """Return which of the ascending ``days`` after ``sent_at`` has been reached last, 0 for none.

    Of two that were missed, only the later is done.
    """
    return max((day for day in days if sent_at + timedelta(days=day) <= now), default=0)


def remind_receivers(now: datetime) -> int:
    """Remind the receivers who have not answered, and count the mails."""
    first, last = now - timedelta(days=REMIND_AFTER[-1]) - LATEST, now - timedelta(REMIND_AFTER[0])
    waiting = EnquiryReceiver.objects.waiting().sent_between(first, last)
    waiting = waiting.filter(enterprise__in=receivable())
    written = 0
    for receiver in waiting.select_related("enquiry", "enterprise").order_by("pk"):
        if receiver.enquiry.sent_at is None:
            continue
        with transaction.atomic():
            days = reached(receiver.enquiry.sent_at, REMIND_AFTER, now)
            written += mails.tell_receiver(receiver, days)
    return written


def ask_buyers(now: datetime) -> int:
    """Ask the buyers who have not told what came of it, twice at most, and count the mails."""
    first, last = now - timedelta(days=ASK_AFTER[-1]) - LATEST, now - timedelta(ASK_AFTER[0])
    unanswered = Enquiry.objects.open().without_outcome()
    written = 0
    for enquiry in unanswered.filter(sent_at__gt=first, sent_at__lte=last).order_by("pk"):
        if enquiry.sent_at is None:
            continue
        number = ASK_AFTER.index(reached(enquiry.sent_at, ASK_AFTER, now)) + 1
        with transaction.atomic():
            written += mails.ask_for_outcome(enquiry, number)
    return written
