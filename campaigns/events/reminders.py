"""Reminding those who have booked that it is soon time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaigns.enums import BookingMailKind
from campaigns.events.booking_mails import queue_mails
from campaigns.models import Booking, Event

#: How long before it begins.
AHEAD = timedelta(days=2)


def remind() -> int:
    """Have a reminder sent to each whose time begins within ``AHEAD``, once, and count them.

    Who booked later than that has just been told. Each reminder is a row before it is a mail: what
    a run that died left behind, ``booking_mails.queue_again`` sends.
    """
    now = timezone.now()
    events = Event.objects.published().not_cancelled()
    bookings = list(
        Booking.objects.confirmed()
        .filter(
            event__in=events,
            time__starts_at__gt=now,
            time__starts_at__lte=now + AHEAD,
            created_at__lt=F("time__starts_at") - AHEAD,
        )
        .exclude(mails__kind=BookingMailKind.REMINDER)
    )
    for booking in bookings:
        with transaction.atomic():
            queue_mails([booking], BookingMailKind.REMINDER)
    return len(bookings)
