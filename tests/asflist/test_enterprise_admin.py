"""Enterprises in the admin: saved, reviewed, previewed, exported."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from asflist.finding.filters import Filters
from asflist.finding.search import find
from asflist.models import Enterprise
from tests.asflist.factories import (
    make_enterprise,
    make_industry,
    make_list_page,
    organisation_number,
)


def form_data(**kw):
    return {
        "name": "Kafé Ån",
        "organisation_number": organisation_number(),
        "legal_form": "economic_association",
        "summary": "Lagar lunch.",
        "tags": "lunch",
        "logo": "",
        "picture": "",
        "offer": '{"blocks": [{"key": "a", "text": "Lunch", "type": "unstyled", "depth": 0, '
        '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "social_benefit": '{"blocks": [{"key": "b", "text": "Arbete", "type": "unstyled", '
        '"depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "municipality": "2180",
        "street_address": "",
        "postcode": "",
        "locality": "",
        "phone": "",
        "email": "",
        "website": "",
        "languages": ["sv"],
        "employees": "",
        "participants": "",
        "member_since": "",
        "entry_type": "asf",
        **{f"{name}-count": "0" for name in ("references", "benefit_figures", "gallery")},
        "go_live_at": "",
        "expire_at": "",
    } | kw


@pytest.fixture
def people(home):
    """An editor who may write, a moderator who may publish, and the workflow between them."""
    access = Permission.objects.get(codename="access_admin")
    ours = Permission.objects.filter(content_type=ContentType.objects.get_for_model(Enterprise))
    editors, moderators = (Group.objects.create(name=f"test-{name}") for name in ("e", "m"))
    editors.permissions.set(
        [access, *ours.filter(codename__in=["add_enterprise", "change_enterprise"])]
    )
    moderators.permissions.set([access, *ours])
    task = GroupApprovalTask.objects.create(name="Godkänn")
    task.groups.add(moderators)
    workflow = Workflow.objects.create(name="Granskning av företag")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(Enterprise)
    )
    found = []
    for name, group in (("editor", editors), ("moderator", moderators)):
        user = User.objects.create_user(name, f"{name}@example.com", "password")
        user.groups.add(group)
        found.append(user)
    return found


def url(name, *args):
    return reverse(f"wagtailsnippets_asflist_enterprise:{name}", args=args)


def test_an_editor_submits_and_a_moderator_approves(people, home, client):
    make_list_page(home)
    industry = make_industry()
    editor, moderator = people
    client.force_login(editor)
    data = form_data(industries=[industry.pk], **{"action-submit": "1"})
    response = client.post(url("add"), data)
    assert response.status_code == 302, response.context["form"].errors
    enterprise = Enterprise.objects.get()
    assert not enterprise.live
    assert client.get("/asf-listan/kafe-an/").status_code == 404

    client.force_login(moderator)
    state = enterprise.current_workflow_task_state
    address = reverse(
        "wagtailsnippets_asflist_enterprise:workflow_action",
        args=[enterprise.pk, "approve", state.pk],
    )
    assert client.post(address, {}).status_code in (200, 302)
    enterprise.refresh_from_db()
    assert enterprise.live
    client.logout()
    html = client.get("/asf-listan/kafe-an/").content.decode()
    assert "Lunch" in html
    assert "Kafé och catering" in html
    assert client.get("/asf-listan/?q=lunch&county=21").context["listing"].count == 1


def test_an_editor_may_not_publish(people, client):
    client.force_login(people[0])
    data = form_data(industries=[make_industry().pk], **{"action-publish": "1"})
    client.post(url("add"), data)
    assert not Enterprise.objects.get().live


def test_a_draft_may_be_saved_with_little_more_than_a_name(people, client):
    client.force_login(people[0])
    empty = dict.fromkeys(("organisation_number", "summary", "municipality"), "")
    response = client.post(url("add"), form_data(**empty))
    assert response.status_code == 302, response.context["form"].errors
    draft = Enterprise.objects.get()
    assert (draft.slug, draft.county_code, draft.live) == ("kafe-an", "", False)


def test_a_number_on_the_list_is_refused_at_its_field(people, client):
    taken = make_enterprise(name="Föregångaren")
    client.force_login(people[1])
    data = form_data(
        organisation_number=taken.organisation_number,
        industries=[make_industry().pk],
        **{"action-publish": "1"},
    )
    response = client.post(url("add"), data)
    assert response.status_code == 200
    assert "Föregångaren" in response.context["form"].errors["organisation_number"][0]


def test_the_name_may_change_in_the_admin_and_the_address_stays(people, client):
    industry = make_industry()
    enterprise = make_enterprise(name="Gamla", industries=[industry])
    client.force_login(people[1])
    data = form_data(
        name="Nya",
        organisation_number=enterprise.organisation_number,
        industries=[industry.pk],
        **{"action-publish": "1"},
    )
    assert client.post(url("edit", enterprise.pk), data).status_code == 302
    enterprise.refresh_from_db()
    assert (enterprise.name, enterprise.slug) == ("Nya", "gamla")
    assert find(Filters(text="nya"), "sv").keys() == [enterprise.pk]


def test_the_preview_shows_the_draft(people, home, client):
    make_list_page(home)
    industry = make_industry()
    enterprise = make_enterprise(name="Kafé Ån", industries=[])
    client.force_login(people[0])
    address = url("preview_on_edit", enterprise.pk)
    data = form_data(
        name="Utkastets namn",
        organisation_number=enterprise.organisation_number,
        industries=[industry.pk],
    )
    assert client.post(address, data).json()["is_valid"]
    html = client.get(address).content.decode()
    assert "Utkastets namn" in html
    assert "Kafé och catering" in html


def test_a_preview_before_the_first_saving_renders(people, home, client):
    client.force_login(people[0])
    address = url("preview_on_add")
    assert client.post(address, form_data(industries=[make_industry().pk])).json()["is_valid"]
    response = client.get(address)
    assert response.status_code == 200
    assert "Kafé Ån" in response.content.decode()


@pytest.mark.parametrize("query", ["", "?county_code=21", "?live=true", "?q=Kaf"])
def test_the_list_in_the_admin_is_filtered_and_searched(admin_client_sv, locales, query):
    make_enterprise(name="Kafé Ån", municipality="2180")
    make_enterprise(name="Annat", municipality="0180", live=False)
    call_command("update_index", verbosity=0)  # the tests' settings leave that to those who ask
    html = admin_client_sv.get(url("list") + query).content.decode()
    assert "Kafé Ån" in html
    assert ("Annat" in html.partition("<table")[2]) is (query == "")


def test_the_industry_filter_of_the_admin_works(admin_client_sv, locales):
    industry = make_industry()
    make_enterprise(name="Kafé Ån", industries=[industry])
    make_enterprise(name="Annat")
    html = admin_client_sv.get(url("list") + f"?industries={industry.pk}").content.decode()
    table = html.partition("<table")[2]
    assert "Kafé Ån" in table
    assert "Annat" not in table


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_is_exported(admin_client_sv, locales, form):
    enterprise = make_enterprise(name="Kafé Ån", industries=[make_industry()])
    response = admin_client_sv.get(url("list") + f"?export={form}")
    content = b"".join(response) if response.streaming else response.content
    if form == "csv":
        text = content.decode()
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        text = " ".join(str(cell) for row in sheet.values for cell in row)
    for expected in ("Kafé Ån", enterprise.organisation_number, "Gävle", "Kafé och catering"):
        assert expected in text


def test_the_list_in_the_admin_leaves_room_for_names_and_says_where(admin_client_sv, locales):
    make_enterprise(name="Kafé Ån", municipality="2180")
    table = admin_client_sv.get(url("list")).content.decode().partition("<table")[2]
    assert 'width="25%"' in table
    assert "Gävle, Gävleborgs län" in table
    assert "Språk" in table
