"""Staff merge, rename and move industries, and nothing that refers to them is lost."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asflist.applications.actions import draft_of_change
from asflist.applications.content import changed_fields
from asflist.applications.steps import kept_form
from asflist.enums import ListingAction
from asflist.finding.filters import Filters
from asflist.models import EnterpriseDraft, EnterpriseOwner, Industry
from asflist.register.industries import merge, move, rename
from asflist.states import NotPossibleError
from campaigns.models import Event
from home.models import StandardPage
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.campaigns.factories import CampaignIndexPageFactory, make_campaign, make_event


@pytest.fixture
def kept(home):
    return make_industry("Städning", "stadning", synonyms="städ")


@pytest.fixture
def gone(home):
    return make_industry("Lokalvård", "lokalvard", synonyms="städ, golvvård")


def names(enterprise):
    return sorted(industry.name for industry in enterprise.industries.all())


def translate(industry, locales, name):
    english = industry.copy_for_translation(locales["en"])
    english.name = name
    english.save()
    return english


def test_every_entry_moves_and_none_stands_there_twice(kept, gone, superuser):
    one = make_enterprise(industries=[gone])
    both = make_enterprise(industries=[kept, gone])
    draft = make_enterprise(industries=[gone], live=False)
    make_enterprise(industries=[kept])
    assert merge(kept, gone, superuser) == 3
    assert [names(entry) for entry in (one, both, draft)] == [["Städning"]] * 3
    assert not Industry.objects.filter(slug="lokalvard").exists()
    for entry in (one, both, draft):
        event = entry.events_of_listing.get()
        assert (event.action, event.user) == (ListingAction.INDUSTRY_CHANGED, superuser)


def test_its_words_find_the_one_that_is_kept_in_each_language(kept, gone, superuser, locales):
    english = translate(kept, locales, "Cleaning")
    translate(gone, locales, "Facility care")
    merge(kept, gone, superuser)
    kept.refresh_from_db()
    english.refresh_from_db()
    assert kept.synonyms == "städ, Lokalvård, golvvård"
    assert english.synonyms.split(", ") == ["städ", "Facility care", "golvvård"]
    assert Industry.objects.count() == 2


def asked_for(slug):
    return ",".join(Filters.from_address(QueryDict(f"industry={slug}")).industries)


def test_its_address_goes_on_working_also_after_another_merge(kept, gone, superuser):
    third = make_industry("Service", "service")
    merge(kept, gone, superuser)
    assert asked_for("lokalvard") == "stadning"
    merge(third, Industry.objects.get(slug="stadning"), superuser)
    assert asked_for("lokalvard") == "service"
    assert asked_for("stadning") == "service"
    assert asked_for("annat") == ""


def test_the_list_finds_what_has_moved(
    home, kept, gone, superuser, client, django_capture_on_commit_callbacks
):
    make_list_page(home)
    with django_capture_on_commit_callbacks(execute=True):
        make_enterprise(name="Flyttaren", industries=[gone])
    with django_capture_on_commit_callbacks(execute=True):
        merge(kept, gone, superuser)
    html = client.get("/asf-listan/?industry=stadning").content.decode()
    assert "Flyttaren" in html


def test_a_change_that_waits_keeps_its_industry(kept, gone, superuser):
    entry = make_enterprise(industries=[])
    entry.industries = [gone]
    entry.save_revision()
    merge(kept, gone, superuser)
    entry.refresh_from_db()
    assert names(entry.get_latest_revision_as_object()) == ["Städning"]


def test_a_form_that_is_being_written_keeps_its_choice(kept, gone, superuser):
    data = {"offer": {"industries": [str(gone.pk), str(kept.pk)], "text": [str(gone.pk)]}}
    draft = EnterpriseDraft.objects.create(data=data)
    merge(kept, gone, superuser)
    draft.refresh_from_db()
    assert draft.data["offer"] == {"industries": [str(kept.pk)], "text": [str(gone.pk)]}


def test_an_owner_who_touched_nothing_has_changed_nothing(kept, gone, superuser):
    entry = make_enterprise(industries=[gone], procurement=[])
    owner = EnterpriseOwner.objects.create(enterprise=entry, email="agare@example.com")
    draft = draft_of_change(owner)
    merge(kept, gone, superuser)
    draft.refresh_from_db()
    form = kept_form(draft, "offers")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["industries"] == [kept.pk]
    assert "industries" not in changed_fields(draft, "offers", form.cleaned_data)


def test_pages_and_events_that_refer_to_it_keep_working(home, kept, gone, superuser, client):
    make_list_page(home)
    make_enterprise(name="Flyttaren", industries=[gone])
    block = {"title": "I näringen", "number": 3, "industry": gone.pk, "chosen": []}
    page = StandardPage(
        title="Sida", slug="sida", body=json.dumps([{"type": "enterprises", "value": block}])
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    event = make_event(make_campaign(CampaignIndexPageFactory(parent=home)), industry=gone)
    event.save_revision()
    merge(kept, gone, superuser)
    assert "Flyttaren" in client.get("/sida/").content.decode()
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().body[0].value["industry"] == kept
    event = Event.objects.get(pk=event.pk)
    assert event.industry == kept
    assert event.get_latest_revision_as_object().industry == kept


def test_parts_of_a_merged_industry_are_parts_of_the_one_that_is_kept(kept, gone, superuser):
    part = make_industry("Fönster", "fonster", parent=gone)
    merge(kept, gone, superuser)
    part.refresh_from_db()
    assert part.parent == kept
    with pytest.raises(NotPossibleError):
        merge(part, kept, superuser)
    with pytest.raises(NotPossibleError):
        merge(kept, kept, superuser)


def test_a_new_name_keeps_the_address_and_the_old_name_as_a_word(kept, superuser):
    entry = make_enterprise(industries=[kept])
    assert rename(kept, "Städ och lokalvård", superuser) == 1
    kept.refresh_from_db()
    assert (kept.name, kept.slug) == ("Städ och lokalvård", "stadning")
    assert kept.synonyms == "städ, Städning"
    assert entry.events_of_listing.get().details["renamed"] == "Städning"
    assert rename(kept, "Städ och lokalvård", superuser) == 0


def test_there_are_two_levels_and_never_three(kept, gone, superuser, locales):
    english = translate(gone, locales, "Facility care")
    move(gone, kept, superuser)
    gone.refresh_from_db()
    english.refresh_from_db()
    assert gone.parent == kept
    third = make_industry("Service", "service")
    for industry, parent in ((third, gone), (kept, third), (third, third)):
        with pytest.raises(NotPossibleError):
            move(industry, parent, superuser)
    move(gone, None, superuser)
    gone.refresh_from_db()
    assert gone.parent is None


def test_a_merge_costs_the_same_however_many_entries(kept, superuser, home):
    used = []
    for number in (3, 30):
        industry = make_industry(f"Nr {number}", f"nr-{number}")
        for _entry in range(number):
            make_enterprise(industries=[industry], live=False)
        with CaptureQueriesContext(connection) as queries:
            merge(kept, industry, superuser)
        used.append(len(queries))
    assert used[0] == used[1]


def log_in(client, *names):
    user = User.objects.create_user("nagon", "n@example.org", "x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *names]))
    client.force_login(user)


def test_staff_tidy_industries_in_the_admin(client, kept, gone):
    log_in(client, "change_industry", "delete_industry")
    assert "Lokalvård" in client.get(reverse("register_industries:index")).content.decode()
    for name in ("merge", "rename", "move"):
        assert client.get(reverse(f"register_industries:{name}", args=[gone.pk])).status_code == 200
    client.post(reverse("register_industries:rename", args=[gone.pk]), {"name": "Golv"})
    client.post(reverse("register_industries:move", args=[gone.pk]), {"other": kept.pk})
    gone.refresh_from_db()
    assert (gone.name, gone.parent) == ("Golv", kept)
    client.post(reverse("register_industries:merge", args=[gone.pk]), {"other": kept.pk})
    assert not Industry.objects.filter(pk=gone.pk).exists()
    response = client.post(reverse("register_industries:merge", args=[kept.pk]), {"other": "x"})
    assert response.context["form"].errors


def test_who_may_not_delete_industries_tidies_nothing(client, kept, gone):
    log_in(client, "change_industry")
    for name in ("merge", "rename", "move"):
        url = reverse(f"register_industries:{name}", args=[gone.pk])
        assert client.post(url, {"other": kept.pk, "name": "X"}).status_code in (302, 403)
    gone.refresh_from_db()
    assert gone.name == "Lokalvård"
