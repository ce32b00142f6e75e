"""Booking a place, one's own booking, and the organiser's list, as pages."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from campaigns.enums import BookingMode, BookingState
from campaigns.events.addresses import booking_url, organiser_url
from campaigns.events.bookings import book, cancel
from campaigns.models import Booking
from core.signed_links import make_token
from tests.campaigns.factories import make_campaign, make_event

BASE = "http://localhost:8000"


@pytest.fixture
def campaign(campaigns):
    return make_campaign(campaigns)


@pytest.fixture
def event(campaign):
    return make_event(campaign, booking=BookingMode.HERE, capacity=4, title="Fika med oss")


@pytest.fixture
def time(event):
    return event.times.get()


def address(route, *args, language="sv"):
    with translation.override(language):
        return reverse(route, args=args)


def answers(**changed):
    return {"name": "Kim", "email": "kim@example.com", "number": "2", "access_needs": ""} | changed


def send(client, time, language="sv", **changed):
    return client.post(address("book", time.uid, language=language), answers(**changed))


def reserve(time, who="kim", number=1, **fields):
    fields = {"access_needs": "", "language": "sv"} | fields
    return book(time, name=who.title(), email=f"{who}@example.com", number=number, **fields)


def private_path(url):
    assert url.startswith(f"{BASE}/")
    return url.removeprefix(BASE)


@pytest.fixture
def booking(time):
    return reserve(time, "kim", 2, access_needs="Jag behöver hörslinga.")


def test_the_form_says_what_when_where_and_when_all_is_deleted(client, time, event, english_home):
    day = time.local_end.date() + timedelta(days=event.campaign.keep_bookings_days)
    for language, word in (("sv", "Boka"), ("en", "Book a place")):
        html = client.get(address("book", time.uid, language=language)).content.decode()
        with translation.override(language):
            assert f'<html lang="{language}">' in html
            assert word in html
            assert "Fika med oss" in html
            assert time.in_words in html.lower() or time.in_words in html
            assert "Brynässtigen 2, Gävle" in html
            assert str(day.year) in html
            assert str(day.day) in html
        assert '<meta name="robots" content="noindex">' in html
    assert address("book", time.uid, language="sv") in html  # the way to the other language


def test_the_form_books_and_answers_that_a_mail_is_on_its_way(client, time):
    response = send(client, time, access_needs="Ledsagare")
    assert response.status_code == 302
    assert response["Location"] == address("book_done", time.uid)
    booking = Booking.objects.get()
    assert (booking.name, booking.email, booking.number) == ("Kim", "kim@example.com", 2)
    assert (booking.access_needs, booking.language) == ("Ledsagare", "sv")
    assert booking.state == BookingState.CONFIRMED
    assert client.get(response["Location"]).status_code == 200


def test_the_booking_is_in_the_form_s_language(client, time, english_home):
    response = send(client, time, language="en")
    assert response["Location"].startswith("/en/book/")
    assert Booking.objects.get().language == "en"


def test_the_answer_is_the_same_whether_the_address_had_booked_got_a_place_or_waits(client, time):
    pages = []
    for email in ("kim@example.com", "kim@example.com", "bo@example.com", "ali@example.com"):
        response = send(client, time, email=email)
        assert response.status_code == 302
        pages.append(client.get(response["Location"]).content)
    assert Booking.objects.count() == 3
    assert Booking.objects.waiting().count() == 1
    assert len(set(pages)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Vinn pengar https://spam.example"}, "name"),
        ({"name": "Vinn pengar på WWW.spam.example"}, "name"),
        ({"name": "Vinn pengar på spam.example"}, "name"),
        ({"name": "Vinn pengar\r\n\r\nRing mig"}, "name"),
        ({"email": "kim"}, "email"),
        ({"number": "0"}, "number"),
        ({"number": "5"}, "number"),
        ({"number": "två"}, "number"),
        ({"access_needs": "x" * 501}, "access_needs"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(client, time, changed, field):
    response = send(client, time, **({"access_needs": "Hörslinga, tack"} | changed))
    html = response.content.decode()
    assert response.status_code == 200
    assert not Booking.objects.exists()
    assert f'href="#id_{field}"' in html
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', html)
    if field not in ("name", "access_needs"):
        assert 'value="Kim"' in html
        assert "Hörslinga, tack" in html


def test_a_machine_that_fills_in_the_trap_books_nothing(client, time):
    assert send(client, time, website="https://spam.example").status_code == 200
    assert not Booking.objects.exists()


def test_when_all_is_taken_the_form_offers_the_waiting_list(client, time):
    html = client.get(address("book", time.uid)).content.decode()
    assert re.search(r"\b4\s+plats|\b4\s+place", html)
    reserve(time, "bo", 4)
    html = client.get(address("book", time.uid)).content.decode()
    assert "ntelista" in html or "aiting list" in html


@pytest.mark.parametrize("why", ["begun", "cancelled", "drop_in"])
def test_what_cannot_be_booked_says_so_and_has_no_form(client, event, time, why):
    moment = timezone.now()
    if why == "begun":
        moment = time.starts_at + timedelta(minutes=1)
    elif why == "cancelled":
        event.cancelled_at = moment
    else:
        event.booking = BookingMode.DROP_IN
    event.save()
    with time_machine.travel(moment):
        page = client.get(address("book", time.uid))
        answer = send(client, time)
    for response in (page, answer):
        assert response.status_code == 200
        assert 'name="email"' not in response.content.decode()
    assert not Booking.objects.exists()


def test_an_event_that_is_not_published_has_no_form(client, campaign):
    draft = make_event(campaign, booking=BookingMode.HERE, capacity=4, publish=False)
    time = draft.times.get()
    assert client.get(address("book", time.uid)).status_code == 404
    assert client.get(address("book_done", time.uid)).status_code == 404
    assert send(client, time).status_code == 404
    assert not Booking.objects.exists()


def test_a_visitor_sees_her_booking_and_nobody_keeps_the_page(client, booking, english_home):
    for language in ("sv", "en"):
        booking.language = language
        response = client.get(private_path(booking_url(booking)))
        html = response.content.decode()
        assert "Kim" in html
        assert "Jag behöver hörslinga." in html
        assert "Fika med oss" in html
        assert 'method="post"' in html
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "same-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert "application/ld+json" not in html
        assert 'property="og:' not in html


def test_getting_the_page_cancels_nothing_and_posting_does(client, time, booking):
    path = private_path(booking_url(booking))
    for method in (client.get, client.head):
        method(path)
        method(f"{path}?cancel=1")
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    response = client.post(path)
    assert (response.status_code, response["Location"]) == (302, path)
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED
    html = client.get(path).content.decode()
    assert 'method="post"' not in html
    assert "hörslinga" not in html


def test_cancelling_needs_the_site_s_own_form(booking):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(private_path(booking_url(booking))).status_code == 403
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_who_waits_sees_her_place_in_line(client, time):
    reserve(time, "bo", 4)
    reserve(time, "ali", 2)
    last = reserve(time, "kim", 2)
    path = private_path(booking_url(last))
    assert re.search(r"nummer 2|number 2", client.get(path).content.decode())
    assert client.get(f"{path}kalender.ics").status_code == 404
    cancel(Booking.objects.get(email="ali@example.com"))
    assert re.search(r"nummer 1|number 1", client.get(path).content.decode())


def test_the_time_goes_into_the_visitor_s_calendar(client, booking):
    path = private_path(booking_url(booking))
    response = client.get(address("booking_calendar", path.split("/")[-2]))
    assert response["Content-Type"].startswith("text/calendar")
    assert response["Cache-Control"] == "private, no-store"
    (entry,) = Calendar.from_ical(response.content).events
    assert entry.start == booking.time.starts_at


def test_after_it_has_begun_nothing_is_cancelled(client, booking):
    path = private_path(booking_url(booking))
    with time_machine.travel(booking.time.starts_at + timedelta(minutes=1)):
        assert 'method="post"' not in client.get(path).content.decode()
        client.post(path)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_a_booking_of_an_event_that_is_no_longer_public_can_still_be_cancelled(client, booking):
    booking.event.unpublish()
    path = private_path(booking_url(booking))
    assert client.get(path).status_code == 200
    client.post(path)
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


def test_links_that_are_not_ours_lead_nowhere(client, booking):
    token = make_token("booking", booking.uid)
    tokens = [
        "x",
        f"{token}x",
        token[1:],
        make_token("event-organiser", booking.uid, 1),
        make_token("booking", booking.uid, 1),
        make_token("booking", "not-a-uuid"),
        make_token("booking", "00000000-0000-4000-8000-000000000000"),
    ]
    for bad in tokens:
        for route in ("booking", "booking_calendar"):
            assert client.get(address(route, bad)).status_code == 404
        assert client.post(address("booking", bad)).status_code == 404
        for route in ("event_bookings", "event_bookings_csv"):
            assert client.get(address(route, bad)).status_code == 404
    assert client.get(address("booking", token)).status_code == 200


def organiser_pages(event):
    token = private_path(organiser_url(event.organiser)).split("/")[-2]
    return address("event_bookings", token), address("event_bookings_csv", token)


def test_the_organiser_sees_who_comes_what_they_need_and_the_sums(client, event, time):
    reserve(time, "öst", 1)
    reserve(time, "asta", 2, access_needs="Ledsagare")
    reserve(time, "waits", 3)
    cancel(reserve(time, "gone", 1))
    page, _csv = organiser_pages(event)
    response = client.get(page)
    html = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert html.index("Asta") < html.index("Öst") < html.index("Waits")
    assert "Ledsagare" in html
    assert "<strong>3</strong>" in html
    assert "Gone" not in html


def test_the_organiser_s_file_has_no_formulas_and_all_who_are_on_the_list(client, event, time):
    book(
        time,
        name="=HYPERLINK(1)",
        email="kim@example.com",
        number=2,
        access_needs="+46 åäö",
        language="sv",
    )
    reserve(time, "waits", 3)
    _page, file = organiser_pages(event)
    response = client.get(file)
    assert response["Cache-Control"] == "private, no-store"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["'=HYPERLINK(1)", "Waits"]
    assert [row[4] for row in rows[1:]] == ["2", "3"]
    assert rows[1][5] == "'+46 åäö"


def test_an_organiser_sees_only_her_own_event_and_an_old_link_nothing(
    client, campaign, event, time
):
    reserve(time, "kim")
    other = make_event(campaign, booking=BookingMode.HERE, capacity=4)
    assert "Kim" not in client.get(organiser_pages(other)[0]).content.decode()
    page, file = organiser_pages(event)
    event.organiser.link_version += 1
    event.organiser.save()
    assert client.get(page).status_code == 404
    assert client.get(file).status_code == 404


def test_the_pages_ask_as_much_for_thirty_bookings_as_for_three(client, event, time, booking):
    event.capacity = 100
    event.save()
    token = private_path(booking_url(booking)).split("/")[-2]
    pages = [
        address("book", time.uid),
        address("booking", token),
        address("book_done", time.uid),
        *organiser_pages(event),
    ]

    def count():
        numbers = []
        for page in pages:
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            numbers.append(len(queries))
        return numbers

    for page in pages:
        client.get(page)
    few = count()
    for number in range(30):
        reserve(time, f"gäst-{number}")
    assert count() == few
    assert max(few) <= 15
