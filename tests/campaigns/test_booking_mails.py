"""What visitors are told by mail, when it is sent, and what happens when it is not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from campaigns.enums import BookingMailKind, BookingMode, BookingState
from campaigns.events.actions import cancel_event
from campaigns.events.addresses import booking_url
from campaigns.events.booking_mails import queue_again, queue_mails, send_booking_mail
from campaigns.events.bookings import book, cancel
from campaigns.models import Booking, BookingMail
from tests.campaigns.factories import make_campaign, make_event

KINDS = list(BookingMailKind)


@pytest.fixture
def event(campaigns):
    return make_event(
        make_campaign(campaigns), booking=BookingMode.HERE, capacity=2, title="Fika & <mingel>"
    )


@pytest.fixture
def time(event):
    return event.times.get()


@pytest.fixture
def reserve(time, django_capture_on_commit_callbacks):
    """A function that books over a transaction of its own, mails and all."""

    def run(who="kim", number=1, **fields):
        fields = {"access_needs": "Hörslinga", "language": "sv"} | fields
        with django_capture_on_commit_callbacks(execute=True):
            return book(
                time,
                name=f"{who.title()} O’Hara",
                email=f"{who}@example.com",
                number=number,
                **fields,
            )

    return run


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


class BrokenBackend(EmailBackend):
    """A mail server that takes nothing, and says so with the address in it."""

    def send_messages(self, messages):
        import smtplib

        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (450, b"try later")})


BROKEN = f"{__name__}.BrokenBackend"


def link_to(booking):
    """The link without its signature, which has the moment in it."""
    return booking_url(booking).partition(":1")[0]


def attachment(message):
    """The entry in the mail's calendar file."""
    ((part),) = message.attachments
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "invitation.ics"
    (entry,) = Calendar.from_ical(part.get_payload(decode=True)).events
    return entry


def test_who_gets_a_place_is_told_with_the_time_for_the_calendar_and_the_link(reserve, time):
    booking = reserve(number=2)
    (message,) = mail.outbox
    assert message.to == ["kim@example.com"]
    assert "Fika & <mingel>" in message.subject
    assert "Kim O’Hara" in message.body
    assert time.in_words in message.body.lower()
    assert "Brynässtigen 2, Gävle" in message.body
    assert link_to(booking) in message.body
    assert str(time.event.personal_data_until().year) in message.body
    assert "&amp;" not in message.body
    assert attachment(message).start == time.starts_at
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_no_mail_carries_what_the_visitor_needs(reserve, event, committed):
    kim = reserve("kim", 2)
    reserve("bo", 2)
    with committed():
        cancel(kim)
    with committed():
        cancel_event(event, "Sjukdom")
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        assert "Hörslinga" not in message.message().as_string()
        assert "Hörslinga" not in message.body


def test_the_waiting_list_is_told_of_its_place_without_a_calendar_and_then_of_moving_up(
    reserve, time, committed
):
    kim = reserve("kim", 2)
    bo = reserve("bo", 2)
    waiting = mail.outbox[-1]
    assert waiting.attachments == []
    assert "1" in waiting.body
    assert link_to(bo) in waiting.body
    with committed():
        cancel(kim)
    cancelled, moved = mail.outbox[-2:]
    assert (cancelled.to, moved.to) == (["kim@example.com"], ["bo@example.com"])
    assert attachment(cancelled)["STATUS"] == "CANCELLED"
    assert attachment(moved).start == time.starts_at


def test_when_the_event_is_cancelled_all_are_told_with_the_reason(reserve, event, committed):
    reserve("kim", 2)
    reserve("bo", 2)
    mail.outbox.clear()
    with committed():
        cancel_event(event, "Vi har vattenskada.")
    assert sorted(message.to[0] for message in mail.outbox) == ["bo@example.com", "kim@example.com"]
    for message in mail.outbox:
        assert "Vi har vattenskada." in message.body
        assert "/bokning/" not in message.body
    by_address = {message.to[0]: message for message in mail.outbox}
    assert attachment(by_address["kim@example.com"])["STATUS"] == "CANCELLED"
    assert by_address["bo@example.com"].attachments == []


def test_when_the_time_is_moved_the_mail_has_the_new_time_and_a_higher_sequence(
    reserve, event, committed
):
    reserve()
    first = attachment(mail.outbox.pop())
    times = event.ordered_times()
    times[0].starts_at += timedelta(minutes=45)
    event.times = times
    with committed():
        event.save_revision().publish()
    (message,) = mail.outbox
    entry = attachment(message)
    assert "10:45" in message.body
    assert entry.uid == first.uid
    assert entry["SEQUENCE"] > first["SEQUENCE"]
    assert entry.start == first.start + timedelta(minutes=45)


def test_who_books_again_is_told_what_stands(reserve):
    booking = reserve()
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        reserve(number=2)
    message = mail.outbox[-1]
    assert len(mail.outbox) == 2
    assert link_to(booking) in message.body
    assert re.search(r"\b1 person\b", message.body)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_mail_reads_well_in_each_language(reserve, event, kind, language):
    """One line of subject, no markup, no gap, no line of blanks too many, all links whole."""
    booking = reserve(language=language)
    state = {
        BookingMailKind.WAITING: BookingState.WAITING,
        BookingMailKind.CANCELLED: BookingState.CANCELLED,
        BookingMailKind.EVENT_CANCELLED: BookingState.CANCELLED,
    }.get(kind, BookingState.CONFIRMED)
    Booking.objects.filter(pk=booking.pk).update(state=state)
    mail.outbox.clear()
    queue_mails([booking], kind)
    assert send_booking_mail.call(booking.pk, kind) == 1
    (message,) = mail.outbox
    assert "\n" not in message.subject
    assert message.subject.endswith("Fika & <mingel>")
    assert message.extra_headers["Content-Language"] == language
    for wrong in ("None", "{{", "{%", "  ", "\n\n\n", "&lt;", "&amp;"):
        assert wrong not in message.body, message.body
    words = ("Hej Kim O’Hara!", "Hello Kim O’Hara,")
    assert message.body.startswith(words[language == "en"])
    links = re.findall(r"https?://\S+", message.body)
    assert links
    assert all(("/en/" in link) == (language == "en") for link in links if "/bok" in link)


def test_the_mail_is_sent_after_the_commit_and_not_when_it_is_rolled_back(
    time, django_capture_on_commit_callbacks
):
    def reserve():
        book(time, name="Kim", email="k@example.com", number=1, access_needs="", language="sv")

    with django_capture_on_commit_callbacks() as callbacks:
        reserve()
    assert mail.outbox == []
    assert len(callbacks) == 1
    Booking.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        reserve()
        transaction.set_rollback(True)
    assert mail.outbox == []
    assert not BookingMail.objects.exists()


def test_a_task_that_runs_twice_sends_once(reserve):
    booking = reserve()
    assert len(mail.outbox) == 1
    assert send_booking_mail.call(booking.pk, BookingMailKind.CONFIRMED) == 0
    assert queue_again() == 0
    assert len(mail.outbox) == 1


def test_what_has_been_overtaken_is_not_sent(time, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        booking = book(
            time, name="Kim", email="k@example.com", number=1, access_needs="", language="sv"
        )
        cancel(booking)
    for callback in callbacks:
        callback()
    (message,) = mail.outbox
    assert BookingMail.objects.unsent().count() == 0
    assert message.body.startswith("Hej Kim") or message.body.startswith("Hello Kim")
    assert message.attachments == []  # it was never in her calendar


def test_a_mail_that_failed_is_tried_again_when_the_lease_is_out(reserve, settings, caplog):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = BROKEN
    reserve()
    assert "kim@example.com" not in caplog.text
    settings.EMAIL_BACKEND = working
    assert queue_again() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert queue_again() == 1
        assert queue_again() == 0
    (message,) = mail.outbox
    assert message.to == ["kim@example.com"]


def test_a_mail_whose_process_died_before_the_task_began_is_sent(
    time, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=False):
        book(time, name="Kim", email="k@example.com", number=1, access_needs="", language="sv")
    assert mail.outbox == []
    assert queue_again() == 1
    assert len(mail.outbox) == 1


def test_after_two_days_nobody_tries_any_more(time, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        book(time, name="Kim", email="k@example.com", number=1, access_needs="", language="sv")
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        assert queue_again() == 0
    assert mail.outbox == []


def test_each_try_has_the_same_message_id_and_each_mail_its_own(reserve, committed):
    with committed():
        cancel(reserve())
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"<[\w.-]+@localhost>", one) for one in ids)


def work_off(row):
    """Do what the worker does with a task it has taken."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="mail",
        startup_delay=False,
        max_tasks=None,
        worker_id="a worker",
        excluded_queue_names=[],
    ).run_task(row)


def test_the_worker_s_table_holds_no_personal_data_even_when_the_server_refuses(
    reserve, settings, caplog
):
    """In production tasks are rows; their arguments, errors and the log outlive the booking."""
    settings.TASKS = settings.TASKS | {"mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = BROKEN
    booking = reserve()
    (row,) = DBTaskResult.objects.all()
    assert row.args_kwargs == {"args": [booking.pk, "confirmed"], "kwargs": {}}
    work_off(row)
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "MailNotSentError" in row.traceback
    for text in (row.traceback, caplog.text):
        assert "example.com" not in text
        assert "O’Hara" not in text
