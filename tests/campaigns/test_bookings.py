"""Booking, cancelling and moving up, as functions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.enums import BookingMailKind, BookingMode, BookingState
from campaigns.events.bookings import (
    BookingRefusedError,
    book,
    cancel,
    cancel_all,
    notify_of_change,
    places_left,
)
from campaigns.models import Booking, BookingMail, EventTime
from tests.campaigns.factories import make_campaign, make_event

C, W, X = BookingState.CONFIRMED, BookingState.WAITING, BookingState.CANCELLED


@pytest.fixture
def campaign(campaigns):
    return make_campaign(campaigns)


@pytest.fixture
def event(campaign):
    return make_event(campaign, booking=BookingMode.HERE, capacity=4)


@pytest.fixture
def time(event):
    return event.times.get()


def reserve(time, who, number=1, **fields):
    fields = {"access_needs": "", "language": "sv"} | fields
    return book(time, name=who.title(), email=f"{who}@example.com", number=number, **fields)


def states(time):
    bookings = Booking.objects.filter(time=time).order_by("pk")
    return {booking.email.partition("@")[0]: booking.state for booking in bookings}


def told(booking):
    return list(booking.mails.order_by("pk").values_list("kind", flat=True))


def test_a_party_that_fits_is_confirmed_and_one_that_does_not_waits(time):
    reserve(time, "kim", 3)
    reserve(time, "bo", 2)
    assert states(time) == {"kim": C, "bo": W}


def test_a_small_party_takes_what_is_left_when_those_who_wait_would_not_fit(time):
    reserve(time, "kim", 3)
    reserve(time, "bo", 2)
    reserve(time, "ali", 1)
    assert states(time) == {"kim": C, "bo": W, "ali": C}


def test_nobody_passes_one_in_line_who_would_fit(time, event):
    reserve(time, "kim", 4)
    reserve(time, "bo", 2)
    event.capacity = 6
    event.save()  # and not published: nothing has moved the line
    reserve(time, "ali", 2)
    assert states(time) == {"kim": C, "bo": C, "ali": W}


def test_places_given_back_go_to_those_who_fit_in_line_order(time):
    first = reserve(time, "kim", 4)
    for who, number in [("bo", 3), ("ali", 2), ("mo", 1), ("eva", 1)]:
        reserve(time, who, number)
    assert cancel(first)
    assert states(time) == {"kim": X, "bo": C, "ali": W, "mo": C, "eva": W}
    assert places_left([time]) == {time.pk: 0}


def test_who_moves_up_is_told_and_who_still_waits_is_not(time):
    first = reserve(time, "kim", 4)
    moved, waits = reserve(time, "bo", 4), reserve(time, "ali", 4)
    cancel(first)
    assert told(first) == [BookingMailKind.CONFIRMED, BookingMailKind.CANCELLED]
    assert told(moved) == [BookingMailKind.WAITING, BookingMailKind.MOVED_UP]
    assert told(waits) == [BookingMailKind.WAITING]
    assert waits.place_in_line() == 1


def test_cancelling_twice_frees_the_places_once_and_forgets_the_needs(time):
    booking = reserve(time, "kim", 2, access_needs="Ledsagare")
    assert cancel(booking)
    assert booking.access_needs == ""
    assert not cancel(booking)
    assert told(booking) == [BookingMailKind.CONFIRMED, BookingMailKind.CANCELLED]
    assert places_left([time]) == {time.pk: 4}


def test_who_cancelled_may_book_anew_at_the_end_of_the_line(time):
    first = reserve(time, "kim", 4)
    reserve(time, "bo", 4)
    cancel(first)
    again = reserve(time, "kim", 1)
    assert again.pk != first.pk
    assert again.state == W


def test_each_time_has_its_own_places_and_asking_for_all_is_one_query(campaign):
    start = timezone.now() + timedelta(days=40)
    hours = [(start + timedelta(hours=hour), start + timedelta(hours=hour + 1)) for hour in (0, 2)]
    event = make_event(campaign, booking=BookingMode.HERE, capacity=4, times=hours)
    early, late = event.ordered_times()
    reserve(early, "kim", 4)
    reserve(late, "kim", 1)
    cancel(reserve(late, "bo", 1))
    with CaptureQueriesContext(connection) as queries:
        left = places_left([early, late])
    assert left == {early.pk: 0, late.pk: 3}
    assert len(queries) == 1


def test_booking_the_same_time_again_gives_the_same_booking(time):
    first = reserve(time, "kim", 2)
    again = book(time, name="K", email="KIM@example.com", number=1, access_needs="", language="en")
    assert again == first
    assert Booking.objects.get().number == 2


def test_who_books_again_is_told_so_once_in_five_minutes(time):
    first = reserve(time, "kim")
    reserve(time, "kim")
    assert told(first) == [BookingMailKind.CONFIRMED]
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        reserve(time, "kim")
        reserve(time, "kim")
    assert told(first) == [BookingMailKind.CONFIRMED, BookingMailKind.REPEATED]


def test_the_database_lets_no_address_book_a_time_twice(time):
    booking = reserve(time, "kim")
    booking.pk, booking.uid, booking.email = None, None, "Kim@Example.com"
    with pytest.raises(IntegrityError):
        booking.save(force_insert=True)


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_party_that_never_fits_is_refused(time, number):
    with pytest.raises(BookingRefusedError):
        reserve(time, "kim", number)
    assert not Booking.objects.exists()


def test_a_time_that_has_begun_is_not_booked_and_nobody_moves_up_to_it(time):
    first = reserve(time, "kim", 4)
    reserve(time, "bo", 4)
    with time_machine.travel(time.starts_at + timedelta(minutes=1)):
        with pytest.raises(BookingRefusedError):
            reserve(time, "ali")
        cancel(first)
    assert states(time) == {"kim": X, "bo": W}


@pytest.mark.parametrize("mode", [BookingMode.DROP_IN, BookingMode.CONTACT, BookingMode.ONLINE])
def test_an_event_that_is_booked_elsewhere_is_not_booked_here(event, time, mode):
    event.booking = mode
    event.save()
    with pytest.raises(BookingRefusedError):
        reserve(time, "kim")


def test_cancelled_and_unpublished_events_are_not_booked(event, time, campaign):
    event.cancelled_at = timezone.now()
    event.save()
    with pytest.raises(BookingRefusedError):
        reserve(time, "kim")
    event.cancelled_at = None
    event.save()
    event.unpublish()
    with pytest.raises(BookingRefusedError):
        reserve(time, "kim")
    draft = make_event(campaign, booking=BookingMode.HERE, capacity=4, publish=False)
    with pytest.raises(BookingRefusedError):
        reserve(draft.times.get(), "kim")


def test_an_event_of_a_campaign_that_is_not_public_is_not_booked(time, campaign):
    campaign.unpublish()
    with pytest.raises(BookingRefusedError):
        reserve(time, "kim")


def test_a_time_that_was_removed_meanwhile_is_not_booked(time):
    EventTime.objects.filter(pk=time.pk).delete()
    with pytest.raises(BookingRefusedError):
        reserve(time, "kim")


def test_when_the_event_is_cancelled_so_is_each_booking_of_what_is_to_come(campaign):
    now = timezone.now()
    hours = [
        (now + timedelta(hours=1), now + timedelta(hours=2)),
        (now + timedelta(days=1), now + timedelta(days=1, hours=1)),
    ]
    event = make_event(campaign, booking=BookingMode.HERE, capacity=1, times=hours)
    early, late = event.ordered_times()
    was_there = reserve(early, "kim", access_needs="Hörslinga")
    comes, waits = reserve(late, "kim", access_needs="Ledsagare"), reserve(late, "bo")
    with time_machine.travel(now + timedelta(hours=3)):
        assert cancel_all(event) == 2
        assert cancel_all(event) == 0
    assert states(early) == {"kim": C}
    assert states(late) == {"kim": X, "bo": X}
    assert told(comes) == [BookingMailKind.CONFIRMED, BookingMailKind.EVENT_CANCELLED]
    assert told(waits) == [BookingMailKind.WAITING, BookingMailKind.EVENT_CANCELLED]
    assert told(was_there) == [BookingMailKind.CONFIRMED]
    comes.refresh_from_db()
    assert comes.access_needs == ""


def test_more_room_in_a_published_change_moves_the_line_up(event, time):
    reserve(time, "kim", 4)
    moved = reserve(time, "bo", 2)
    event.capacity = 6
    revision = event.save_revision()
    assert states(time) == {"kim": C, "bo": W}
    revision.publish()
    assert states(time) == {"kim": C, "bo": C}
    assert told(moved) == [BookingMailKind.WAITING, BookingMailKind.MOVED_UP]


def test_less_room_takes_no_place_from_anybody(event, time):
    reserve(time, "kim", 4)
    event.capacity = 2
    event.save_revision().publish()
    assert states(time) == {"kim": C}
    assert places_left([time]) == {time.pk: 0}


def test_a_published_change_of_time_or_place_is_told_to_those_it_concerns_once(campaign):
    start = timezone.now() + timedelta(days=40)
    hours = [(start + timedelta(hours=hour), start + timedelta(hours=hour + 1)) for hour in (0, 2)]
    event = make_event(campaign, booking=BookingMode.HERE, capacity=4, times=hours)
    early, late = (reserve(time, "kim") for time in event.ordered_times())
    event.title = "Annan rubrik"
    event.save_revision().publish()
    assert told(early) == [BookingMailKind.CONFIRMED]
    times = event.ordered_times()
    times[1].starts_at += timedelta(minutes=30)
    event.times = times
    revision = event.save_revision()
    assert told(late) == [BookingMailKind.CONFIRMED]
    revision.publish()
    assert told(late) == [BookingMailKind.CONFIRMED, BookingMailKind.EVENT_CHANGED]
    assert told(early) == [BookingMailKind.CONFIRMED]
    BookingMail.objects.update(sent_at=timezone.now())
    assert notify_of_change(event) == 0
    event.venue = "Verkstaden"
    event.save_revision().publish()
    assert told(early)[-1] == BookingMailKind.EVENT_CHANGED
    assert told(late).count(BookingMailKind.EVENT_CHANGED) == 2


def test_deleting_an_event_deletes_its_bookings(event, time):
    reserve(time, "kim")
    event.delete()
    assert not Booking.objects.exists()
    assert not BookingMail.objects.exists()
