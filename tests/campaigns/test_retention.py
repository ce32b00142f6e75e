"""Personal data are deleted when they have served their purpose, and nothing remains."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from campaigns.enums import BookingMode
from campaigns.events.booking_mails import send_booking_mail
from campaigns.events.bookings import book, cancel
from campaigns.models import (
    Booking,
    BookingMail,
    Event,
    EventDraft,
    EventOrganiser,
    EventReport,
    PressSubscription,
)
from core.models import OutgoingMail
from tests.campaigns.factories import make_campaign, make_event

DAY = timedelta(days=1)
#: The backend of production.
IN_THE_DATABASE = {"BACKEND": "django_tasks_db.DatabaseBackend"}


@pytest.fixture
def campaign(campaigns):
    return make_campaign(campaigns, keep_bookings_days=30)


@pytest.fixture
def event(campaign):
    return make_event(
        campaign,
        booking=BookingMode.HERE,
        capacity=1,
        organiser={"name": "Värdinnan Zetterqvist", "email": "zetterqvist@vard.example"},
    )


def everything():
    """Every row of every table as text, and name and bytes of every file in the media folder."""
    rows = [
        json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for row in model._base_manager.values()
    ]
    files = [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return "\n".join([*rows, *(f"{path} {path.read_bytes()!r}" for path in files)])


def left_of(*words):
    """Those of ``words`` that still stand anywhere."""
    dump = everything().casefold()
    return [word for word in words if word.casefold() in dump]


def delete(capsys):
    capsys.readouterr()
    call_command("delete_personal_data")
    return capsys.readouterr().out


def deleted(capsys):
    """How many were deleted, by what they were; without what there was none of."""
    said = (part.rsplit(" ", 1) for part in delete(capsys).strip().split(", "))
    return {what: int(number) for what, number in said if number != "0"}


def reserve(time, name, email, needs=""):
    return book(time, name=name, email=email, number=1, access_needs=needs, language="sv")


def end(event):
    return max(time.ends_at for time in event.times.all())


def test_nothing_of_the_visitors_remains_after_the_day_they_were_told(event, settings, capsys):
    settings.TASKS = settings.TASKS | {"mail": IN_THE_DATABASE}
    time = event.times.get()
    words = [
        "Astrid Örnsköld",
        "astrid@besok.example",
        "Behöver ledsagare från bussen",
        "Waldemar Kö",
        "waldemar@besok.example",
        "Hörslinga och vilrum",
        "Ångrade Sig",
        "angrade@besok.example",
        "Kan inte gå i trappor",
    ]
    first = reserve(time, *words[0:3])
    reserve(time, *words[3:6])
    gone = reserve(time, *words[6:9])
    cancel(gone)
    # What else may remember: the event's history, tasks in a queue, staff who look.
    event.venue = "Verkstaden"
    event.save_revision().publish()
    send_booking_mail.enqueue(first.pk, "confirmed")
    EventReport.objects.create(event=event, visitors=12, new_contacts=3, comment="Bra dag.")
    assert left_of(*words) == words[:8]  # the needs went with the booking

    last_day = end(event) + 30 * DAY
    with time_machine.travel(last_day):
        assert "bookings 0" in delete(capsys)
    assert left_of(*words) == words[:8]
    with time_machine.travel(last_day + DAY):
        said = delete(capsys)
    assert "bookings 3" in said
    assert left_of(*words, "besok.example") == []
    assert not Booking.objects.exists()
    assert not BookingMail.objects.exists()
    assert EventReport.objects.get().visitors == 12
    assert Event.objects.get().live
    assert not any(word in said for word in words)


def test_each_edition_s_own_number_of_days_counts(campaigns, capsys):
    for days in (0, 60):
        edition = make_campaign(campaigns, keep_bookings_days=days)
        event = make_event(edition, booking=BookingMode.HERE, capacity=5)
        reserve(event.times.get(), f"Gäst {days}", f"gast-{days}@besok.example")
    with time_machine.travel(end(event) + 2 * DAY):
        delete(capsys)
    assert [booking.name for booking in Booking.objects.all()] == ["Gäst 60"]


def test_an_event_of_several_days_keeps_its_bookings_until_after_the_last(campaign, capsys):
    start = timezone.now() + 10 * DAY
    hours = [(start + day * DAY, start + day * DAY + timedelta(hours=1)) for day in (0, 20)]
    event = make_event(campaign, booking=BookingMode.HERE, capacity=5, times=hours)
    reserve(event.ordered_times()[0], "Astrid", "astrid@besok.example")
    with time_machine.travel(start + 40 * DAY):
        assert "bookings 0" in delete(capsys)
    with time_machine.travel(start + 52 * DAY):
        assert "bookings 1" in delete(capsys)


def test_the_organiser_is_forgotten_fourteen_months_after_the_event(event, capsys):
    words = ["Värdinnan Zetterqvist", "zetterqvist@vard.example", "070-174 06 05"]
    event.booking, event.booking_contact = BookingMode.CONTACT, "Ring Zetterqvist, 070-174 06 05"
    event.save_revision().publish()
    event.save_revision()
    assert left_of(*words) == words
    with time_machine.travel(end(event) + 420 * DAY):
        assert "organisers 0" in delete(capsys)
    assert left_of(*words) == words
    with time_machine.travel(end(event) + 430 * DAY):
        assert "organisers 1" in delete(capsys)
    assert left_of(*words, "Zetterqvist") == []
    kept = Event.objects.get()
    assert kept.live
    assert kept.get_latest_revision_as_object().title == event.title


def test_the_organiser_of_an_event_without_a_time_is_forgotten_too(campaign, capsys):
    make_event(campaign, times=[], publish=False)
    with time_machine.travel(timezone.now() + 600 * DAY):
        delete(capsys)
    assert not EventOrganiser.objects.exists()


def test_a_form_that_nobody_has_touched_for_a_month_goes_with_its_picture(
    campaign, capsys, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    data = {"who": {"name": ["Sture Utkast"], "email": ["sture@utkast.example"]}}
    abandoned = EventDraft.objects.create(campaign=campaign, data=data)
    abandoned.picture.save("sture-utkast.png", ContentFile(b"hemlig bild"))
    left_behind = abandoned.picture.storage.save(
        "event_drafts/bytt.png", ContentFile(b"tidigare bild")
    )
    with time_machine.travel(timezone.now() + 20 * DAY):
        going_on = EventDraft.objects.create(campaign=campaign, data={})
        going_on.picture.save("haller-pa.png", ContentFile(b"ny bild"))
    with time_machine.travel(timezone.now() + 29 * DAY):
        assert "drafts 0" in delete(capsys)
    assert left_of("Sture Utkast", "hemlig bild") == ["Sture Utkast", "hemlig bild"]
    with time_machine.travel(timezone.now() + 31 * DAY):
        assert "drafts 1" in delete(capsys)
    words = ["Sture Utkast", "sture@utkast.example", "sture-utkast", "hemlig bild", "tidigare bild"]
    assert left_of(*words) == []
    assert not abandoned.picture.storage.exists(left_behind)
    assert left_of("ny bild") == ["ny bild"]


def test_a_picture_just_uploaded_is_left_alone(campaign, capsys, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    storage = EventDraft._meta.get_field("picture").storage
    name = storage.save("event_drafts/just-nu.png", ContentFile(b"bild"))
    delete(capsys)
    assert storage.exists(name)


def test_an_address_that_nobody_confirmed_goes_after_a_month(db, capsys):
    unconfirmed = PressSubscription.objects.create(email="obekraftad@press.example")
    PressSubscription.objects.create(email="vill-ha@press.example", confirmed_at=timezone.now())
    with time_machine.travel(unconfirmed.created_at + 29 * DAY):
        assert "subscriptions 0" in delete(capsys)
    with time_machine.travel(unconfirmed.created_at + 31 * DAY):
        assert "subscriptions 1" in delete(capsys)
    assert left_of("obekraftad@press.example", "vill-ha@press.example") == ["vill-ha@press.example"]


def test_results_of_tasks_go_after_a_month(db, capsys, settings):
    settings.TASKS = settings.TASKS | {"mail": IN_THE_DATABASE}
    send_booking_mail.enqueue(1, "confirmed")
    DBTaskResult.objects.get().set_successful(0)
    with time_machine.travel(timezone.now() + 29 * DAY):
        delete(capsys)
    assert DBTaskResult.objects.count() == 1
    with time_machine.travel(timezone.now() + 31 * DAY):
        delete(capsys)
    assert not DBTaskResult.objects.exists()


def test_running_it_again_does_nothing_and_says_numbers_only(event, capsys):
    reserve(event.times.get(), "Astrid", "astrid@besok.example")
    with time_machine.travel(end(event) + 500 * DAY):
        assert deleted(capsys) == {"bookings": 1, "organisers": 1}
        assert deleted(capsys) == {}


def test_a_mail_that_never_went_out_is_emptied_after_a_month_and_forgotten_in_the_end(db, capsys):
    given_up = OutgoingMail.objects.create(
        key="fråga:1", to="astrid@asf.example", subject="Hej Astrid", body="Länken", language="sv"
    )
    with time_machine.travel(given_up.made_at + 29 * DAY):
        assert deleted(capsys) == {}
    assert left_of("astrid@asf.example", "Hej Astrid") == ["astrid@asf.example", "Hej Astrid"]
    with time_machine.travel(given_up.made_at + 31 * DAY):
        assert deleted(capsys) == {"mails": 1}
        assert deleted(capsys) == {}
    assert left_of("astrid@asf.example", "Hej Astrid", "Länken") == []
    assert OutgoingMail.objects.exists()  # its key is known: the same mail is not written again
    with time_machine.travel(given_up.made_at + 801 * DAY):
        assert deleted(capsys) == {"mails": 1}
    assert not OutgoingMail.objects.exists()
