"""What staff see and do beside an entry in the admin, and who may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asflist import states
from asflist.enums import ListingState
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent
from asflist.owners.access import find_owner, login_url
from asflist.review import alike
from asflist.review.alike import find_alike
from asflist.review.legal_forms import read_number
from core.models import OutgoingMail
from core.signed_links import BadLinkError
from home.access import set_up_groups, set_up_workflows
from tests.asflist.factories import make_enterprise, make_industry

REASON = "Beskriv hur deltagarna är med och bestämmer."
NAMES = ("pause", "resume", "decline", "withdraw", "owner_add")
OF_OWNER = ("owner_remove", "owner_link", "owner_hand_over")


@pytest.fixture
def people(home):
    """One user of each role, by the group's name."""
    set_up_groups()
    set_up_workflows()
    found = {}
    for group in Group.objects.all():
        found[group.name] = User.objects.create_user(f"user-{group.pk}", password="x")
        found[group.name].groups.add(group)
    return found


@pytest.fixture
def keeper_client(people, client):
    client.force_login(people["Listansvariga"])
    return client


def make_owner(enterprise, email="agare@hemlig.example", **kw):
    kw.setdefault("confirmed_at", timezone.now())
    return EnterpriseOwner.objects.create(enterprise=enterprise, email=email, **kw)


def edit(entry):
    return reverse("wagtailsnippets_asflist_enterprise:edit", args=[entry.pk])


def make_change():
    entry = make_enterprise(industries=[make_industry()], languages=["sv", "ar"])
    entry.save_revision().publish()
    owner = make_owner(entry)
    draft = entry.get_latest_revision_as_object()
    draft.summary = "Lagar <b>middag</b> åt kontor i hela stan."
    draft.languages = ["sv", "so"]
    draft.employees = 9
    draft.delivers_nationwide = True
    draft.integrates = True
    draft.save_revision()
    states.submit(entry, owner)
    return entry


def test_the_reviewer_sees_what_the_change_changes(keeper_client, people):
    entry = make_change()
    html = keeper_client.get(edit(entry)).content.decode()
    for sign in ("<del", "<ins", "somaliska", "arabiska"):
        assert sign.lower() in html.lower(), sign
    assert "<b>middag</b>" not in html.partition("asf-differences")[2].partition("</dl>")[0]


def test_wagtails_own_comparison_works_for_entries(keeper_client, people):
    entry = make_change()
    address = reverse(
        "wagtailsnippets_asflist_enterprise:revisions_compare",
        args=[entry.pk, "live", "latest"],
    )
    assert keeper_client.get(address).status_code == 200


def test_the_reviewer_sees_criteria_proofs_history_and_owners(keeper_client, people):
    entry = make_enterprise(
        live=False,
        integrates=True,
        integrates_proof="Stadgarna § 2",
        target_group_share=45,
        target_group_share_on=date(2026, 1, 31),
        industries=[make_industry()],
    )
    make_owner(entry)
    states.submit(entry)
    states.request_changes(entry, people["Listansvariga"], REASON)
    html = keeper_client.get(edit(entry)).content.decode()
    for text in ("Stadgarna § 2", "45 %", "agare@hemlig.example", REASON, "1974:174"):
        assert text in html, text


def test_who_approves_sees_the_answer_and_its_proof_beside_each_box(keeper_client):
    answers = {"independent": False, "independent_proof": "Kommunen äger <hälften>."}
    entry = make_enterprise(live=False, industries=[make_industry()], integrates=True, **answers)
    make_owner(entry)
    states.submit(entry)
    step = entry.current_workflow_task_state
    address = reverse(
        "wagtailsnippets_asflist_enterprise:workflow_action", args=[entry.pk, "approve", step.pk]
    )
    html = keeper_client.get(address).json()["html"]
    independent = html.partition("id_independent")[2].partition("</li>")[0]
    assert "#icon-cross" in independent
    assert "Kommunen äger &lt;hälften&gt;." in independent
    assert "#icon-check" in html.partition("id_integrates")[2].partition("</li>")[0]
    assert 'name="comment"' in html


@pytest.mark.parametrize("role", ["Översättare", "Redaktörer"])
def test_who_may_not_judge_sees_nothing_of_owners(people, client, role):
    entry = make_change()
    client.force_login(people[role])
    response = client.get(edit(entry))
    html = response.content.decode()
    assert "agare@hemlig.example" not in html
    assert reverse("enterprise_pause", args=[entry.pk]) not in html
    listing = client.get(reverse("wagtailsnippets_asflist_enterprise:list")).content.decode()
    assert "hemlig.example" not in listing


def addresses(entry, owner):
    found = [reverse(f"enterprise_{name}", args=[entry.pk]) for name in NAMES]
    return found + [reverse(f"enterprise_{name}", args=[entry.pk, owner.pk]) for name in OF_OWNER]


@pytest.mark.parametrize("role", ["Översättare", "Redaktörer"])
def test_only_who_may_publish_acts_on_an_entry(people, client, role):
    entry = make_enterprise()
    owner = make_owner(entry)
    client.force_login(people[role])
    data = {"reason": REASON, "email": "ny@hemlig.example", "language": "sv"}
    for address in addresses(entry, owner):
        assert client.get(address).status_code in (302, 403), address
        assert client.post(address, data).status_code in (302, 403), address
    entry.refresh_from_db()
    assert entry.state == ListingState.APPROVED
    assert list(entry.owners.all()) == [owner]
    assert not ListingEvent.objects.exists()


def test_the_forms_open_for_who_may(keeper_client):
    entry = make_enterprise()
    for address in addresses(entry, make_owner(entry)):
        assert keeper_client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pause", ListingState.APPROVED, ListingState.PAUSED),
        ("resume", ListingState.PAUSED, ListingState.APPROVED),
        ("decline", ListingState.SUBMITTED, ListingState.DECLINED),
        ("withdraw", ListingState.APPROVED, ListingState.WITHDRAWN),
    ],
)
def test_staff_change_the_state_with_a_form(keeper_client, people, name, before, after):
    entry = make_enterprise(live=before == ListingState.APPROVED, state=before)
    make_owner(entry)
    address = reverse(f"enterprise_{name}", args=[entry.pk])
    if name != "resume":
        assert keeper_client.post(address, {"reason": "  "}).status_code == 200
        entry.refresh_from_db()
        assert entry.state == before
    assert keeper_client.post(address, {"reason": REASON}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == after
    assert ListingEvent.objects.get().user == people["Listansvariga"]
    assert OutgoingMail.objects.count() == 1


def test_what_the_state_does_not_allow_is_said_in_the_form(keeper_client):
    entry = make_enterprise()
    response = keeper_client.post(reverse("enterprise_resume", args=[entry.pk]))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_a_new_link_shuts_out_the_earlier_ones(keeper_client):
    owner = make_owner(make_enterprise())
    token = login_url(owner).rstrip("/").rpartition("/")[2]
    keeper_client.post(reverse("enterprise_owner_link", args=[owner.enterprise_id, owner.pk]))
    with pytest.raises(BadLinkError):
        find_owner(token)
    assert OutgoingMail.objects.get().to == owner.email


def test_staff_add_remove_and_hand_over(keeper_client):
    entry = make_enterprise()
    old = make_owner(entry)
    data = {"name": "Kim", "email": "ny@foretag.example", "language": "en"}
    keeper_client.post(reverse("enterprise_owner_hand_over", args=[entry.pk, old.pk]), data)
    new = entry.owners.get()
    assert (new.email, new.confirmed_at) == ("ny@foretag.example", None)
    keeper_client.post(reverse("enterprise_owner_remove", args=[entry.pk, new.pk]))
    assert not entry.owners.exists()
    done = set(ListingEvent.objects.values_list("action", flat=True))
    assert done == {"handed_over", "owner_added", "owner_removed"}


def test_an_owner_of_another_entry_is_not_found(keeper_client):
    other = make_owner(make_enterprise())
    address = reverse("enterprise_owner_remove", args=[make_enterprise().pk, other.pk])
    assert keeper_client.post(address).status_code == 404
    assert EnterpriseOwner.objects.filter(pk=other.pk).exists()


def test_the_queue_holds_what_waits_the_oldest_first(keeper_client):
    names = []
    for number in range(3):
        entry = make_enterprise(live=False, name=f"Väntar {number}")
        states.submit(entry)
        names.append(entry.name)
    make_enterprise(name="Väntar inte")
    address = reverse("wagtailsnippets_asflist_enterprise:list")
    response = keeper_client.get(address + "?waits=true&ordering=waiting_since")
    assert [entry.name for entry in response.context["object_list"]] == names
    home = keeper_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "(3)" in home


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=declined", {"Nekad"}),
        ("state=declined&state=approved", {"Nekad", "Med"}),
        ("entry_type=sales", set()),
        ("waits=false", {"Nekad", "Med"}),
    ],
)
def test_the_listing_is_filtered(keeper_client, query, found):
    make_enterprise(name="Med")
    make_enterprise(name="Nekad", live=False, state=ListingState.DECLINED, state_reason=REASON)
    address = reverse("wagtailsnippets_asflist_enterprise:list")
    response = keeper_client.get(f"{address}?{query}")
    assert {entry.name for entry in response.context["object_list"]} == found


def test_the_listing_needs_as_many_queries_for_many_entries(keeper_client):
    address = reverse("wagtailsnippets_asflist_enterprise:list")
    numbers = []
    for more in (3, 27):
        for _number in range(more):
            states.submit(make_enterprise(live=False, industries=[make_industry()]))
        keeper_client.get(address)
        with CaptureQueriesContext(connection) as queries:
            keeper_client.get(address)
        # wagtail-localize asks two questions a row for its own buttons.
        ours = [q for q in queries if "localize" not in q["sql"] and " LIMIT 1" not in q["sql"]]
        numbers.append(len(ours))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("number", "form", "warns"),
    [
        ("769600-0016", "economic_association", False),
        ("769600-0016", "limited_company", True),
        ("212000-0142", "other", True),
        ("802000-0017", "non_profit_association", False),
        ("802000-0017", "foundation", False),
        ("556000-0001", "limited_company", False),
        ("916000-0001", "other", False),
        ("", "other", True),
    ],
)
def test_the_number_tells_of_the_legal_form(number, form, warns):
    entry = Enterprise(organisation_number=number, legal_form=form)
    assert bool(read_number(entry).warning) is warns


@pytest.mark.parametrize(
    "same",
    [
        {"name": "Kafé Strommen ekonomisk förening"},
        {"email": "info@strommen.example"},
        {"website": "https://www.strommen.example/om"},
        {"phone": "+46 26-99 88 77"},
    ],
)
def test_entries_alike_are_found(locales, same):
    own = {
        "email": "hej@strommen.example",
        "website": "https://strommen.example/",
        "phone": "026-99 88 77",
    }
    apart = {"email": "a@b.example", "website": "https://c.example", "phone": "08-1 23 45"}
    entry = make_enterprise(name="Kafé Strömmen", **own)
    other = make_enterprise(live=False, **(apart | same))
    make_enterprise(name="Något helt annat", **apart)
    found = find_alike(entry)
    assert [one.enterprise for one in found] == [other]


def test_a_phone_number_is_found_however_many_end_in_the_same_digit(locales, monkeypatch):
    monkeypatch.setattr(alike, "MOST_COMPARED", 1)
    entry = make_enterprise(name="Kafé Strömmen", phone="026-99 88 77")
    make_enterprise(name="Andra varv", phone="08-123 47")
    other = make_enterprise(name="Örtagården", phone="+46 (0)26 998877")
    assert alike.same_phone(entry, Enterprise.objects.exclude(pk=entry.pk)) == [other]


def test_addresses_at_a_common_provider_are_not_alike(locales):
    entry = make_enterprise(email="a@gmail.com", phone="", website="", name="Ett")
    make_enterprise(email="b@gmail.com", phone="", website="", name="Blomsterhandel")
    assert find_alike(entry) == []


def test_no_button_leads_past_the_review(keeper_client, people):
    entry = make_change()
    html = keeper_client.get(edit(entry)).content.decode()
    assert 'name="action-publish"' not in html
    assert 'name="action-cancel-workflow"' not in html
    assert 'data-workflow-action-name="approve"' in html
    other = make_enterprise()
    assert 'name="action-publish"' in keeper_client.get(edit(other)).content.decode()
