"""The open-house year from the call to the deletion, as its people live it, the clock moved."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Revision

from campaigns.enums import BookingState, CampaignPhase
from campaigns.events.results import Totals, totals
from campaigns.models import Booking, Event, EventOrganiser
from home.access import MODERATORS, set_up_groups, set_up_workflows
from tests.campaigns.factories import CampaignPageFactory, CampaignSeriesPageFactory
from tests.campaigns.organisers import Browser, link_in, register, step_of

SWEDEN = ZoneInfo("Europe/Stockholm")
DAY = date(2027, 5, 8)
VISITORS = [f"besokare-{number}@example.com" for number in range(12)]


def noon(month, day, year=2027):
    """Noon in Sweden on a day, as a moment."""
    return datetime(year, month, day, 12, tzinfo=SWEDEN).astimezone(UTC)


@pytest.fixture
def clock(db):
    with time_machine.travel(noon(1, 15), tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, home):
    set_up_groups()
    set_up_workflows()
    series = CampaignSeriesPageFactory(parent=home, slug="oppet-hus")
    CampaignPageFactory(
        parent=series, title="2026", slug="2026", starts_on=date(2026, 5, 9), ends_on="2026-05-09"
    )
    return CampaignPageFactory(
        parent=series,
        title="Öppet hus-dagen 2027",
        slug="2027",
        starts_on=DAY,
        ends_on=DAY,
        registration_opens_on=date(2027, 2, 1),
        registration_closes_on=date(2027, 4, 30),
        keep_bookings_days=30,
    )


@pytest.fixture
def staff(campaign):
    user = User.objects.create_user("moderator", "moderator@example.com", "x")
    user.groups.add(Group.objects.get(name=MODERATORS.name))
    return user


def judge(staff, event, action, **comment):
    """Press a button of the event's workflow in the admin."""
    task = event.current_workflow_task_state
    assert task is not None
    url = reverse(
        "wagtailsnippets_campaigns_event:workflow_action", args=[event.pk, action, task.pk]
    )
    browser = Browser()
    browser.force_login(staff)  # anew each time: a session does not last the year
    return browser.post(url, comment)


def mails_to(address):
    return [message for message in mail.outbox if message.to == [address]]


def page(client, path):
    return client.get(path).content.decode()


def test_the_year_of_an_open_house(clock, campaign, staff):
    visitor, organiser = Browser(), Browser()

    # January: the day has a page, and the call is not open yet.
    assert visitor.get("/oppet-hus/").url == "/oppet-hus/2027/"
    assert campaign.phase is CampaignPhase.COMING
    start = reverse("event_register", args=[campaign.pk])
    assert start not in page(visitor, "/oppet-hus/2027/")
    assert "1 februari 2027" in page(visitor, start)
    assert visitor.post(start).status_code == 200

    # March: the call.
    clock.move_to(noon(3, 1))
    assert campaign.phase is CampaignPhase.CALL
    assert start in page(visitor, "/oppet-hus/2027/")
    cafe_link = register(
        organiser,
        campaign,
        who={"host": "Kvarterscaféet", "email": "kim@example.com"},
        booking={"booking": "here", "capacity": "10"},
    )
    sewing_link = register(
        organiser,
        campaign,
        who={"host": "Syateljén", "name": "Sam i syrummet", "email": "sam@example.com"},
        what={"title": "Sy en kasse", "description": "Kom."},
        booking={"booking": "drop_in", "capacity": ""},
    )
    cafe, sewing = Event.objects.get(host="Kvarterscaféet"), Event.objects.get(host="Syateljén")
    assert not Event.objects.published().exists()
    assert "Baka bullar" not in page(visitor, "/oppet-hus/2027/")

    # One is approved; one is sent back, never without a reason, and comes again.
    judge(staff, cafe, "approve")
    judge(staff, sewing, "reject", comment="")
    assert sewing.current_workflow_state.status == "in_progress"
    judge(staff, sewing, "reject", comment="Skriv vad man får göra.")
    assert "Skriv vad man får göra." in mails_to("sam@example.com")[-1].body
    sewing.refresh_from_db()
    assert not sewing.live
    draft = organiser.post(f"{sewing_link}andra/").url
    organiser.post(
        step_of(draft, "what"),
        {"title": "Sy en kasse", "description": "Du syr en kasse.", "text_language": "sv"},
    )
    assert organiser.post(step_of(draft, "check"), {"promise": "on"}).status_code == 302
    judge(staff, sewing, "approve")
    programme = page(visitor, "/oppet-hus/2027/")
    assert "Baka bullar med oss" in programme
    assert "Sy en kasse" in programme

    # April: more want to come than there are places; one cancels, and one moves up.
    clock.move_to(noon(4, 10))
    time = cafe.times.get()
    for number, address in enumerate(VISITORS):
        form = {"name": "Besökare", "email": address, "number": "1", "access_needs": "Lugnt"}
        household = Browser(REMOTE_ADDR=f"192.0.2.{number}")
        answer = household.post(reverse("book", args=[time.uid]), form)
        assert answer.status_code == 302
        clock.shift(1)
    states = list(Booking.objects.order_by("pk").values_list("state", flat=True))
    assert states == [BookingState.CONFIRMED] * 10 + [BookingState.WAITING] * 2
    confirmation = mails_to(VISITORS[0])[0]
    assert "Content-Type: text/calendar" in confirmation.message().as_string()
    own = link_in(confirmation, "bokning")
    assert visitor.get(own).status_code == 200
    assert Booking.objects.get(email=VISITORS[0]).state == BookingState.CONFIRMED
    visitor.post(own)
    by_address = dict(Booking.objects.values_list("email", "state"))
    assert by_address[VISITORS[0]] == BookingState.CANCELLED
    assert by_address[VISITORS[10]] == BookingState.CONFIRMED
    assert by_address[VISITORS[11]] == BookingState.WAITING
    listed = page(organiser, f"{cafe_link}bokningar/")
    assert VISITORS[10] in listed
    assert VISITORS[0] not in listed

    # May: a reminder to those who have a place, once.
    clock.move_to(noon(5, 2))
    assert campaign.phase is CampaignPhase.PROGRAMME
    assert start not in page(visitor, "/oppet-hus/2027/")
    before = len(mail.outbox)
    clock.move_to(noon(5, 6))
    call_command("send_event_reminders")
    call_command("send_event_reminders")
    reminded = sorted(message.to[0] for message in mail.outbox[before:])
    assert reminded == sorted(VISITORS[1:11])

    # The day, and what came of it.
    clock.move_to(noon(5, 8))
    assert campaign.phase is CampaignPhase.RUNNING
    assert "I dag" in page(visitor, "/oppet-hus/2027/")
    clock.move_to(noon(5, 10))
    assert campaign.phase is CampaignPhase.FINISHED
    report = {"visitors": "84", "new_contacts": "6", "comment": "Fullt hus."}
    assert organiser.post(f"{cafe_link}rapport/", report).status_code == 302
    results = page(visitor, "/oppet-hus/2027/")
    assert re.search(r"\b84\b", results)
    assert totals(campaign) == Totals(events=2, answered=1, visitors=84, new_contacts=6)
    assert visitor.get("/oppet-hus/").url == "/oppet-hus/2027/"

    # Thirty days on, and fourteen months on: nothing that names anybody is left.
    clock.move_to(noon(6, 7))
    call_command("delete_personal_data")
    assert Booking.objects.exists()
    clock.move_to(noon(6, 8))
    call_command("delete_personal_data")
    assert not Booking.objects.exists()
    assert visitor.get(own).status_code == 404
    clock.move_to(noon(8, 1, 2028))
    call_command("delete_personal_data")
    assert not EventOrganiser.objects.exists()
    assert organiser.get(cafe_link).status_code == 404
    kept = str(list(Revision.objects.values_list("content", flat=True)))
    assert not any(word in kept for word in ("kim@", "sam@", "Kim i kassan", "besokare", "Lugnt"))
    assert re.search(r"\b84\b", page(visitor, "/oppet-hus/2027/"))
    assert urlsplit(visitor.get("/oppet-hus/").url).path == "/oppet-hus/2027/"
