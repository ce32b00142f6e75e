"""Reminding those who have booked that it is soon time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.enums import BookingMailKind
from campaigns.events.booking_mails import queue_mails
from campaigns.models import Booking, Event

#: How long before it begins.
AHEAD = timedelta(days=2)


def remind() -> int:
    """Have a reminder sent to each whose time begins within ``AHEAD``, once, and count them.

    Each reminder is a row before it is a mail: what a run that died left behind,
    ``booking_mails.queue_again`` sends.
    """
    events = Event.objects.published().not_cancelled()
    bookings = list(Booking.objects.to_be_reminded(timezone.now(), AHEAD).filter(event__in=events))
    for booking in bookings:
        with transaction.atomic():
            queue_mails([booking], BookingMailKind.REMINDER)
    return len(bookings)
