"""Booking, cancelling and moving up: never more people than places, however many book at once.

Whatever changes an event's bookings first takes the event's row and keeps it until it has
committed. On SQLite the transaction itself is that turn (``transaction_mode`` IMMEDIATE).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, timedelta

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from campaigns.enums import BookingMailKind, BookingMode, BookingState
from campaigns.events.booking_mails import queue_mails
from campaigns.models import Booking, BookingMail, Event, EventTime
from campaigns.models.booking import LARGEST_PARTY

#: One who books the same time again gets no second mail within this.
PAUSE = timedelta(minutes=5)


class BookingRefusedError(Exception):
    """Places at this time cannot be booked; the text says why, in the reader's language."""


def take_turn(event_id: int) -> Event:
    """Return the event as it is now; nobody else changes its bookings until the transaction ends.

    Its times and its campaign can still be referred to by others: it is no key that is taken.
    """
    return Event.objects.select_for_update(no_key=True).get(pk=event_id)


def refusal(event: Event, time: EventTime) -> str:
    """Return why nobody can book this time now, ``""`` when one can."""
    if not Event.objects.published().filter(pk=event.pk).exists():
        return gettext("There is no such event.")
    if event.is_cancelled:
        return gettext("The event is cancelled.")
    if event.booking != BookingMode.HERE:
        return gettext("Places at this event are not booked here.")
    if time.starts_at <= timezone.now():
        return gettext("This has begun, so it can no longer be booked.")
    return ""


def largest_party(event: Event) -> int:
    """Return how many one visitor may book for: more than there is room for never fit."""
    return min(LARGEST_PARTY, event.capacity or LARGEST_PARTY)


def book(
    time: EventTime, *, name: str, email: str, number: int, access_needs: str, language: str
) -> Booking:
    """Book places for ``number`` people, or a place in line when they do not fit.

    Who has booked this time already keeps that booking and is told so by mail: the answer is the
    same, so that nobody learns whether an address has booked. Raises ``BookingRefusedError``.
    """
    with transaction.atomic():
        event = take_turn(time.event_id)
        # Asked for after the turn was taken: it may have been moved or removed meanwhile.
        found = EventTime.objects.filter(pk=time.pk).first()
        if found is None:
            raise BookingRefusedError(gettext("There is no such event."))
        refused = refusal(event, found)
        if refused:
            raise BookingRefusedError(refused)
        if not 1 <= number <= largest_party(event):
            raise BookingRefusedError(gettext("There is not room for so many."))
        known = Booking.objects.active().filter(time=found, email__iexact=email).first()
        if known is not None:
            repeat(known)
            return known
        fits = number <= move_up_time(event, found)
        booking = Booking.objects.create(
            event=event,
            time=found,
            name=name,
            email=email,
            number=number,
            access_needs=access_needs,
            language=language,
            state=BookingState.CONFIRMED if fits else BookingState.WAITING,
            told=what_visitors_rely_on(event, found),
        )
        queue_mails([booking], BookingMailKind.CONFIRMED if fits else BookingMailKind.WAITING)
    return booking


def repeat(booking: Booking) -> None:
    """Tell one who books again of the booking that stands, unless a mail has just gone."""
    if not BookingMail.objects.filter(booking=booking, made_at__gt=timezone.now() - PAUSE).exists():
        queue_mails([booking], BookingMailKind.REPEATED)


def cancel(booking: Booking) -> bool:
    """Give the places of ``booking`` back and move the waiting list up; whether there was any.

    What the visitor needs is nobody's business any more.
    """
    with transaction.atomic():
        event = take_turn(booking.event_id)
        changed = Booking.objects.active().filter(pk=booking.pk)
        if not changed.update(state=BookingState.CANCELLED, access_needs=""):
            return False
        queue_mails([booking], BookingMailKind.CANCELLED)
        move_up_time(event, booking.time)
    booking.refresh_from_db(fields=["state", "access_needs"])
    return True


def cancel_all(event: Event) -> int:
    """Cancel every booking of a time that has not ended, tell those who booked, and count them."""
    with transaction.atomic():
        take_turn(event.pk)
        coming = Booking.objects.active().filter(event=event, time__ends_at__gt=timezone.now())
        bookings = list(coming)
        chosen = Booking.objects.filter(pk__in=[booking.pk for booking in bookings])
        chosen.update(state=BookingState.CANCELLED, access_needs="")
        queue_mails(bookings, BookingMailKind.EVENT_CANCELLED)
    return len(bookings)


def notify_of_change(event: Event) -> int:
    """Tell those whose time or place is another than they know, and count them; safe to repeat."""
    with transaction.atomic():
        event = take_turn(event.pk)
        coming = Booking.objects.active().filter(event=event, time__ends_at__gt=timezone.now())
        changed = []
        for booking in coming.select_related("time"):
            facts = what_visitors_rely_on(event, booking.time)
            if booking.told != facts:
                booking.told = facts
                changed.append(booking)
        Booking.objects.bulk_update(changed, ["told"])
        queue_mails(changed, BookingMailKind.EVENT_CHANGED)
    return len(changed)


def move_up(event: Event) -> None:
    """Move the waiting lists of an event up as far as there are places."""
    with transaction.atomic():
        event = take_turn(event.pk)
        waiting = Q(bookings__state=BookingState.WAITING)
        for time in EventTime.objects.filter(waiting, event=event).distinct():
            move_up_time(event, time)


def move_up_time(event: Event, time: EventTime) -> int:
    """Confirm those in line who fit, the first first, and return how many places are left then.

    The caller has taken its turn at the event. Nobody moves up to what cannot be booked any more.
    """
    left = places_left([time])[time.pk]
    if refusal(event, time):
        return left
    moved = []
    for booking in Booking.objects.waiting().filter(time=time, number__lte=left):
        if booking.number <= left:
            left -= booking.number
            moved.append(booking)
    Booking.objects.filter(pk__in=[booking.pk for booking in moved]).update(
        state=BookingState.CONFIRMED
    )
    queue_mails(moved, BookingMailKind.MOVED_UP)
    return left


def places_left(times: Iterable[EventTime]) -> dict[int, int]:
    """Return the number of free places by the time's primary key; one query.

    A time without a capacity has none.
    """
    confirmed = Q(bookings__state=BookingState.CONFIRMED)
    counted = (
        EventTime.objects.filter(pk__in=[time.pk for time in times])
        .order_by()
        .annotate(taken=Coalesce(Sum("bookings__number", filter=confirmed), 0))
        .values_list("pk", "taken", "event__capacity")
    )
    return {pk: max((capacity or 0) - taken, 0) for pk, taken, capacity in counted}


def what_visitors_rely_on(event: Event, time: EventTime) -> str:
    """Return a digest of what a visitor must hear of when it changes: when, where, access."""
    moments = (time.starts_at.astimezone(UTC), time.ends_at.astimezone(UTC))
    facts = [moment.isoformat() for moment in moments]
    facts += [event.venue, event.municipality_code, *sorted(event.access or [])]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
