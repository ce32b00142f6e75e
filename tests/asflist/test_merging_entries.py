"""Two entries for the same enterprise become one, and nothing that refers to them is lost."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from asflist.enums import ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseOwner, MergedEntry
from asflist.register.merging import compare, kept_entry, keys_to_move, merge
from asflist.register.references import pointing_keys
from asflist.states import NotPossibleError, submit
from campaigns.models import Event
from core.models import OutgoingMail
from home.access import set_up_groups, set_up_workflows
from home.models import StandardPage
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.campaigns.factories import CampaignIndexPageFactory, make_campaign, make_event

CHOSEN = {"type": "item", "id": "3f1b2c1e-0000-4000-8000-000000000001"}


@pytest.fixture
def list_page(home):
    return make_list_page(home)


def make_owner(enterprise, email):
    return EnterpriseOwner.objects.create(
        enterprise=enterprise, email=email, confirmed_at=timezone.now()
    )


def test_the_one_that_is_kept_takes_over_what_it_lacks(list_page, superuser, client):
    industry = make_industry()
    kept = make_enterprise(name="Kafé Ett", phone="", employees=None, offer="<p>Eget.</p>")
    gone = make_enterprise(
        name="Café Ett",
        phone="026-99",
        employees=0,
        offer="<p>Annat.</p>",
        industries=[industry],
        tags=["surdeg"],
    )
    pairs = {pair.heading: pair for pair in compare(kept, gone)}
    assert sum(pair.filled for pair in pairs.values()) == 3
    merge(kept, gone, superuser)
    kept.refresh_from_db()
    assert (kept.phone, kept.employees, kept.offer) == ("026-99", 0, "<p>Eget.</p>")
    assert list(kept.industries.all()) == [industry]
    assert [tag.name for tag in kept.tags.all()] == ["surdeg"]
    assert "026-99" in client.get(f"/asf-listan/{kept.slug}/").content.decode()
    assert kept.get_latest_revision_as_object().phone == "026-99"


def test_owners_move_but_nobody_is_told_that_the_entry_has_left(list_page, superuser):
    kept, gone = make_enterprise(), make_enterprise()
    make_owner(kept, "anna@foretag.example")
    make_owner(gone, "Anna@foretag.example")
    make_owner(gone, "bo@foretag.example")
    assert merge(kept, gone, superuser) == 1, "one of them is an owner already"
    assert set(kept.owners.values_list("email", flat=True)) == {
        "anna@foretag.example",
        "bo@foretag.example",
    }
    assert not OutgoingMail.objects.exists()


def test_events_follow_also_in_a_change_that_waits(list_page, home, superuser):
    kept, gone = make_enterprise(), make_enterprise()
    event = make_event(make_campaign(CampaignIndexPageFactory(parent=home)), enterprise=gone)
    event.save_revision()
    merge(kept, gone, superuser)
    event = Event.objects.get(pk=event.pk)
    assert event.enterprise == kept
    assert event.get_latest_revision_as_object().enterprise == kept


def test_a_sales_organisation_sells_for_the_one_that_is_kept(list_page, superuser):
    kept, gone = make_enterprise(), make_enterprise()
    third = make_enterprise()
    for members in ([gone, third], [kept, gone, third]):
        seller = make_enterprise(entry_type="sales")
        seller.members = members
        seller.save()
        seller.save_revision()
    merge(kept, gone, superuser)
    for seller in Enterprise.objects.filter(entry_type="sales"):
        assert {member.pk for member in seller.members.all()} == {kept.pk, third.pk}
        draft = seller.get_latest_revision_as_object()
        assert {member.pk for member in draft.members.all()} == {kept.pk, third.pk}


def test_every_key_to_an_entry_is_either_moved_or_left_on_purpose():
    moved = {f"{key.model.__name__}.{key.name}" for key in keys_to_move()}
    left = {f"{key.model.__name__}.{key.name}" for key in pointing_keys(Enterprise)} - moved
    assert left == {
        "ConfirmationRequest.enterprise",
        "EnterpriseTag.content_object",
        "Enterprise_industries.enterprise",
        "Enterprise_members.from_enterprise",
        "ListingEvent.enterprise",
    }
    assert {"EnterpriseOwner.enterprise", "Event.enterprise", "MergedEntry.enterprise"} <= moved


def test_blocks_that_chose_it_choose_the_other(list_page, home, superuser):
    kept, gone = make_enterprise(), make_enterprise()
    block = {"title": "Några ASF", "number": 3, "chosen": [CHOSEN | {"value": gone.pk}]}
    page = StandardPage(title="Sida", body=json.dumps([{"type": "enterprises", "value": block}]))
    home.add_child(instance=page)
    page.save_revision()
    merge(kept, gone, superuser)
    page = StandardPage.objects.get(pk=page.pk)
    for version in (page, page.get_latest_revision_as_object()):
        assert [chosen.pk for chosen in version.body[0].value["chosen"]] == [kept.pk]


def test_the_old_address_leads_to_the_one_that_is_kept(list_page, superuser, client):
    first, second, third = make_enterprise(), make_enterprise(), make_enterprise()
    old = first.slug
    merge(second, first, superuser)
    assert kept_entry(old) == second
    merge(third, second, superuser)
    assert kept_entry(old) == third
    assert kept_entry(second.slug) == third
    assert kept_entry("finns-inte") is None
    third.state, third.live = ListingState.PAUSED, False
    third.save()
    assert kept_entry(old) is None, "nothing leads to what is not public"


def test_the_one_that_left_is_kept_off_the_list_and_both_know_why(list_page, superuser, client):
    kept, gone = make_enterprise(name="Kafé Ett"), make_enterprise()
    merge(kept, gone, superuser)
    gone.refresh_from_db()
    assert (gone.state, gone.live) == (ListingState.WITHDRAWN, False)
    assert "Kafé Ett" in gone.state_reason
    event = kept.events_of_listing.get(action=ListingAction.MERGED)
    assert (event.user, event.details["merged"]) == (superuser, gone.pk)


def test_what_would_do_harm_is_refused_and_changes_nothing(list_page, superuser, locales):
    listed = make_enterprise()
    draft = make_enterprise(live=False, state=ListingState.DRAFT)
    waiting = make_enterprise()
    waiting.save_revision()
    waiting = Enterprise.objects.get(pk=waiting.pk)
    set_up_groups()
    set_up_workflows()
    paused = make_enterprise(live=False, state=ListingState.PAUSED)
    paused.save_revision()
    submit(paused, superuser)
    english = listed.copy_for_translation(locales["en"])
    english.save()
    for kept, gone in (
        (listed, listed),
        (draft, listed),
        (waiting, listed),
        (paused, draft),
        (english, listed),
    ):
        with pytest.raises(NotPossibleError):
            merge(kept, gone, superuser)
    assert not MergedEntry.objects.exists()


def log_in(client, *names):
    user = User.objects.create_user("nagon", "n@example.org", "x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *names]))
    client.force_login(user)


def test_staff_compare_before_they_merge(list_page, client):
    kept, gone = make_enterprise(name="Kafé Ett"), make_enterprise(name="Café Ett")
    log_in(client, "publish_enterprise", "change_enterprise", "view_enterprise")
    url = reverse("register_merge:index")
    assert client.get(url).status_code == 200
    query = {"kept": kept.pk, "gone": gone.pk}
    html = client.get(url, query).content.decode()
    assert "Kafé Ett" in html
    assert "Café Ett" in html
    gone.refresh_from_db()
    assert gone.live
    client.post(url, query)
    gone.refresh_from_db()
    assert not gone.live
    assert client.get(url, query | {"gone": kept.pk}).context["form"].errors


def test_who_may_not_publish_merges_nothing(list_page, client):
    kept, gone = make_enterprise(), make_enterprise()
    log_in(client, "change_enterprise")
    url = reverse("register_merge:index")
    assert client.post(url, {"kept": kept.pk, "gone": gone.pk}).status_code in (302, 403)
    gone.refresh_from_db()
    assert gone.live
