"""What visitors are told by mail about their bookings."""

from __future__ import annotations

from collections.abc import Collection
from email.mime.text import MIMEText
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from campaigns.enums import BookingMailKind, BookingState
from campaigns.events.addresses import booking_url
from campaigns.events.calendars import invitation
from campaigns.models import Booking, BookingMail
from core.mail import compose, full_url
from core.outbox import MailNotSentError

#: The states in which a mail is still true; what has been overtaken is not sent.
STILL_TRUE = {
    BookingMailKind.CONFIRMED: {BookingState.CONFIRMED},
    BookingMailKind.WAITING: {BookingState.WAITING},
    BookingMailKind.MOVED_UP: {BookingState.CONFIRMED},
    BookingMailKind.REPEATED: {BookingState.CONFIRMED, BookingState.WAITING},
    BookingMailKind.CANCELLED: {BookingState.CANCELLED},
    BookingMailKind.EVENT_CANCELLED: {BookingState.CANCELLED},
    BookingMailKind.EVENT_CHANGED: {BookingState.CONFIRMED, BookingState.WAITING},
    BookingMailKind.REMINDER: {BookingState.CONFIRMED},
}
#: Those who have had one of these have the time in their calendar.
PUT_IN_CALENDAR = (BookingMailKind.CONFIRMED, BookingMailKind.MOVED_UP)


def queue_mails(bookings: Collection[Booking], kind: BookingMailKind) -> None:
    """Have a mail sent to each visitor when the caller's transaction has committed.

    One who waits for a mail of the same kind gets that one only: it is written when it is sent.
    Nobody begins to send it before what it is to tell of has been committed.
    """
    untried = BookingMail.objects.unsent().filter(tried_at=None, kind=kind, booking__in=bookings)
    waiting = set(untried.select_for_update().values_list("booking_id", flat=True))
    new = [booking for booking in bookings if booking.pk not in waiting]
    # One reminder a booking: the database knows, whoever else is reminding just now.
    BookingMail.objects.bulk_create(
        [BookingMail(booking=booking, kind=kind) for booking in new], ignore_conflicts=True
    )
    for booking in new:
        transaction.on_commit(partial(send_booking_mail.enqueue, booking.pk, kind), robust=True)


def queue_again() -> int:
    """Try each mail that is due, after a failure or a process that died, and count them."""
    due = list(BookingMail.objects.due(timezone.now()).values_list("booking_id", "kind"))
    for booking_id, kind in due:
        send_booking_mail.enqueue(booking_id, kind)
    return len(due)


@task(backend="mail")
def send_booking_mail(booking_id: int, kind: str) -> int:
    """Send the mails of this kind that a booking is due, and count them; safe to run twice.

    Raises ``MailNotSentError``; then it is tried again when the lease has run out.
    """
    sent = 0
    for mail in BookingMail.objects.due(timezone.now()).filter(booking=booking_id, kind=kind):
        if not take(mail):
            continue
        if send(mail):
            BookingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
            sent += 1
        else:
            mail.delete()
    return sent


def take(mail: BookingMail) -> bool:
    """Whether we are the one to send ``mail``; no lock is held while the server is talked to."""
    now = timezone.now()
    return BookingMail.objects.due(now).filter(pk=mail.pk).update(tried_at=now) == 1


def send(mail: BookingMail) -> bool:
    """Send one mail; whether it was still true."""
    known = Booking.objects.select_related("time", "event__campaign")
    booking = known.filter(pk=mail.booking_id).first()
    if booking is None or booking.state not in STILL_TRUE[BookingMailKind(mail.kind)]:
        return False
    message = compose_booking_mail(booking, mail)
    try:
        message.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors, and quote addresses
        raise MailNotSentError(type(error).__name__) from None
    return True


def compose_booking_mail(booking: Booking, mail: BookingMail) -> EmailMessage:
    """Return the mail, with the time for the calendar when it is in there or should be."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    context: dict[str, Any] = {
        "booking": booking,
        "event": booking.event,
        "time": booking.time,
        "url": booking_url(booking),
        "event_url": full_url(booking.event.get_url(language=booking.language)),
        "deleted_after": booking.event.personal_data_until(),
    }
    if booking.state == BookingState.WAITING:
        context["place_in_line"] = booking.place_in_line()
    message = compose(
        f"campaigns/mail/booking_{mail.kind}.txt",
        context,
        to=booking.email,
        language=booking.language,
        # The same for each try: a mail that was sent twice is shown once.
        headers={"Message-ID": f"<{booking.uid}.{mail.pk}@{host}>"},
    )
    if booking.state == BookingState.CONFIRMED or (
        booking.state == BookingState.CANCELLED
        and booking.mails.filter(kind__in=PUT_IN_CALENDAR).exclude(sent_at=None).exists()
    ):
        message.attach(calendar_part(booking))
    return message


def calendar_part(booking: Booking) -> MIMEText:
    """Return the booked time as an attachment that calendars open (RFC 5545 § 8.1)."""
    part = MIMEText(invitation(booking).decode(), "calendar", "utf-8")
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    return part
