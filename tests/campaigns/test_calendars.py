"""Calendars, read by a library that had no part in writing them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus

from campaigns.enums import BookingState
from campaigns.events.calendars import invitation
from campaigns.models import Booking, CampaignPage, Event
from tests.campaigns.factories import make_campaign, make_event

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def parse(content: bytes) -> Calendar:
    """Return the one calendar in ``content``."""
    return IcsCalendarStream.calendar_from_ics(content.decode())


def unfold(content: bytes) -> list[str]:
    """Return the content lines (RFC 5545 § 3.1)."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def event_calendar(client, event, language="sv") -> Calendar:
    """Return what the event's address answers, parsed."""
    with translation.override(language):
        response = client.get(reverse("event_calendar", args=[event.uid]))
    assert response.status_code == 200
    return parse(response.content)


def edit(event: Event, **fields: object) -> None:
    """Publish a new revision of ``event`` with ``fields``."""
    event = Event.objects.get(pk=event.pk)
    for name, value in fields.items():
        setattr(event, name, value)
    event.save_revision().publish()


def move(event: Event, delta: timedelta) -> None:
    """Publish a new revision in which every time begins and ends ``delta`` later."""
    event = Event.objects.get(pk=event.pk)
    times = list(event.times.all())
    for time in times:
        time.starts_at += delta
        time.ends_at += delta
    event.times = times
    event.save_revision().publish()


@pytest.fixture
def campaign(campaigns):
    """A live campaign to come."""
    return make_campaign(campaigns, title="Öppet hus-dagen")


def test_an_event_s_calendar_has_its_times_place_and_access(client, campaign):
    event = make_event(
        campaign,
        title="Bygg en fågelholk; med oss, ni",
        host="Snickeriet",
        access=["step_free", "hearing_loop"],
        public_transport="Buss 4 till Brynäs",
    )
    [entry] = event_calendar(client, event).events
    time = event.times.get()
    assert entry.summary == "Bygg en fågelholk; med oss, ni"
    assert (entry.dtstart, entry.dtend) == (time.starts_at, time.ends_at)
    assert entry.dtstart.utcoffset() == time.local_start.utcoffset()
    assert entry.location == "Caféet, Brynässtigen 2, Gävle"
    for words in ("Snickeriet", "Vi visar hur vi bakar.", "Buss 4 till Brynäs"):
        assert words in entry.description
    for label in event.access_facts:
        assert label in entry.description
    assert str(entry.url) == f"http://localhost:8000{event.get_url()}"
    assert entry.uid == f"{time.uid}@localhost"
    assert entry.sequence == 0
    assert entry.status == EventStatus.CONFIRMED


def test_the_file_is_a_valid_calendar(client, campaign):
    event = make_event(campaign, description="Rad ett\nRad två " + "å" * 200 + "\x0b\x1b")
    response = client.get(reverse("event_calendar", args=[event.uid]))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="{event.slug}.ics"' in response.headers["Content-Disposition"]
    lines = unfold(response.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "VERSION:2.0" in lines
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    assert not [line for line in lines if line.startswith("METHOD")]
    for name in ("NAME", "X-WR-CALNAME", "UID"):
        assert [line for line in lines if line.startswith(f"{name}:")][1:2] == (
            [f"UID:{event.times.get().uid}@localhost"] if name == "UID" else []
        )
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    assert "BEGIN:VTIMEZONE" in lines
    assert "TZID:Europe/Stockholm" in lines
    start = event.times.get().local_start
    assert f"DTSTART;TZID=Europe/Stockholm:{start:%Y%m%dT%H%M%S}" in lines
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        assert len([line for line in lines if line.startswith(f"{name}:")]) == 1, name
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    assert b"\x0b" not in response.content
    assert b"\x1b" not in response.content
    assert b"\n" not in response.content.replace(b"\r\n", b"")


@pytest.mark.parametrize(("month", "hours"), [(1, 1), (7, 2)])
def test_summer_and_winter_keep_their_hours(client, campaigns, month, hours):
    year = timezone.localdate().year + 1
    opens = datetime(year, month, 9, 10, tzinfo=STOCKHOLM)
    campaign = make_campaign(campaigns, starts_on=opens.date(), ends_on=opens.date())
    event = make_event(campaign, times=[(opens, opens + timedelta(hours=4))])
    calendar = event_calendar(client, event)
    assert calendar.events[0].dtstart.astimezone(UTC).hour == 10 - hours
    offsets = {
        str(part.tz_offset_to.offset)
        for zone in calendar.timezones
        for part in (*zone.standard, *zone.daylight)
    }
    assert offsets == {"1:00:00", "2:00:00"}


def test_the_calendar_speaks_the_reader_s_language(client, campaign):
    event = make_event(campaign, access=["step_free"])
    with translation.override("en"):
        label = event.access_facts[0]
    [swedish] = event_calendar(client, event).events
    [english] = event_calendar(client, event, "en").events
    assert label in english.description
    assert label not in swedish.description
    assert english.uid == swedish.uid


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, campaign):
    event = make_event(campaign)
    [before] = event_calendar(client, event).events
    move(event, timedelta(hours=1))
    [after] = event_calendar(client, event).events
    assert after.uid == before.uid
    assert after.dtstart == before.dtstart + timedelta(hours=1)
    assert after.sequence == before.sequence + 1
    assert after.last_modified >= before.last_modified


@pytest.mark.parametrize(
    "change", [{"title": "Något annat"}, {"venue": "Ny gata 1"}, {"municipality_code": "0180"}]
)
def test_title_and_place_are_changes_that_calendars_hear_of(client, campaign, change):
    event = make_event(campaign)
    edit(event, **change)
    assert event_calendar(client, event).events[0].sequence == 1
    edit(event, **change)
    assert event_calendar(client, event).events[0].sequence == 1


def test_what_calendars_do_not_show_raises_no_sequence(client, campaign):
    event = make_event(campaign)
    edit(event, capacity=12, picture_alt="En bild")
    assert event_calendar(client, event).events[0].sequence == 0


def test_a_draft_raises_no_sequence_until_it_is_published(client, campaign):
    event = make_event(campaign)
    draft = Event.objects.get(pk=event.pk)
    draft.title = "Nästa"
    revision = draft.save_revision()
    assert event_calendar(client, event).events[0].sequence == 0
    revision.publish()
    assert event_calendar(client, event).events[0].sequence == 1


def test_the_first_publication_has_sequence_zero(client, campaign):
    event = make_event(campaign, publish=False)
    edit(event, title="Ändrad före godkännandet")
    assert event_calendar(client, event).events[0].sequence == 0


def test_the_number_never_falls(campaign):
    stale = make_event(campaign)
    move(stale, timedelta(hours=1))
    Event.objects.filter(pk=stale.pk).update(sequence=5)
    stale.cancel_reason = "Sjukdom"
    stale.save()
    stale.refresh_from_db()
    assert stale.sequence == 5


def test_a_cancelled_event_stays_and_says_so(client, campaign):
    event = make_event(campaign)
    [before] = event_calendar(client, event).events
    event.cancelled_at = timezone.now()
    event.cancel_reason = "Vattenskada"
    event.save(update_fields=["cancelled_at", "cancel_reason"])
    [entry] = event_calendar(client, event).events
    assert entry.status == EventStatus.CANCELLED
    assert entry.uid == before.uid
    assert entry.sequence == before.sequence + 1
    assert "Vattenskada" in entry.description
    assert entry.summary != before.summary
    edit(event, description="Ny text")
    [later] = event_calendar(client, event).events
    assert later.status == EventStatus.CANCELLED
    assert later.sequence == entry.sequence


def test_a_campaign_s_calendar_has_every_published_time(client, campaign):
    first = make_event(campaign, municipality_code="2180")
    opens = first.times.get().starts_at
    second = make_event(
        campaign,
        municipality_code="0180",
        times=[
            (opens + timedelta(days=day), opens + timedelta(days=day, hours=1)) for day in (1, 2)
        ],
    )
    make_event(campaign, publish=False)
    address = reverse("campaign_calendar", args=[campaign.pk])
    calendar = parse(client.get(address).content)
    uids = {f"{time.uid}@localhost" for event in (first, second) for time in event.times.all()}
    assert {entry.uid for entry in calendar.events} == uids
    county = parse(client.get(address, {"county": "21"}).content)
    assert [entry.uid for entry in county.events] == [f"{first.times.get().uid}@localhost"]
    assert "Gävleborgs län" in client.get(address, {"county": "21"}).content.decode()
    assert not parse(client.get(address, {"county": "25"}).content).events


def test_a_campaign_s_calendar_counts_its_queries(client, campaign, count_queries):
    address = reverse("campaign_calendar", args=[campaign.pk])
    for _number in range(3):
        make_event(campaign)
    few = count_queries(address)
    for _number in range(27):
        make_event(campaign)
    assert count_queries(address) == few
    assert few <= 15


def test_the_english_page_of_a_campaign_has_the_same_events(
    client, campaign, english_home, locales
):
    event = make_event(campaign)
    campaign.get_parent().copy_for_translation(locales["en"])
    english = campaign.copy_for_translation(locales["en"])
    english.save_revision().publish()
    assert isinstance(english, CampaignPage)
    with translation.override("en"):
        calendar = parse(client.get(reverse("campaign_calendar", args=[english.pk])).content)
    assert [entry.uid for entry in calendar.events] == [f"{event.times.get().uid}@localhost"]


@pytest.mark.parametrize("county", ["99", "x", "2"])
def test_a_county_that_is_none_is_not_found(client, campaign, county):
    address = reverse("campaign_calendar", args=[campaign.pk])
    assert client.get(address, {"county": county}).status_code == 404


def test_nothing_unpublished_has_a_calendar(client, campaign):
    draft = make_event(campaign, publish=False)
    assert client.get(reverse("event_calendar", args=[draft.uid])).status_code == 404
    event = make_event(campaign)
    campaign.unpublish()
    assert client.get(reverse("event_calendar", args=[event.uid])).status_code == 404
    assert client.get(reverse("campaign_calendar", args=[campaign.pk])).status_code == 404


def test_a_calendar_is_kept_in_front_and_answers_304(client, campaign):
    event = make_event(campaign)
    for address in (
        reverse("event_calendar", args=[event.uid]),
        reverse("campaign_calendar", args=[campaign.pk]),
    ):
        response = client.get(address)
        assert "public" in response.headers["Cache-Control"]
        cache.clear()
        with time_machine.travel(timezone.now() + timedelta(minutes=5)):
            again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


def book(event: Event, **fields: object) -> Booking:
    """Return a booking of the event's first time, as ``campaigns.events.bookings`` leaves it."""
    values = {
        "name": "Besökare",
        "email": "besokare@example.com",
        "number": 2,
        "state": BookingState.CONFIRMED,
    } | fields
    return Booking.objects.create(event=event, time=event.ordered_times()[0], **values)


def test_an_invitation_has_the_time_that_was_booked(client, campaign):
    opens = datetime.combine(campaign.starts_on, datetime.min.time(), STOCKHOLM)
    spans = [(opens + timedelta(hours=hour), opens + timedelta(hours=hour + 1)) for hour in (9, 13)]
    event = make_event(campaign, times=spans, booking="here", capacity=10)
    booking = book(event)
    [entry] = parse(invitation(booking)).events
    assert entry.dtstart == booking.time.starts_at
    assert entry.uid in {public.uid for public in event_calendar(client, event).events}
    assert "2" in entry.description.partition("\n")[0]
    assert booking.email not in invitation(booking).decode()


def test_an_invitation_to_a_cancelled_booking_is_cancelled(campaign):
    event = make_event(campaign, booking="here", capacity=10)
    [entry] = parse(invitation(book(event, state=BookingState.CANCELLED))).events
    assert entry.status == EventStatus.CANCELLED


def test_a_title_on_several_lines_breaks_no_calendar(client, campaign):
    """Nobody can type one, and who sends one must not take a calendar from those who book."""
    event = make_event(campaign, title="Baka\r\nEND:VCALENDAR")
    lines = unfold(client.get(reverse("event_calendar", args=[event.uid])).content)
    assert "NAME:Baka END:VCALENDAR" in lines
    assert lines.count("END:VCALENDAR") == 1
