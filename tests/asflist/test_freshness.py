"""Once a year the owners are asked whether the entry is right."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from asflist.enums import ConfirmationAnswer, ListingAction, ListingState
from asflist.freshness.asking import AT_ONCE, ask, run
from asflist.freshness.links import read, token_for
from asflist.freshness.tasks import answer_the_question
from asflist.models import ConfirmationRequest, EnterpriseOwner
from asflist.states import confirm, pause, record, resume, withdraw
from core.models import OutgoingMail
from core.signed_links import BadLinkError
from tests.asflist.factories import make_enterprise, make_list_page

START = "2026-05-04T06:00Z"


def make_owner(enterprise, email="agare@foretag.example", **kw):
    kw.setdefault("confirmed_at", timezone.now())
    return EnterpriseOwner.objects.create(enterprise=enterprise, email=email, **kw)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def enterprise(home, clock):
    """An entry that was confirmed on 4 May 2026, with one owner."""
    make_list_page(home)
    enterprise = make_enterprise(name="Kafé Ett")
    make_owner(enterprise)
    return enterprise


def days(number):
    return timedelta(days=number)


def letters():
    return OutgoingMail.objects.filter(key__startswith="freshness:").order_by("pk")


def link(name, mail=None):
    """The path of the link called ``name`` in the last mail."""
    body = (mail or letters().last()).body
    paths = [urlsplit(url).path for url in re.findall(r"https?://\S+", body)]
    ending = {"right": "", "change": "andra/", "leave": "lamna/"}[name]
    return next(path for path in paths if re.fullmatch(rf"/mitt-asf/stammer/[^/]+/{ending}", path))


def visit(client, enterprise, home=None):
    return client.get(f"/asf-listan/{enterprise.slug}/").status_code


def test_a_year_passes_before_anybody_is_asked(enterprise, clock):
    clock.shift(days(364))
    assert run()["asked"] == 0
    clock.shift(days(1))
    assert run()["asked"] == 1
    assert letters().get().to == "agare@foretag.example"


def test_an_entry_that_nobody_has_confirmed_is_asked_at_once(enterprise):
    type(enterprise).objects.update(confirmed_on=None)
    assert run()["asked"] == 1


def test_the_owner_confirms_and_is_not_asked_again_for_a_year(client, enterprise, clock):
    clock.shift(days(365))
    run()
    path = link("right")
    page = client.get(path)
    assert "Kafé Ett" in page.content.decode()
    enterprise.refresh_from_db()
    assert str(enterprise.confirmed_on) == "2026-05-04", (
        "a scanner that follows the link says nothing"
    )
    client.post(path)
    enterprise.refresh_from_db()
    assert str(enterprise.confirmed_on) == "2027-05-04"
    assert ConfirmationRequest.objects.get().answer == ConfirmationAnswer.RIGHT
    clock.shift(days(364))
    assert run() == {"closed": 0, "paused": 0, "reminded": 0, "asked": 0}
    clock.shift(days(1))
    assert run()["asked"] == 1


def test_silence_is_reminded_three_times_paused_and_comes_back(client, enterprise, clock):
    clock.shift(days(365))
    run()
    for number in (1, 2, 3):
        clock.shift(days(13))
        assert run()["reminded"] == 0
        clock.shift(days(1))
        assert run()["reminded"] == 1
        assert ConfirmationRequest.objects.get().reminders == number
    assert visit(client, enterprise) == 200
    clock.shift(days(13))
    assert run()["paused"] == 0
    clock.shift(days(1))
    assert run()["paused"] == 1
    enterprise.refresh_from_db()
    assert enterprise.state == ListingState.PAUSED
    assert enterprise.state_reason
    assert visit(client, enterprise) == 404
    assert letters().count() == 5
    clock.shift(days(100))
    assert set(run().values()) == {0}
    client.post(link("right"))
    enterprise.refresh_from_db()
    assert enterprise.state == ListingState.APPROVED
    assert enterprise.confirmed_on == timezone.localdate()
    assert visit(client, enterprise) == 200
    actions = list(enterprise.events_of_listing.order_by("pk").values_list("action", flat=True))
    assert actions == [
        ListingAction.ASKED,
        *[ListingAction.REMINDED] * 3,
        ListingAction.PAUSED,
        ListingAction.RESUMED,
        ListingAction.CONFIRMED,
    ]


def test_the_command_can_be_run_twice(enterprise, clock):
    for shift in (365, 14, 14, 14, 14):
        clock.shift(days(shift))
        call_command("ask_whether_right")
        before = letters().count(), enterprise.events_of_listing.count()
        call_command("ask_whether_right")
        assert (letters().count(), enterprise.events_of_listing.count()) == before


def test_a_clock_that_stood_still_does_not_send_all_reminders_at_once(enterprise, clock):
    clock.shift(days(365))
    run()
    clock.shift(days(200))
    assert run() == {"closed": 0, "paused": 0, "reminded": 1, "asked": 0}
    assert run() == {"closed": 0, "paused": 0, "reminded": 0, "asked": 0}


def test_a_reminder_is_due_on_its_day_at_whatever_hour_the_clock_runs(enterprise, clock):
    clock.shift(days(365))
    run()
    clock.shift(days(14) - timedelta(hours=2))
    assert run()["reminded"] == 1


def test_an_entry_without_a_confirmed_owner_is_left_to_staff(home, clock):
    make_owner(make_enterprise(confirmed_on=None), confirmed_at=None)
    make_enterprise(confirmed_on=None)
    assert run()["asked"] == 0
    assert not letters().exists()


def test_only_what_is_on_the_list_is_asked_about(home, clock):
    for state in set(ListingState) - {ListingState.APPROVED}:
        make_owner(make_enterprise(live=False, state=state, state_reason="Därför."))
    assert run()["asked"] == 0


def test_every_owner_is_asked_in_their_language_and_one_answer_is_enough(client, enterprise, clock):
    make_owner(enterprise, "owner@foretag.example", language="en")
    clock.shift(days(365))
    run()
    swedish, english = letters()
    assert {swedish.language, english.language} == {"sv", "en"}
    assert "/en/my-enterprise/right/" in english.body
    first, second = (
        token_for(ConfirmationRequest.objects.get(), o) for o in enterprise.owners.all()
    )
    assert client.post(reverse("entry_right", args=[first])).status_code == 302
    assert client.post(reverse("entry_right", args=[second])).status_code == 410
    clock.shift(days(14))
    assert run()["reminded"] == 0


def test_the_owner_leaves_the_list_with_a_reason(client, enterprise, clock):
    clock.shift(days(365))
    run()
    path = link("leave")
    client.get(path)
    enterprise.refresh_from_db()
    assert enterprise.state == ListingState.APPROVED
    client.post(path, {"reason": "Vi lägger ner."})
    enterprise.refresh_from_db()
    assert (enterprise.state, enterprise.state_reason) == (ListingState.WITHDRAWN, "Vi lägger ner.")
    assert ConfirmationRequest.objects.get().answer == ConfirmationAnswer.LEFT
    assert visit(client, enterprise) == 404


def test_the_link_to_change_lets_the_owner_in_once(client, enterprise, clock):
    clock.shift(days(365))
    run()
    path = link("change")
    client.get(path)
    assert "enterprise_owner" not in client.session
    assert client.post(path).url == reverse("owner_page")
    assert "enterprise_owner" in client.session
    client.session.flush()
    client.cookies.clear()
    assert client.post(path).url == reverse("owner_link")
    assert "enterprise_owner" not in client.session
    assert ConfirmationRequest.objects.get().answered_at is None, "nothing has been changed yet"
    assert client.get(link("right")).status_code == 200, "the other answers are still there"


@pytest.mark.parametrize(
    "action", [ListingAction.CHANGED, ListingAction.CHANGE_APPROVED, ListingAction.APPROVED]
)
def test_a_change_answers_the_question(client, enterprise, clock, action):
    clock.shift(days(365))
    run()
    record(enterprise, action)
    assert ConfirmationRequest.objects.get().answer == ConfirmationAnswer.CHANGED
    assert client.post(link("right")).status_code == 410
    clock.shift(days(14))
    assert run() == {"closed": 0, "paused": 0, "reminded": 0, "asked": 0}


def test_staff_who_confirm_close_the_question(enterprise, superuser, clock):
    clock.shift(days(365))
    run()
    confirm(enterprise, superuser)
    assert ConfirmationRequest.objects.get().answer == ConfirmationAnswer.RIGHT


def test_what_staff_have_paused_no_owner_puts_back(client, enterprise, superuser, clock):
    clock.shift(days(365))
    run()
    pause(enterprise, superuser, "Klagomål utreds.")
    assert client.post(link("right")).status_code == 410
    enterprise.refresh_from_db()
    assert enterprise.state == ListingState.PAUSED


def test_what_silence_paused_and_staff_withdrew_stays_away(client, enterprise, superuser, clock):
    for shift in (365, 14, 14, 14, 14):
        clock.shift(days(shift))
        run()
    withdraw(enterprise, superuser, "Finns inte längre.")
    assert client.post(link("right")).status_code == 410


def test_staff_who_put_an_entry_back_close_the_question(enterprise, superuser, clock):
    for shift in (365, 14, 14, 14, 14):
        clock.shift(days(shift))
        run()
    resume(enterprise, superuser)
    assert ConfirmationRequest.objects.get().answer == ConfirmationAnswer.CLOSED
    assert set(run().values()) == {0}, "and nobody is asked the next morning"


def test_an_owner_who_is_removed_is_not_let_in_by_an_old_mail(client, enterprise, clock):
    other = make_owner(enterprise, "annan@foretag.example")
    clock.shift(days(365))
    run()
    token = token_for(ConfirmationRequest.objects.get(), other)
    other.delete()
    for name in ("entry_right", "entry_change", "entry_leave"):
        assert client.post(reverse(name, args=[token])).status_code == 410


def test_the_last_owner_gone_closes_the_question_and_nothing_is_paused(enterprise, clock):
    clock.shift(days(365))
    run()
    enterprise.owners.all().delete()
    for _round in range(6):
        clock.shift(days(14))
        run()
    enterprise.refresh_from_db()
    assert enterprise.state == ListingState.APPROVED
    assert ConfirmationRequest.objects.get().answer == ConfirmationAnswer.CLOSED


def test_forged_and_old_links_are_answered_alike(client, enterprise, clock):
    clock.shift(days(365))
    run()
    path = link("right")
    forged = path[:-3] + ("aa/" if path[-3:] != "aa/" else "bb/")
    assert client.get(forged).status_code == 410
    clock.shift(days(60))
    assert client.get(path).status_code == 200
    clock.shift(days(141))
    assert client.get(path).status_code == 410


def test_a_link_for_one_entry_answers_for_no_other(enterprise, clock):
    other = make_enterprise(confirmed_on=None)
    stranger = make_owner(other, "annan@annat.example")
    clock.shift(days(365))
    run()
    request = ConfirmationRequest.objects.get(enterprise=enterprise)
    with pytest.raises(BadLinkError):
        read(token_for(request, stranger))


def test_the_pages_are_kept_out_of_caches_and_search_engines(client, enterprise, clock):
    clock.shift(days(365))
    run()
    for name in ("right", "change", "leave"):
        response = client.get(link(name))
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_owners_own_page_tells_of_the_question_while_it_is_open(client, enterprise, clock):
    owner = enterprise.owners.get()
    assert answer_the_question(owner) == []
    clock.shift(days(365))
    run()
    (task,) = answer_the_question(owner)
    assert task.urgent
    client.post(task.url)
    assert answer_the_question(owner) == []


def test_staff_ask_before_the_year_is_out_and_only_once(enterprise, superuser):
    request = ask(enterprise, superuser)
    assert request.asked_by == superuser
    assert ask(enterprise, superuser) is None
    assert letters().count() == 1


def test_the_first_run_of_all_does_not_mail_everybody(home, clock, monkeypatch):
    monkeypatch.setattr("asflist.freshness.asking.AT_ONCE", 2)
    for number in range(3):
        make_owner(make_enterprise(confirmed_on=None), f"{number}@foretag.example")
    assert [run()["asked"] for _day in range(3)] == [2, 1, 0]
    assert AT_ONCE > 2
