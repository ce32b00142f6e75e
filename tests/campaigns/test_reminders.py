"""Reminders: two days before, once a booking, also when a run dies."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.enums import BookingMailKind, BookingMode
from campaigns.events.booking_mails import queue_mails
from campaigns.events.bookings import book, cancel
from campaigns.models import Booking, BookingMail
from tests.campaigns.factories import make_campaign, make_event

# Mails go out when a transaction commits, as in production.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event(campaigns):
    return make_event(make_campaign(campaigns), booking=BookingMode.HERE, capacity=5)


@pytest.fixture
def time(event):
    return event.times.get()


@pytest.fixture
def bookings(time):
    made = [reserve(time, f"gäst-{number}") for number in range(5)]
    mail.outbox.clear()
    return made


def reserve(time, who):
    email = f"{who.replace('ä', 'a')}@example.com"
    return book(time, name=who, email=email, number=1, access_needs="", language="sv")


def before(time, **ago):
    return time_machine.travel(time.starts_at - timedelta(**ago))


def remind(capsys):
    capsys.readouterr()
    call_command("send_event_reminders")
    return capsys.readouterr().out


def addresses():
    return sorted(message.to[0] for message in mail.outbox)


class DyingBackend(EmailBackend):
    """Takes two mails, and then the process is killed."""

    taken = 0

    def send_messages(self, messages):
        if DyingBackend.taken == 2:
            raise KeyboardInterrupt
        DyingBackend.taken += 1
        return super().send_messages(messages)


def test_nobody_is_reminded_more_than_two_days_before(time, bookings, capsys):
    with before(time, days=2, minutes=1):
        assert remind(capsys) == "reminders 0, tried again 0\n"
    assert mail.outbox == []


def test_all_who_come_are_reminded_once_however_often_it_runs(time, bookings, capsys):
    with before(time, days=2):
        assert remind(capsys) == "reminders 5, tried again 0\n"
        assert remind(capsys) == "reminders 0, tried again 0\n"
    with before(time, hours=3):
        assert remind(capsys) == "reminders 0, tried again 0\n"
    assert addresses() == sorted(booking.email for booking in bookings)
    for message in mail.outbox:
        (part,) = message.attachments
        assert part.get_content_type() == "text/calendar"


def test_who_waits_has_cancelled_or_booked_just_now_is_not_reminded(time, bookings, capsys):
    waits = reserve(time, "waits")
    cancel(bookings[0])  # and the one in line has moved up
    cancel(bookings[1])
    late = None
    mail.outbox.clear()
    with before(time, days=1):
        late = reserve(time, "late")
        still_waits = reserve(time, "line")
        mail.outbox.clear()
        remind(capsys)
    assert addresses() == sorted(one.email for one in (*bookings[2:], waits))
    assert late.email not in addresses()
    assert still_waits.email not in addresses()


def test_nobody_is_reminded_of_what_is_cancelled_hidden_or_begun(time, event, bookings, capsys):
    with before(time, days=1):
        event.cancelled_at = timezone.now()
        event.save()
        assert remind(capsys).startswith("reminders 0")
        event.cancelled_at = None
        event.save()
        event.unpublish()
        assert remind(capsys).startswith("reminders 0")
    event.save_revision().publish()
    with before(time, minutes=-1):
        assert remind(capsys).startswith("reminders 0")


def test_a_run_that_is_killed_is_finished_by_the_next_and_nobody_gets_two(
    time, bookings, capsys, settings
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DyingBackend"
    with before(time, days=2):
        with pytest.raises(KeyboardInterrupt):
            call_command("send_event_reminders")
        settings.EMAIL_BACKEND = working
        assert len(mail.outbox) == 2
        remind(capsys)
        assert len(mail.outbox) == 4  # the one in hand may have gone: its lease must run out
    with before(time, days=1, hours=23):
        remind(capsys)
        remind(capsys)
    assert addresses() == sorted(booking.email for booking in bookings)


def test_two_runs_at_once_make_one_reminder(time, bookings):
    with before(time, days=2):
        with transaction.atomic():
            queue_mails(bookings, BookingMailKind.REMINDER)
        BookingMail.objects.update(tried_at=timezone.now())
        with transaction.atomic():
            queue_mails(bookings, BookingMailKind.REMINDER)
    reminders = BookingMail.objects.filter(kind=BookingMailKind.REMINDER)
    assert reminders.count() == len(bookings)
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingMail.objects.create(booking=bookings[0], kind=BookingMailKind.REMINDER)


def test_the_command_names_nobody(time, bookings, capsys, caplog):
    with before(time, days=2):
        said = remind(capsys)
    for booking in Booking.objects.all():
        assert booking.email not in said + caplog.text
        assert booking.name not in said + caplog.text
