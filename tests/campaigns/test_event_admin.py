"""Events in the admin: listed, filtered, edited with their times, published, never lost."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from campaigns.enums import BookingState
from campaigns.events.addresses import organiser_url
from campaigns.events.reports import county_rows, in_words
from campaigns.models import (
    Booking,
    Event,
    EventApprovalTask,
    EventOrganiser,
    EventReport,
    EventTime,
)
from home.access import EDITORS, set_up_groups
from tests.campaigns.factories import make_campaign, make_event

EVENT = "wagtailsnippets_campaigns_event"


@pytest.fixture
def campaign(campaigns: Any) -> Any:
    """A live campaign to come."""
    return make_campaign(campaigns, title="Öppet hus-dagen")


@pytest.fixture
def event(campaign: Any) -> Event:
    """A published event in Gävle that is booked here."""
    return make_event(campaign, title="Bygg en holk", booking="here", capacity=10)


@pytest.fixture
def workflow(db: Any) -> Workflow:
    """The workflow in which events are approved."""
    made = Workflow.objects.create(name="Granskning")
    task = EventApprovalTask.objects.create(name="Godkänn")
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    event_type = ContentType.objects.get_for_model(Event)
    WorkflowContentType.objects.create(workflow=made, content_type=event_type)
    return made


def book(time: EventTime, **fields: Any) -> Booking:
    """Return a booking of ``time``, as ``campaigns.events.bookings`` leaves it."""
    values = {
        "name": "Besökare",
        "email": "besokare@example.com",
        "number": 2,
        "state": BookingState.CONFIRMED,
    } | fields
    return Booking.objects.create(event=time.event, time=time, **values)


def form_of(event: Event, times: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """Return the event's form as the admin's editor sends it; ``times`` are the inline forms."""
    known = sum(bool(time.get("id")) for time in times)
    data = {
        "campaign": event.campaign_id,
        "enterprise": "",
        "host": event.host,
        "industry": "",
        "title": event.title,
        "description": event.description,
        "text_language": "sv",
        "languages": ["sv"],
        "picture": "",
        "picture_alt": "",
        "municipality_code": event.municipality_code,
        "venue": event.venue,
        "access": ["step_free"],
        "public_transport": "",
        "access_note": "",
        "booking": event.booking,
        "capacity": event.capacity or "",
        "booking_contact": "",
        "booking_url": "",
        "go_live_at": "",
        "expire_at": "",
        "times-TOTAL_FORMS": len(times),
        "times-INITIAL_FORMS": known,
        "times-MIN_NUM_FORMS": 1,
        "times-MAX_NUM_FORMS": 1000,
    } | changes
    for number, time in enumerate(times):
        data |= {f"times-{number}-{name}": value for name, value in time.items()}
        data[f"times-{number}-ORDER"] = number + 1
    return data


def time_form(time: EventTime, **changes: Any) -> dict[str, Any]:
    """Return one time as the inline form sends it, in Swedish time."""
    return {
        "id": time.pk or "",
        "starts_at": f"{time.local_start:%Y-%m-%d %H:%M}",
        "ends_at": f"{time.local_end:%Y-%m-%d %H:%M}",
        "DELETE": "",
    } | changes


def send(client: Any, event: Event, times: list[dict[str, Any]], **changes: Any) -> Any:
    """Send the edit form."""
    return client.post(reverse(f"{EVENT}:edit", args=[event.pk]), form_of(event, times, **changes))


def table(client: Any, **query: Any) -> str:
    """Return the list of events that the admin shows."""
    html: str = client.get(reverse(f"{EVENT}:list"), query).content.decode()
    return html.partition("<table")[2]


def test_the_list_names_host_county_campaign_time_and_bookings(admin_client_sv, campaign, event):
    book(event.times.get(), number=7)
    book(event.times.get(), number=4, state=BookingState.WAITING, email="ko@example.com")
    html = table(admin_client_sv)
    for words in ("Bygg en holk", event.host, "Gävleborgs län", "Öppet hus-dagen", "7"):
        assert words in html
    assert "11" not in html.partition("Öppet hus-dagen")[2].partition("</tr>")[0].split()


def test_the_list_is_filtered_by_campaign_county_and_state(
    admin_client_sv, campaigns, campaign, event, workflow
):
    other = make_campaign(campaigns, days=400)
    make_event(other, title="Nästa år")
    make_event(campaign, title="I Stockholm", municipality_code="0180")
    cancelled = make_event(campaign, title="Blir inte av")
    cancelled.cancelled_at = timezone.now()
    cancelled.save()
    waiting = make_event(campaign, title="Väntar på svar", publish=False)
    workflow.start(waiting, None)
    make_event(campaign, title="Ett utkast", publish=False)
    every = {
        "Bygg en holk",
        "Nästa år",
        "I Stockholm",
        "Blir inte av",
        "Väntar på svar",
        "Ett utkast",
    }

    def shown(**query: Any) -> set[str]:
        html = table(admin_client_sv, **query)
        return {title for title in every if title in html}

    assert shown() == every
    assert shown(campaign=other.pk) == {"Nästa år"}
    assert shown(county_code="01") == {"I Stockholm"}
    assert shown(state="waiting") == {"Väntar på svar"}
    assert shown(state="draft") == {"Väntar på svar", "Ett utkast"}
    assert shown(state="published") == {"Bygg en holk", "Nästa år", "I Stockholm"}
    assert shown(state="cancelled") == {"Blir inte av"}
    assert shown(q="holk") == {"Bygg en holk"}
    # Editors see the list and not the organiser's address: it must not answer for it either.
    assert shown(q=event.organiser.email) == set()
    for key in ("first_starts_at", "-people_booked", "county_code", "campaign", "host", "live"):
        assert shown(ordering=key) == every
        assert shown(ordering=key, q="holk") == {"Bygg en holk"}


def test_the_list_costs_the_same_however_long_it_is(admin_client_sv, campaign):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            table(admin_client_sv)
        return len(queries)

    for _number in range(3):
        make_event(campaign)
    table(admin_client_sv)
    few = count()
    for _number in range(27):
        make_event(campaign)
    assert count() == few


def test_staff_write_an_event_with_its_times(admin_client_sv, campaign):
    opens = timezone.now() + timedelta(days=40)
    time = EventTime(starts_at=opens, ends_at=opens + timedelta(hours=2))
    draft = Event(
        campaign=campaign,
        title="Från kontoret",
        host="Skoopi",
        description="Kom och titta.",
        municipality_code="0180",
        venue="Gatan 1",
    )
    data = form_of(draft, [time_form(time)], **{"action-publish": "1"})
    response = admin_client_sv.post(reverse(f"{EVENT}:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    made = Event.objects.get()
    assert made.live
    assert made.county_code == "01"
    assert made.times.get().local_start.strftime("%H:%M") == time.local_start.strftime("%H:%M")


def test_a_changed_time_keeps_its_identity_and_its_bookings(admin_client_sv, event):
    time = event.times.get()
    booking = book(time)
    later = time.local_end + timedelta(hours=1)
    form = time_form(time, ends_at=f"{later:%Y-%m-%d %H:%M}")
    assert send(admin_client_sv, event, [form], **{"action-publish": "1"}).status_code == 302
    changed = EventTime.objects.get()
    assert (changed.pk, changed.uid) == (time.pk, time.uid)
    assert changed.ends_at == time.ends_at + timedelta(hours=1)
    booking.refresh_from_db()
    event.refresh_from_db()
    assert event.sequence == 1


@pytest.mark.parametrize("action", ["action-publish", "action-draft"])
@pytest.mark.parametrize("live", [True, False])
def test_a_booked_time_cannot_be_removed(admin_client_sv, event, action, live):
    time = event.times.get()
    book(time)
    if not live:
        event.unpublish()
    new = EventTime(
        starts_at=time.starts_at + timedelta(days=1), ends_at=time.ends_at + timedelta(days=1)
    )
    forms = [time_form(time, DELETE="on"), time_form(new)]
    response = send(admin_client_sv, event, forms, **{action: "1"})
    assert response.status_code == 200
    with translation.override("sv"):
        assert time.in_words in str(response.context["form"].non_field_errors())
        assert time.in_words in response.content.decode()
    assert EventTime.objects.get().pk == time.pk


def test_a_time_that_nobody_has_booked_is_removed(admin_client_sv, event):
    time = event.times.get()
    new = EventTime(
        starts_at=time.starts_at + timedelta(days=1), ends_at=time.ends_at + timedelta(days=1)
    )
    forms = [time_form(time, DELETE="on"), time_form(new)]
    assert send(admin_client_sv, event, forms, **{"action-publish": "1"}).status_code == 302
    assert EventTime.objects.get().starts_at.date() == new.starts_at.date()


def test_a_time_that_was_booked_after_the_draft_survives_its_publication(event):
    first = event.times.get()
    draft = Event.objects.get(pk=event.pk)
    draft.times = [
        EventTime(
            starts_at=first.starts_at + timedelta(days=1),
            ends_at=first.ends_at + timedelta(days=1),
        )
    ]
    revision = draft.save_revision()
    booking = book(first)
    revision.publish()
    booking.refresh_from_db()
    assert {time.pk for time in Event.objects.get().times.all()} > {first.pk}
    assert EventTime.objects.count() == 2


def test_an_event_needs_a_time(admin_client_sv, event):
    forms = [time_form(event.times.get(), DELETE="on")]
    response = send(admin_client_sv, event, forms, **{"action-publish": "1"})
    assert response.status_code == 200
    assert EventTime.objects.count() == 1


def test_what_spans_fields_is_said_at_its_field(admin_client_sv, event):
    forms = [time_form(event.times.get())]
    response = send(admin_client_sv, event, forms, capacity="", **{"action-publish": "1"})
    assert response.status_code == 200
    assert "capacity" in response.context["form"].errors


def test_a_draft_is_not_shown_until_it_is_published(admin_client_sv, client, event):
    forms = [time_form(event.times.get())]
    send(admin_client_sv, event, forms, title="Väntar", **{"action-draft": "1"})
    event.refresh_from_db()
    assert (event.title, event.has_unpublished_changes) == ("Bygg en holk", True)
    event.get_latest_revision().publish()
    event.refresh_from_db()
    assert (event.title, event.slug) == ("Väntar", event.slug)


def test_an_older_revision_revives_no_cancelled_event_and_moves_no_address(event):
    old = event.save_revision()
    slug, county = event.slug, event.county_code
    event.cancelled_at = timezone.now()
    event.cancel_reason = "Sjukdom"
    event.save()
    event.title = "Ett annat namn"
    event.municipality_code = "0180"
    event.save_revision().publish()
    type(old).objects.get(pk=old.pk).publish()
    event = Event.objects.get(pk=event.pk)
    assert event.title == "Bygg en holk"
    assert (event.is_cancelled, event.cancel_reason) == (True, "Sjukdom")
    assert (event.slug, event.county_code) == (slug, county)
    assert event.sequence == 3


def test_an_unpublished_event_is_nowhere_and_comes_back_with_its_bookings(event, client):
    booking = book(event.times.get())
    address = reverse("event_calendar", args=[event.uid])
    event.unpublish()
    assert client.get(address).status_code == 404
    Event.objects.get().get_latest_revision().publish()
    assert client.get(address).status_code == 200
    booking.refresh_from_db()


def test_the_preview_shows_times_that_are_not_saved(admin_client_sv, event):
    time = event.times.get()
    new = EventTime(
        starts_at=time.starts_at + timedelta(days=3), ends_at=time.ends_at + timedelta(days=3)
    )
    address = reverse(f"{EVENT}:preview_on_edit", args=[event.pk])
    data = form_of(event, [time_form(time), time_form(new)], title="Utkastets namn")
    assert admin_client_sv.post(address, data).json()["is_valid"]
    html = admin_client_sv.get(address).content.decode()
    assert "Utkastets namn" in html
    with translation.override("sv"):
        assert f"{new.local_start:%H:%M}" in html
        assert str(new.local_start.day) in html
    assert EventTime.objects.count() == 1


def test_a_preview_before_the_first_saving_renders(admin_client_sv, campaign, event):
    new = Event(
        campaign=campaign,
        title="Helt nytt",
        host="Skoopi",
        description="Kom.",
        municipality_code="0180",
        venue="Gatan 1",
    )
    address = reverse(f"{EVENT}:preview_on_add")
    time = event.times.get()
    data = form_of(new, [time_form(time, id="")])
    assert admin_client_sv.post(address, data).json()["is_valid"]
    response = admin_client_sv.get(address)
    assert response.status_code == 200
    assert "Helt nytt" in response.content.decode()


def test_an_event_is_inspected_and_its_history_and_usage_seen(admin_client_sv, event):
    for name in ("inspect", "history", "usage", "edit", "delete"):
        response = admin_client_sv.get(reverse(f"{EVENT}:{name}", args=[event.pk]))
        assert response.status_code == 200, name
    inspected = admin_client_sv.get(reverse(f"{EVENT}:inspect", args=[event.pk])).content.decode()
    assert event.venue in inspected
    assert event.organiser.email not in inspected


def test_no_revision_or_log_keeps_the_organiser(event):
    event.save_revision()
    content = str(list(event.revisions.values_list("content", flat=True)))
    assert event.organiser.email not in content
    assert event.organiser.phone not in content


def test_the_edit_view_counts_people_and_shows_the_report(admin_client_sv, event):
    book(event.times.get(), number=6)
    EventReport.objects.create(event=event, visitors=38, new_contacts=5, comment="Fint väder.")
    html = admin_client_sv.get(reverse(f"{EVENT}:edit", args=[event.pk])).content.decode()
    for words in ("6", "38", "Fint väder.", event.organiser.email):
        assert words in html


def test_the_counties_without_an_event_are_told(admin_client_sv, campaign, event, workflow):
    cancelled = make_event(campaign, municipality_code="0180")
    cancelled.cancelled_at = timezone.now()
    cancelled.save()
    waiting = make_event(campaign, municipality_code="1280", publish=False)
    workflow.start(waiting, None)
    make_event(campaign, municipality_code="2480", publish=False)
    rows = {row.county.code: (row.approved, row.waiting) for row in county_rows(campaign)}
    assert len(rows) == 21
    assert {code: row for code, row in rows.items() if any(row)} == {"21": (1, 0), "12": (0, 1)}
    response = admin_client_sv.get(reverse("county_overview:index"), {"campaign": campaign.pk})
    html = response.content.decode()
    with translation.override("sv"):
        words = in_words(county_rows(campaign))
    assert "20" in words
    assert "Gävleborgs län" not in words
    assert "Stockholms län" in words
    assert html.count("w-status--primary") == 20
    assert "Skåne län" in html


def test_a_change_that_waits_does_not_hide_the_published_event(campaign, event, workflow):
    event.title = "Ny titel"
    event.save_revision()
    workflow.start(event, None)
    [row] = [row for row in county_rows(campaign) if row.county.code == "21"]
    assert (row.approved, row.waiting) == (1, 0)


def test_the_overview_asks_little_and_takes_the_coming_campaign(
    admin_client_sv, campaigns, campaign, event, django_assert_num_queries
):
    make_campaign(campaigns, days=-300, title="Förra året")
    make_campaign(campaigns, days=400, title="Om ett år")
    response = admin_client_sv.get(reverse("county_overview:index"))
    assert response.context["campaign"] == campaign
    county_rows(campaign)
    with django_assert_num_queries(2):
        county_rows(campaign)


def test_the_overview_without_a_campaign_says_so(admin_client_sv, home):
    assert admin_client_sv.get(reverse("county_overview:index")).status_code == 200
    assert admin_client_sv.get(reverse("county_overview:csv")).status_code == 404


@pytest.mark.parametrize("number", ["999999", "x", "1e9", "-1", ""])
def test_an_odd_campaign_breaks_nothing(admin_client_sv, campaign, event, number):
    for name in ("index", "csv"):
        response = admin_client_sv.get(reverse(f"county_overview:{name}"), {"campaign": number})
        assert response.status_code in (200, 404)


def test_the_table_for_staff_has_every_event_with_its_report(
    admin_client_sv, campaign, event, workflow, django_assert_max_num_queries
):
    book(event.times.get(), number=6)
    EventReport.objects.create(event=event, visitors=38, new_contacts=5, comment="=SUM(A1)")
    waiting = make_event(campaign, title="Väntar på svar", publish=False)
    workflow.start(waiting, None)
    with django_assert_max_num_queries(15):
        response = admin_client_sv.get(reverse("county_overview:csv"), {"campaign": campaign.pk})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(rows[0])}
    [row] = [row for row in rows if row[0] == "Bygg en holk"]
    for cell in ("Gävleborgs län", "Gävle", "38", "5", "6", "'=SUM(A1)", event.organiser.email):
        assert cell in row
    assert "Väntar på svar" in {row[0] for row in rows}


def test_the_reports_are_in_the_menu(admin_client_sv, campaign):
    html = admin_client_sv.get(reverse("wagtailadmin_home")).content.decode()
    assert "/admin/county_overview/" in html
    assert reverse(f"{EVENT}:list") in html


def test_staff_cancel_an_event_and_visitors_are_told(
    admin_client_sv: Any, event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    book(event.times.get())
    url = reverse("event_staff_cancel", args=[event.pk])
    assert admin_client_sv.post(url, {"reason": ""}).status_code == 200
    event.refresh_from_db()
    assert not event.is_cancelled
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client_sv.post(url, {"reason": "Vattenläcka."}).status_code == 302
    event.refresh_from_db()
    assert event.is_cancelled
    assert event.cancel_reason == "Vattenläcka."
    assert [message.to for message in mail.outbox] == [["besokare@example.com"]]
    assert admin_client_sv.get(url).status_code == 302


def test_a_new_organiser_gets_the_only_link_that_works(
    client: Any, admin_client_sv: Any, event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    old = urlsplit(organiser_url(event.organiser)).path
    form = {"name": "Ny i köket", "email": "ny@example.com", "phone": "", "language": "sv"}
    url = reverse("event_staff_organiser", args=[event.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client_sv.post(url, form).status_code == 302
    assert mail.outbox[-1].to == ["ny@example.com"]
    assert client.get(old).status_code == 404
    new = EventOrganiser.objects.get(event=event)
    assert client.get(urlsplit(organiser_url(new)).path).status_code == 200


def test_an_event_without_an_organiser_is_given_one(admin_client_sv: Any, event: Event) -> None:
    EventOrganiser.objects.all().delete()
    form = {"name": "Ny", "email": "ny@example.com", "phone": "", "language": "en"}
    url = reverse("event_staff_organiser", args=[event.pk])
    assert admin_client_sv.post(url, form).status_code == 302
    assert EventOrganiser.objects.get(event=event).email == "ny@example.com"


@pytest.mark.parametrize("name", ["event_staff_cancel", "event_staff_organiser"])
def test_only_who_may_approve_cancels_or_sees_to_the_organiser(
    client: Any, event: Event, name: str
) -> None:
    url = reverse(name, args=[event.pk])
    assert client.get(url).status_code == 302
    set_up_groups()
    editor = User.objects.create_user("redaktor", "redaktor@example.com", "x")
    editor.groups.add(Group.objects.get(name=EDITORS.name))
    client.force_login(editor)
    answer = client.post(url, {"reason": "Nej.", "name": "x", "email": "x@example.com"})
    assert answer.status_code in (302, 403)
    event.refresh_from_db()
    assert not event.is_cancelled
    assert event.organiser.email != "x@example.com"


def test_an_event_that_is_booked_is_not_deleted(admin_client_sv: Any, event: Event) -> None:
    book(event.times.get())
    url = reverse(f"{EVENT}:delete", args=[event.pk])
    assert admin_client_sv.post(url).status_code == 302
    assert Event.objects.filter(pk=event.pk).exists()
    Booking.objects.update(state=BookingState.CANCELLED)
    admin_client_sv.post(url)
    assert not Event.objects.filter(pk=event.pk).exists()
    assert not Booking.objects.exists()
