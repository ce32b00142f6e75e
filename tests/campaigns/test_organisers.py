"""An organiser's road by a signed link: confirm, hear from staff, change, cancel, copy, report."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from campaigns.enums import BookingState
from campaigns.events.addresses import confirm_url, organiser_path, organiser_token
from campaigns.models import (
    Booking,
    Event,
    EventApprovalTask,
    EventDraft,
    EventOrganiser,
    EventReport,
)
from tests.campaigns.factories import CampaignPageFactory, CampaignSeriesPageFactory, make_event
from tests.campaigns.organisers import (
    ANSWERS,
    Browser,
    begin,
    errors_in,
    fill_in,
    link_in,
    picture_file,
    register,
    send,
    step_of,
)


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def clock():
    with time_machine.travel("2027-03-01T09:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def series(clock, home):
    return CampaignSeriesPageFactory(parent=home, slug="oppet-hus")


def edition(series, year):
    return CampaignPageFactory(
        parent=series,
        slug=str(year),
        title=f"Öppet hus {year}",
        starts_on=date(year, 5, 8),
        ends_on=date(year, 5, 9),
        registration_opens_on=date(year, 2, 1),
        registration_closes_on=date(year, 4, 30),
    )


@pytest.fixture
def campaign(series):
    return edition(series, 2027)


@pytest.fixture
def moderator(db):
    """Somebody in the group that judges events, and the workflow in which it does."""
    group = Group.objects.create(name="Granskare")
    user = User.objects.create_user("granskare", "granskare@example.com", "password")
    user.groups.add(group)
    group.permissions.set(Permission.objects.filter(codename__in=["change_event", "publish_event"]))
    workflow = Workflow.objects.create(name="Granskning av evenemang")
    task = EventApprovalTask.objects.create(name="Godkänns")
    task.groups.set([group])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(Event), defaults={"workflow": workflow}
    )
    return user


@pytest.fixture
def judge(moderator, django_capture_on_commit_callbacks):
    """Approve or reject what is under review, as a moderator."""

    def act(action, event=None, **form):
        event = event or Event.objects.get()
        state = event.current_workflow_task_state
        with django_capture_on_commit_callbacks(execute=True):
            state.task.specific.on_action(state, moderator, action, **form)
        event.refresh_from_db()
        return event

    return act


@pytest.fixture
def page(client, campaign, moderator):
    """The organiser's page of an event that has been sent in and confirmed."""
    return register(client, campaign)


@pytest.fixture
def approved(page, judge):
    """An event that is in the programme; ``page`` is its organiser's."""
    return judge("approve")


def text(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def change(client, page, **changes):
    """Change some steps of the event and send the change."""
    url = client.post(f"{page}andra/").url
    for step, answers in changes.items():
        response = client.post(step_of(url, step), answers)
        assert response.status_code == 302, errors_in(response)
    return send(client, url)


# Confirming


def test_confirming_the_address_starts_the_review(client, campaign, moderator):
    url = begin(client, campaign)
    fill_in(client, url)
    send(client, url)
    event = Event.objects.get()
    link = link_in(mail.outbox[-1], "bekrafta")
    assert not event.workflow_in_progress
    response = client.post(link)
    assert response.status_code == 302
    assert Event.objects.get().workflow_in_progress
    assert EventOrganiser.objects.get().confirmed_at is not None
    to_organiser = [message for message in mail.outbox if message.to == ["kim@example.com"]]
    assert len(to_organiser) == 2
    assert link_in(to_organiser[-1], "arrangor")
    assert ["granskare@example.com"] in [message.to for message in mail.outbox]
    assert "Vi läser" in text(client, response.url) or "We are reading" in text(
        client, response.url
    )


def test_confirming_twice_is_confirming_once(client, page):
    event = Event.objects.get()
    sent = len(mail.outbox)
    assert client.post(confirm_url(event.organiser)).status_code == 302
    assert len(mail.outbox) == sent
    assert event.workflow_states.count() == 1


def test_a_link_of_a_replaced_version_is_dead(client, page):
    organiser = EventOrganiser.objects.get()
    confirm = confirm_url(organiser)
    draft = client.post(f"{page}andra/").url
    EventOrganiser.objects.update(link_version=2)
    assert client.get(page).status_code == 404
    assert client.get(confirm).status_code == 404
    assert client.get(draft).status_code == 404
    organiser.refresh_from_db()
    assert client.get(organiser_path(organiser)).status_code == 200


def test_looking_changes_nothing(client, page):
    for path in ("andra/", "kopiera/"):
        assert client.get(f"{page}{path}").status_code == 405
    assert EventDraft.objects.count() == 0
    client.get(f"{page}stall-in/")
    assert Event.objects.get().cancelled_at is None


def test_forms_of_the_organiser_are_safe_from_other_sites(page):
    strict = Browser(enforce_csrf_checks=True)
    for path in ("andra/", "kopiera/", "stall-in/", "rapport/"):
        assert strict.post(f"{page}{path}", {"reason": "x"}).status_code == 403


def test_another_organisers_event_is_out_of_reach(client, page, campaign):
    other = make_event(campaign, title="Någon annans")
    assert "Någon annans" not in text(client, page)
    token = organiser_token(other.organiser)
    mixed = page.split("/")[2].rpartition(":")[2]
    assert client.get(f"/arrangor/{token.rpartition(':')[0]}:{mixed}/").status_code == 404


# Judging


def test_approval_puts_it_in_the_programme_and_tells_the_organiser(client, approved, page):
    assert approved.live
    message = mail.outbox[-1]
    assert message.to == ["kim@example.com"]
    assert approved.get_url() in str(message.body)
    assert link_in(message, "arrangor")
    assert client.get(approved.get_url()).status_code == 200
    assert approved.get_url() in text(client, page)


def test_what_is_sent_back_says_why_and_can_be_sent_again(client, page, judge):
    event = judge("reject", comment="Skriv vilken trappa ni menar.")
    assert not event.live
    message = mail.outbox[-1]
    assert "Skriv vilken trappa ni menar." in str(message.body)
    shown = text(client, link_in(message, "arrangor"))
    assert "Skriv vilken trappa ni menar." in shown
    change(client, page, access=ANSWERS["access"] | {"access_note": "Trappan vid entrén."})
    event = Event.objects.get()
    assert event.workflow_in_progress
    assert event.workflow_states.count() == 1
    assert event.access_note == "Trappan vid entrén."
    assert "Skriv vilken trappa" not in text(client, page)
    assert judge("approve").live


def test_what_is_published_without_the_review_is_told_once(
    client, page, moderator, django_capture_on_commit_callbacks
):
    event = Event.objects.get()
    sent = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        event.get_latest_revision().publish()
    assert [message.to for message in mail.outbox[sent:]] == [["kim@example.com"]]
    event.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        event.save_revision().publish()
    assert len(mail.outbox) == sent + 1


def test_organisers_who_have_not_confirmed_get_no_mail_of_judgements(
    campaign, moderator, django_capture_on_commit_callbacks
):
    event = make_event(campaign, publish=False, organiser={"confirmed_at": None})
    with django_capture_on_commit_callbacks(execute=True):
        event.get_latest_revision().publish()
    assert mail.outbox == []


# Changing


def test_a_change_is_read_before_it_is_public(client, approved, page, judge):
    change(client, page, what=ANSWERS["what"] | {"title": "Baka pepparkakor"})
    event = Event.objects.get()
    assert event.title == "Baka bullar med oss"
    public = text(client, event.get_url())
    assert "Baka bullar med oss" in public
    assert "pepparkakor" not in public
    assert event.workflow_in_progress
    judge("approve")
    assert "Baka pepparkakor" in text(client, event.get_url())


def test_a_change_of_a_change_voids_what_a_moderator_has_open(client, approved, page, moderator):
    change(client, page, what=ANSWERS["what"] | {"title": "Första"})
    first = Event.objects.get().current_workflow_task_state
    change(client, page, what=ANSWERS["what"] | {"title": "Andra"})
    second = Event.objects.get().current_workflow_task_state
    assert first.pk != second.pk
    assert second.revision.as_object().title == "Andra"
    first.refresh_from_db()
    assert first.status == first.STATUS_CANCELLED


def test_the_form_for_a_change_holds_what_was_sent(client, approved, page):
    url = client.post(f"{page}andra/").url
    shown = text(client, url)
    for said in ("Kvarterscaféet", "Baka bullar med oss", "lördag 8 maj 2027 10:00–14:00", "Gävle"):
        assert said in shown
    assert client.post(f"{page}andra/").url.rpartition(":")[0]
    assert EventDraft.objects.count() == 1


def test_a_change_can_be_thrown_away(client, approved, page):
    url = client.post(f"{page}andra/").url
    client.post(step_of(url, "what"), ANSWERS["what"] | {"title": "Ångrad"})
    assert client.post(url, {"do": "discard"}).status_code == 302
    assert EventDraft.objects.count() == 0
    assert client.get(url).status_code == 404
    assert Event.objects.get().get_latest_revision_as_object().title == "Baka bullar med oss"


def test_the_address_stays_whatever_is_posted(client, approved, page):
    change(client, page, who=ANSWERS["who"] | {"email": "tjuv@example.com", "name": "Robin"})
    organiser = EventOrganiser.objects.get()
    assert (organiser.email, organiser.name) == ("kim@example.com", "Robin")


def test_a_changed_time_keeps_its_identity_and_a_new_one_gets_its_own(
    client, approved, page, judge
):
    uid = approved.times.get().uid
    times = ANSWERS["when"] | {
        "rows": "2",
        "opens-0": "11:00",
        "key-0": str(uid),
        "day-1": "2027-05-09",
        "opens-1": "10:00",
        "closes-1": "12:00",
    }
    change(client, page, when=times)
    event = judge("approve")
    assert event.ordered_times()[0].uid == uid
    assert event.times.count() == 2
    change(client, page, access=ANSWERS["access"])
    event = judge("approve")
    assert event.times.count() == 2


def test_the_picture_stays_through_a_change_and_can_go(client, campaign, moderator, judge):
    url = begin(client, campaign)
    fill_in(client, url)
    client.post(
        step_of(url, "picture"), {"picture": picture_file(), "picture_alt": "Två som bakar."}
    )
    send(client, url)
    page = client.post(link_in(mail.outbox[-1], "bekrafta")).url
    event = judge("approve")
    picture = event.picture
    change(client, page, access=ANSWERS["access"])
    assert judge("approve").picture == picture
    url = client.post(f"{page}andra/").url
    assert client.get(step_of(url, "picture") + "file/").status_code == 200
    client.post(step_of(url, "picture"), {"picture_alt": "x", "remove": "on"})
    send(client, url)
    assert judge("approve").picture is None


def test_one_changes_until_the_day_and_no_longer(client, approved, page, clock):
    clock.move_to("2027-05-07T20:00:00Z")
    assert client.post(f"{page}andra/").url.endswith("/check/")
    url = client.post(f"{page}andra/").url
    clock.move_to("2027-05-08T05:00:00Z")
    assert client.post(f"{page}andra/").url.startswith("/arrangor/")
    assert client.post(step_of(url, "what"), ANSWERS["what"]).url.startswith("/arrangor/")
    assert send(client, url).url.startswith("/arrangor/")
    assert not Event.objects.get().workflow_in_progress


def book(event, number=2, state=BookingState.CONFIRMED, email="gast@example.com"):
    return Booking.objects.create(
        event=event,
        time=event.times.first(),
        name="Gäst",
        email=email,
        number=number,
        state=state,
    )


def test_a_booked_time_cannot_be_taken_away(client, approved, page):
    book(approved)
    uid = approved.times.get().uid
    url = client.post(f"{page}andra/").url
    kept = {"rows": "2", "key-0": str(uid), "opens-0": "", "closes-0": "", "day-0": "2027-05-08"}
    other = {"day-1": "2027-05-09", "opens-1": "10:00", "closes-1": "12:00"}
    response = client.post(step_of(url, "when"), kept | other)
    assert list(errors_in(response)) == ["opens-0"]
    assert "lördag 8 maj 2027" in str(errors_in(response))
    without = {"rows": "1", "day-0": "2027-05-09", "opens-0": "10:00", "closes-0": "12:00"}
    response = client.post(step_of(url, "when"), without)
    assert list(errors_in(response)) == ["opens-0"]


def test_a_booked_time_can_be_moved(client, approved, page, judge):
    booking = book(approved)
    uid = str(approved.times.get().uid)
    times = ANSWERS["when"] | {"opens-0": "12:00", "closes-0": "16:00", "key-0": uid}
    sequence = approved.sequence
    sent = len(mail.outbox)
    change(client, page, when=times)
    event = judge("approve")
    booking.refresh_from_db()
    assert booking.time.in_words == "lördag 8 maj 2027 12:00–16:00"
    assert event.sequence > sequence
    assert ["gast@example.com"] in [message.to for message in mail.outbox[sent:]]


def test_a_time_whose_bookings_are_cancelled_can_be_taken_away(client, approved, page, judge):
    book(approved, state=BookingState.CANCELLED)
    times = {"rows": "1", "day-0": "2027-05-09", "opens-0": "10:00", "closes-0": "12:00"}
    change(client, page, when=times)
    event = judge("approve")
    assert [time.in_words for time in event.ordered_times()] == ["söndag 9 maj 2027 10:00–12:00"]


def test_such_a_time_can_be_taken_away_while_the_event_is_not_public(client, approved, page):
    book(approved, state=BookingState.CANCELLED)
    approved.unpublish()
    times = {"rows": "1", "day-0": "2027-05-09", "opens-0": "10:00", "closes-0": "12:00"}
    change(client, page, when=times)
    times = Event.objects.get().ordered_times()
    assert [time.in_words for time in times] == ["söndag 9 maj 2027 10:00–12:00"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"capacity": "3"}, "capacity"), ({"booking": "drop_in"}, "booking")],
)
def test_those_who_have_places_keep_them(client, approved, page, changes, field):
    book(approved, number=4)
    url = client.post(f"{page}andra/").url
    response = client.post(step_of(url, "booking"), ANSWERS["booking"] | changes)
    assert list(errors_in(response)) == [field]


# Cancelling


def test_cancelling_asks_for_a_reason_and_is_public_at_once(client, approved, page):
    booking = book(approved)
    response = client.post(f"{page}stall-in/", {"reason": ""})
    assert list(errors_in(response)) == ["reason"]
    sequence = approved.sequence
    assert client.post(f"{page}stall-in/", {"reason": "Ugnen är trasig."}).status_code == 302
    event = Event.objects.get()
    assert event.is_cancelled
    assert event.live
    assert event.sequence > sequence
    assert "Ugnen är trasig." in text(client, event.get_url())
    assert "Ugnen är trasig." in text(client, page)
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED
    assert ["gast@example.com"] in [message.to for message in mail.outbox]
    assert client.post(f"{page}andra/").url.startswith("/arrangor/")


def test_cancelling_ends_a_review_and_a_change(client, approved, page):
    change(client, page, what=ANSWERS["what"] | {"title": "Ny"})
    client.post(f"{page}andra/")
    client.post(f"{page}stall-in/", {"reason": "Nej."})
    event = Event.objects.get()
    assert not event.workflow_in_progress
    assert EventDraft.objects.count() == 0


def test_what_is_over_cannot_be_cancelled(client, approved, page, clock):
    clock.move_to("2027-05-10T09:00:00Z")
    client.post(f"{page}stall-in/", {"reason": "För sent."})
    assert not Event.objects.get().is_cancelled


# Copying


def test_last_years_event_is_copied_to_the_edition_that_is_open(
    client, approved, page, series, clock
):
    following = edition(series, 2028)
    assert client.post(f"{page}kopiera/").status_code == 404
    clock.move_to("2028-02-15T09:00:00Z")
    assert following.title in text(client, page)
    response = client.post(f"{page}kopiera/")
    shown = text(client, response.url)
    assert "Baka bullar med oss" in shown
    assert "måndag 8 maj 2028 10:00–14:00" in shown
    assert send(client, response.url).status_code == 302
    copy = Event.objects.exclude(pk=approved.pk).get()
    assert (copy.campaign, copy.copied_from) == (following, approved)
    assert copy.uid != approved.uid
    assert copy.times.get().uid != approved.times.get().uid
    assert copy.organiser.confirmed_at is None


# Reporting


def test_what_came_of_it_is_reported_after_the_day_and_can_be_corrected(
    client, approved, page, clock
):
    assert client.get(f"{page}rapport/").status_code == 302
    clock.move_to("2027-05-10T09:00:00Z")
    assert "rapport" in text(client, page)
    response = client.post(f"{page}rapport/", {"visitors": "-1", "new_contacts": "x"})
    assert list(errors_in(response)) == ["visitors", "new_contacts"]
    client.post(f"{page}rapport/", {"visitors": "40", "new_contacts": "3", "comment": "Fint!"})
    client.post(f"{page}rapport/", {"visitors": "42", "new_contacts": "3", "comment": "Fint!"})
    report = EventReport.objects.get()
    assert (report.visitors, report.new_contacts, report.comment) == (42, 3, "Fint!")
    assert "42" in text(client, page)


def test_what_was_cancelled_has_no_report(client, approved, page, clock):
    client.post(f"{page}stall-in/", {"reason": "Nej."})
    clock.move_to("2027-05-10T09:00:00Z")
    client.post(f"{page}rapport/", {"visitors": "40", "new_contacts": "3"})
    assert EventReport.objects.count() == 0


# A new link


def test_a_new_link_goes_to_who_has_registered_and_the_answer_tells_nothing(client, page):
    sent = len(mail.outbox)
    known = client.post(reverse("event_link"), {"email": "KIM@example.com"})
    assert [message.to for message in mail.outbox[sent:]] == [["kim@example.com"]]
    assert client.get(link_in(mail.outbox[-1], "arrangor")).status_code == 200
    unknown = client.post(reverse("event_link"), {"email": "ingen@example.com"})
    assert len(mail.outbox) == sent + 1
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content


def test_asking_for_links_is_limited(client, db):
    limit = [
        client.post(reverse("event_link"), {"email": "kim@example.com"}).context.get("form")
        for _ in range(6)
    ]
    assert limit[:5] == [None] * 5
    assert limit[5].non_field_errors()


def test_one_address_cannot_be_flooded_with_links_from_many_networks(client, page, settings):
    settings.TRUSTED_PROXIES = 1
    sent = len(mail.outbox)
    for number in range(8):
        asked = {"email": "KIM@example.com" if number % 2 else "kim@example.com"}
        network = {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}"}
        answer = client.post(reverse("event_link"), asked, **network)
        assert "form" not in answer.context
    assert len(mail.outbox) - sent == 5


def test_who_has_not_confirmed_gets_the_confirmation_again(client, campaign, moderator):
    url = begin(client, campaign)
    fill_in(client, url)
    send(client, url)
    client.post(reverse("event_link"), {"email": "kim@example.com"})
    assert link_in(mail.outbox[-1], "bekrafta")


def test_the_organisers_page_asks_few_questions_of_the_database(
    client, approved, page, django_assert_max_num_queries
):
    for number in range(30):
        book(approved, number=1, email=f"gast-{number}@example.com")
    with django_assert_max_num_queries(25):
        client.get(page)


def test_an_event_without_a_workflow_waits_for_staff(client, campaign):
    page = register(client, campaign)
    event = Event.objects.get()
    assert not event.live
    assert client.get(page).status_code == 200
    assert timedelta(0) == event.last_moment - max(time.ends_at for time in event.times.all())
