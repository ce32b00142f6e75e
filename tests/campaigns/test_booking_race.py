"""Many at once, each over a connection of its own: never more people than places, and none lost.

PostgreSQL runs it in the test database. SQLite has to be a file, which the tests' own database in
memory is not: there the test runs itself anew with a database file of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, connections

from campaigns.enums import BookingMode, BookingState
from campaigns.events.actions import cancel_event
from campaigns.events.bookings import BookingRefusedError, book, cancel, places_left
from campaigns.models import Booking
from tests.campaigns.factories import make_campaign, make_event

VISITORS, PLACES = 50, 10

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _many_connections(request):
    """Only where connections see each other: on a server, or in a file."""
    if "on_a_file" not in request.node.name and is_in_memory():
        pytest.skip("SQLite in memory is one connection; the last test runs this on a file")


def is_in_memory():
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


@pytest.fixture
def time(campaigns):
    event = make_event(make_campaign(campaigns), booking=BookingMode.HERE, capacity=PLACES)
    return event.times.get()


def at_once(calls: Iterable[Callable[[], object]]) -> list[object]:
    """Run the calls in threads that begin at the same moment; return what they return or raise."""
    calls = list(calls)
    ready = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            ready.wait(timeout=60)
            return call()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def booker(time, who, number=1):
    return lambda: book(
        time,
        name=f"Besökare {who}",
        email=f"{who}@example.com",
        number=number,
        access_needs="",
        language="sv",
    )


def states(time):
    return Counter(Booking.objects.filter(time=time).values_list("state", flat=True))


def test_fifty_at_once_for_ten_places_gives_ten_places_and_forty_in_line(time):
    answers = at_once(booker(time, number) for number in range(VISITORS))
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert states(time) == {BookingState.CONFIRMED: 10, BookingState.WAITING: 40}
    assert places_left([time]) == {time.pk: 0}
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == VISITORS
    # What each was told is what the database holds.
    told = {answer.pk: answer.state for answer in answers}
    assert told == dict(Booking.objects.values_list("pk", "state"))


def test_parties_of_all_sizes_at_once_never_fill_more_than_there_is(time):
    at_once(booker(time, number, 1 + number % 4) for number in range(30))
    bookings = Booking.objects.filter(time=time)
    assert bookings.count() == 30
    people = bookings.confirmed().people()
    assert people <= PLACES
    smallest = min(bookings.waiting().values_list("number", flat=True))
    assert people + smallest > PLACES


def test_one_address_many_times_at_once_is_one_booking(time):
    answers = at_once(booker(time, "kim") for _ in range(20))
    assert {answer.pk for answer in answers} == {Booking.objects.get().pk}
    assert len(mail.outbox) == 1


def test_ten_cancelling_at_once_move_ten_up_the_first_in_line_first(time):
    for number in range(PLACES + 15):
        booker(time, number)()
    confirmed = list(Booking.objects.filter(time=time).confirmed())
    in_line = list(Booking.objects.filter(time=time).waiting())
    mail.outbox.clear()
    # Each cancels twice: a second click frees nothing.
    calls = [lambda booking=booking: cancel(booking) for booking in (*confirmed, *confirmed)]
    answers = at_once(calls)
    assert Counter(answers) == {True: PLACES, False: PLACES}
    assert list(Booking.objects.filter(time=time).confirmed()) == in_line[:PLACES]
    assert list(Booking.objects.filter(time=time).waiting()) == in_line[PLACES:]
    assert len(mail.outbox) == 2 * PLACES


def test_booking_and_cancelling_at_once_leaves_no_place_empty_while_somebody_waits(time):
    for number in range(PLACES):
        booker(time, number)()
    held = list(Booking.objects.filter(time=time))
    new = [booker(time, f"ny-{number}") for number in range(20)]
    at_once([*new, *(lambda booking=booking: cancel(booking) for booking in held[:7])])
    assert states(time) == {
        BookingState.CONFIRMED: PLACES,
        BookingState.WAITING: 20 - 7,
        BookingState.CANCELLED: 7,
    }


def test_nobody_keeps_a_place_when_the_event_is_cancelled_while_they_book(time):
    calls = [booker(time, number) for number in range(20)]
    answers = at_once([*calls[:10], lambda: cancel_event(time.event, "Sjukdom"), *calls[10:]])
    refused = [answer for answer in answers if isinstance(answer, BookingRefusedError)]
    assert [answer for answer in answers if isinstance(answer, Exception)] == refused
    assert states(time) == {BookingState.CANCELLED: 20 - len(refused)} or len(refused) == 20


SETTINGS = """
from config.settings.test import *
DATABASES["default"]["TEST"] = {{"NAME": {name!r}}}
"""


@pytest.mark.django_db(transaction=False)
def test_all_of_it_on_a_file(tmp_path):
    if not is_in_memory():
        pytest.skip("the other tests had many connections")
    assert "6 passed, 1 skipped" in run_on_a_file(__file__, tmp_path)


def run_on_a_file(module: str, tmp_path: Path) -> str:
    """Run a module's tests with a database file of their own; return what pytest said of it."""
    (tmp_path / "on_a_file.py").write_text(SETTINGS.format(name=str(tmp_path / "test.sqlite3")))
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--ds=on_a_file", module],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout
