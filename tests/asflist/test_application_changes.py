"""An owner changes an entry by the same form: what is approved stays public until reviewed."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Workflow, WorkflowContentType, WorkflowState, WorkflowTask

from asflist import states
from asflist.applications.actions import draft_of_change, edit_entry
from asflist.enums import ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseApprovalTask, EnterpriseDraft, EnterpriseOwner
from asflist.owners.access import login_url
from tests.asflist.applicants import Browser, answers, apply_and_confirm, errors_in, step_of
from tests.asflist.factories import make_enterprise, make_industry

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def workflow(db):
    """The review that staff have set up."""
    found = Workflow.objects.create(name="Granskning av ASF")
    task = EnterpriseApprovalTask.objects.create(name="Granska")
    task.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    WorkflowTask.objects.create(workflow=found, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(Enterprise)
    WorkflowContentType.objects.create(workflow=found, content_type=content_type)
    return found


@pytest.fixture
def entry():
    made = make_enterprise(
        name="Bageriet",
        offer='<p><b>Bröd</b> och <a href="https://a.example/">tårtor</a>.</p>',
        industries=[make_industry()],
        tags=["bröd"],
        references=[("reference", {"customer": "Gävle kommun", "bought": "Bullar"})],
        benefit_figures=[("figure", {"value": 3, "label": "har fått jobb", "year": 2025})],
    )
    made.save_revision().publish()
    made.refresh_from_db()
    return made


@pytest.fixture
def owner(entry):
    return make_owner(entry)


def make_owner(entry, email="agare@example.com"):
    return EnterpriseOwner.objects.create(
        enterprise=entry, email=email, name="Åsa", confirmed_at=timezone.now()
    )


def log_in(client, owner):
    assert client.post(login_url(owner)).status_code == 302
    owner.refresh_from_db()
    return edit_entry(owner)


def send(client, url):
    return client.post(step_of(url, "check"), {"promise": "on"})


def test_the_form_begins_as_the_entry_is_and_is_ready_to_send(client, owner, entry):
    html = client.get(log_in(client, owner)).content.decode()
    assert "Bageriet" in html
    assert "Bullar" in html
    assert "har fått jobb" in html
    assert entry.organisation_number not in html


def test_the_number_is_no_step_of_a_change(client, owner):
    url = log_in(client, owner)
    assert client.get(step_of(url, "number")).status_code == 404
    assert client.post(step_of(url, "number"), {"organisation_number": "x"}).status_code == 404


def test_a_change_waits_beside_what_is_public(client, owner, entry, workflow):
    url = log_in(client, owner)
    typed = answers()["who"] | {"name": "Nya bageriet"}
    assert client.post(step_of(url, "who"), typed).status_code == 302
    assert send(client, url).url == reverse("application_change_sent")
    entry.refresh_from_db()
    assert (entry.name, entry.live, entry.state) == ("Bageriet", True, ListingState.APPROVED)
    assert entry.get_latest_revision_as_object().name == "Nya bageriet"
    assert entry.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    last = entry.events_of_listing.first()
    assert (last.action, last.by_owner) == (ListingAction.CHANGED, True)
    assert EnterpriseDraft.objects.count() == 0


def test_what_the_owner_leaves_alone_stays_as_it_was_to_the_letter(client, owner, entry):
    before = entry.get_latest_revision_as_object()
    url = log_in(client, owner)
    client.post(step_of(url, "who"), answers()["who"])
    for step in ("offers", "benefit", "references", "where", "contact"):
        html = client.get(step_of(url, step)).content.decode()
        assert "<form" in html
    send(client, url)
    after = Enterprise.objects.get(pk=entry.pk).get_latest_revision_as_object()
    assert after.name == "Kvarterscaféet"
    assert after.offer == before.offer
    assert [block.id for block in after.references] == [block.id for block in before.references]
    assert [tag.name for tag in after.tags.all()] == ["bröd"]


def test_what_staff_change_meanwhile_is_not_undone(client, owner, entry):
    url = log_in(client, owner)
    client.post(step_of(url, "who"), answers()["who"])
    by_staff = Enterprise.objects.get(pk=entry.pk)
    by_staff.phone = "08-1 23 45 67"
    by_staff.save_revision().publish()
    send(client, url)
    after = Enterprise.objects.get(pk=entry.pk).get_latest_revision_as_object()
    assert (after.name, after.phone) == ("Kvarterscaféet", "08-1 23 45 67")


def test_sending_without_a_change_asks_nobody_to_read(client, owner, entry):
    url = log_in(client, owner)
    revisions = Revision.objects.count()
    assert "nothing" in send(client, url).url
    assert Revision.objects.count() == revisions


def test_a_second_change_takes_the_place_of_one_that_waits(client, owner, entry, workflow):
    for name in ("Ett", "Två"):
        url = log_in(client, owner)
        client.post(step_of(url, "who"), answers()["who"] | {"name": name})
        send(client, url)
    assert entry.workflow_states.active().count() == 1
    assert entry.current_workflow_task_state.revision.as_object().name == "Två"


def test_the_draft_is_there_when_the_owner_comes_back_and_can_be_thrown_away(client, owner):
    url = log_in(client, owner)
    client.post(step_of(url, "who"), answers()["who"] | {"name": "Halvvägs"})
    again = edit_entry(owner)
    assert "Halvvägs" in client.get(step_of(again, "who")).content.decode()
    response = client.post(step_of(again, "check"), {"do": "discard"})
    assert response.url == reverse("owner_page")
    assert EnterpriseDraft.objects.count() == 0


def test_the_form_of_a_change_is_for_the_entrys_owners_alone(client, owner, entry):
    url = log_in(client, owner)
    stranger = Browser()
    assert stranger.get(url).url == reverse("owner_link")
    assert stranger.post(step_of(url, "who"), {"name": "Kapat"}).url == reverse("owner_link")
    other = make_owner(make_enterprise(), "annan@example.com")
    assert stranger.post(login_url(other)).status_code == 302
    assert stranger.get(url).url == reverse("owner_link")
    assert stranger.post(step_of(url, "who"), {"name": "Kapat"}).url == reverse("owner_link")
    assert draft_of_change(owner).data["who"]["name"] == ["Bageriet"]


def test_owners_of_one_entry_share_the_draft_and_not_their_own_names(client, owner, entry):
    client.post(step_of(log_in(client, owner), "who"), answers()["who"] | {"name": "Delat"})
    colleague = make_owner(entry, "kollega@example.com")
    browser = Browser()
    url = log_in(browser, colleague)
    assert "Delat" in browser.get(step_of(url, "who")).content.decode()
    html = browser.get(step_of(url, "contact")).content.decode()
    assert "kollega@example.com" in html
    assert "agare@example.com" not in html


def test_the_owner_changes_name_and_phone_and_no_address(client, owner, entry):
    url = log_in(client, owner)
    typed = answers()["contact"] | {"owner_name": "Åsa B", "owner_email": "kapat@example.com"}
    assert client.post(step_of(url, "contact"), typed).status_code == 302
    send(client, url)
    owner.refresh_from_db()
    assert (owner.name, owner.email) == ("Åsa B", "agare@example.com")


def test_an_owner_without_a_name_can_send_a_change(client, owner):
    owner.name = ""
    owner.save()
    url = log_in(client, owner)
    assert 'role="alert"' not in client.get(url).content.decode()
    client.post(step_of(url, "who"), answers()["who"] | {"name": "Nytt namn"})
    assert send(client, url).status_code == 302
    assert not EnterpriseDraft.objects.exists()


def test_an_entry_that_was_never_asked_for_its_criteria_can_be_changed(client, owner):
    url = log_in(client, owner)
    assert client.post(step_of(url, "criteria"), {}).status_code == 302
    given = answers()["criteria"]
    assert client.post(step_of(url, "criteria"), given).status_code == 302


def test_what_was_answered_once_is_not_emptied(client):
    entry = apply_and_confirm(client)
    url = edit_entry(entry.owners.get())
    response = client.post(
        step_of(url, "criteria"), answers()["criteria"] | {"integrates_proof": ""}
    )
    assert list(errors_in(response)) == ["integrates_proof"]


def test_a_picture_is_taken_away_when_that_has_been_approved(client, owner, entry, make_image):
    entry.picture = make_image("Bageriets")
    entry.save()
    entry.save_revision().publish()
    url = log_in(client, owner)
    client.post(step_of(url, "pictures"), {"remove": ["picture"], "picture_alt": ""})
    send(client, url)
    entry.refresh_from_db()
    assert entry.picture is not None
    assert entry.get_latest_revision_as_object().picture is None


def test_sent_back_changed_and_sent_again(client, workflow, superuser):
    entry = apply_and_confirm(client)
    states.request_changes(entry, superuser, "Berätta mer om vad ni säljer.")
    owner = entry.owners.get()
    url = edit_entry(owner)
    assert "Berätta mer om vad ni säljer." in client.get(url).content.decode()
    client.post(step_of(url, "offers"), answers()["offers"] | {"summary": "Vi säljer mer."})
    send(client, url)
    entry.refresh_from_db()
    assert entry.state == ListingState.SUBMITTED
    assert entry.state_reason == ""
    assert entry.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    states.approve(entry, superuser)
    entry.refresh_from_db()
    assert (entry.live, entry.summary) == (True, "Vi säljer mer.")


@pytest.mark.parametrize("leave", ["decline", "withdraw"])
def test_an_owner_sends_in_again_what_was_declined_or_withdrawn(client, workflow, superuser, leave):
    entry = apply_and_confirm(client)
    getattr(states, leave)(entry, superuser, "Skälet")
    url = edit_entry(entry.owners.get())
    send(client, url)
    entry.refresh_from_db()
    assert entry.state == ListingState.SUBMITTED
    assert entry.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_review_page_that_was_open_no_longer_approves(client, owner, entry, workflow):
    url = log_in(client, owner)
    client.post(step_of(url, "who"), answers()["who"] | {"name": "Ett"})
    send(client, url)
    open_task = entry.current_workflow_task_state
    url = log_in(client, owner)
    client.post(step_of(url, "who"), answers()["who"] | {"name": "Två"})
    send(client, url)
    assert entry.current_workflow_task_state.pk != open_task.pk
