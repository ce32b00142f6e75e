"""What staff do with several entries at once, and the queue that tells what needs it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from asflist.enums import ListingAction, ListingState
from asflist.freshness.asking import ask
from asflist.models import ConfirmationRequest, Enterprise, EnterpriseOwner
from tests.asflist.factories import make_enterprise, make_list_page


def address(action, *entries, next_url="/admin/"):
    ids = "&".join(f"id={getattr(entry, 'pk', entry)}" for entry in entries)
    path = reverse("wagtail_bulk_action", args=["asflist", "enterprise", action])
    return f"{path}?{ids}&next={next_url}"


def make_owner(enterprise):
    return EnterpriseOwner.objects.create(
        enterprise=enterprise, email=f"{enterprise.pk}@foretag.example", confirmed_at=timezone.now()
    )


@pytest.fixture
def list_page(home):
    return make_list_page(home)


@pytest.fixture
def keeper(client, home):
    """A browser with somebody logged in who may publish entries."""
    return log_in(client, "listansvarig", "view", "change", "publish")


@pytest.fixture
def translator(client, home):
    """A browser with somebody logged in who may change entries and publish none."""
    return log_in(client, "oversattare", "view", "change")


def log_in(client, name, *may):
    user = User.objects.create_user(name, f"{name}@example.org", "x")
    codes = ["access_admin", *(f"{action}_enterprise" for action in may)]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


def test_entries_are_paused_and_put_back_with_everything_written_down(keeper, list_page):
    one, two = make_enterprise(), make_enterprise()
    assert keeper.get(address("pause", one, two)).status_code == 200
    one.refresh_from_db()
    assert one.state == ListingState.APPROVED, "asking is not doing"
    keeper.post(address("pause", one, two), {"reason": "Flyttar."})
    assert {e.state for e in Enterprise.objects.all()} == {ListingState.PAUSED}
    event = one.events_of_listing.get()
    assert (event.action, event.reason) == (ListingAction.PAUSED, "Flyttar.")
    assert event.user.username == "listansvarig"
    assert keeper.get(f"/asf-listan/{one.slug}/").status_code == 404
    keeper.post(address("resume", one, two))
    assert {e.state for e in Enterprise.objects.all()} == {ListingState.APPROVED}
    assert keeper.get(f"/asf-listan/{one.slug}/").status_code == 200


def test_nothing_is_taken_off_without_a_reason(keeper):
    entry = make_enterprise()
    for action in ("pause", "withdraw"):
        response = keeper.post(address(action, entry), {"reason": " "})
        assert response.status_code == 200
        assert response.context["form"].errors
    entry.refresh_from_db()
    assert entry.state == ListingState.APPROVED


def test_what_the_state_does_not_allow_is_left_and_told(keeper):
    draft = make_enterprise(live=False, state=ListingState.DRAFT)
    listed = make_enterprise()
    response = keeper.post(address("pause", draft, listed), {"reason": "Flyttar."}, follow=True)
    texts = [str(message) for message in response.context["messages"]]
    assert len(texts) == 2
    draft.refresh_from_db()
    listed.refresh_from_db()
    assert (draft.state, listed.state) == (ListingState.DRAFT, ListingState.PAUSED)


@pytest.mark.parametrize("action", ["ask", "pause", "resume", "withdraw"])
def test_who_may_not_publish_does_none_of_it(translator, action):
    entry = make_enterprise()
    make_owner(entry)
    response = translator.get(address(action, entry))
    assert response.context["items"] == []
    translator.post(address(action, entry), {"reason": "Därför."})
    entry.refresh_from_db()
    assert entry.state == ListingState.APPROVED
    assert not entry.events_of_listing.exists()


def test_a_chosen_translation_stands_for_its_source(keeper, locales):
    source = make_enterprise()
    english = source.copy_for_translation(locales["en"])
    english.save()
    keeper.post(address("withdraw", english), {"reason": "Upphör."})
    source.refresh_from_db()
    assert source.state == ListingState.WITHDRAWN


def test_all_means_what_the_listing_showed(keeper):
    here, there = make_enterprise(municipality="2180"), make_enterprise(municipality="0180")
    listing = reverse("wagtailsnippets_asflist_enterprise:list")
    keeper.post(
        address("pause", "all", next_url=f"{listing}%3Fcounty_code=21"), {"reason": "Flyttar."}
    )
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.state, there.state) == (ListingState.PAUSED, ListingState.APPROVED)
    response = keeper.get(address("pause", "all", next_url=f"{listing}%3Fq=finnsinte"))
    assert response.status_code in (200, 404)
    keeper.post(address("withdraw", "all", next_url=f"{listing}%3Fq=x"), {"reason": "Fel."})
    there.refresh_from_db()
    assert there.state == ListingState.APPROVED


def test_owners_are_asked_and_entries_with_nobody_to_ask_are_left(keeper):
    with_owner, without = make_enterprise(), make_enterprise()
    make_owner(with_owner)
    keeper.post(address("ask", with_owner, without))
    request = ConfirmationRequest.objects.get()
    assert request.enterprise == with_owner
    assert request.asked_by.username == "listansvarig"


def test_the_queue_shows_the_oldest_first_and_who_cannot_be_asked(keeper):
    today = timezone.localdate()
    fresh = make_enterprise(name="Färsk")
    old = make_enterprise(name="Gammal", confirmed_on=date(2020, 1, 1))
    never = make_enterprise(name="Aldrig", confirmed_on=None)
    make_enterprise(name="Utkast", live=False)
    for entry in (fresh, old):
        make_owner(entry)
    ask(old)
    response = keeper.get(reverse("freshness_queue:index"))
    shown = list(response.context["object_list"])
    assert shown == [never, old, fresh]
    assert [entry.has_owner for entry in shown] == [False, True, True]
    assert [entry.reminders for entry in shown] == [None, 0, None]
    html = response.content.decode()
    assert "Aldrig" in html
    for action in ("ask", "pause", "resume", "withdraw"):
        assert reverse("wagtail_bulk_action", args=["asflist", "enterprise", action]) in html
    assert "Utkast" not in html
    assert today - timedelta(days=1) < fresh.confirmed_on


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        ("due", ["Aldrig", "Gammal"]),
        ("asked", ["Gammal"]),
        ("reminded", []),
        ("paused", []),
        ("nobody", ["Aldrig"]),
    ],
)
def test_the_queue_is_filtered_by_how_it_stands(keeper, standing, names):
    make_owner(make_enterprise(name="Färsk"))
    old = make_enterprise(name="Gammal", confirmed_on=date(2020, 1, 1))
    make_owner(old)
    make_enterprise(name="Aldrig", confirmed_on=None)
    ask(old)
    response = keeper.get(reverse("freshness_queue:index"), {"standing": standing})
    assert [entry.name for entry in response.context["object_list"]] == names


def test_the_queue_is_closed_to_who_may_not_publish(translator):
    assert translator.get(reverse("freshness_queue:index")).status_code in (302, 403)


@pytest.mark.parametrize("number", [3, 30])
def test_the_queue_costs_the_same_however_long_it_is(keeper, number, django_assert_max_num_queries):
    for _entry in range(number):
        make_owner(make_enterprise(confirmed_on=None))
    with django_assert_max_num_queries(15):
        keeper.get(reverse("freshness_queue:index"))
