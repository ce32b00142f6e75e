"""Every door to an entry: what state it ends in, what is written down, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from asflist import states
from asflist.applications.actions import draft_of_change, send_change
from asflist.enums import Criterion, ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent
from core.models import OutgoingMail
from home.access import set_up_groups, set_up_workflows
from tests.asflist.factories import make_enterprise, make_industry
from tests.asflist.test_enterprise_admin import form_data

REASON = "Beskriv hur deltagarna är med och bestämmer."
TICKED = dict.fromkeys(Criterion.values, "on")


@pytest.fixture
def keeper(home):
    """Somebody who looks after the list, with the site's own workflow."""
    set_up_groups()
    set_up_workflows()
    user = User.objects.create_user("lista", "lista@example.com", "password")
    user.groups.add(Group.objects.get(name="Listansvariga"))
    return user


def make_owner(enterprise, email="agare@foretag.example", **kw):
    kw.setdefault("confirmed_at", timezone.now())
    return EnterpriseOwner.objects.create(enterprise=enterprise, email=email, **kw)


def make_application(**kw):
    """Return an entry that has been sent in by its owner, and the owner."""
    entry = make_enterprise(live=False, industries=[make_industry()], **kw)
    owner = make_owner(entry)
    states.submit(entry, owner)
    return entry, owner


def make_change(**kw):
    """Return an entry on the list with a change by its owner under review, and the owner."""
    entry = make_enterprise(industries=[make_industry()], **kw)
    owner = make_owner(entry)
    draft = entry.get_latest_revision_as_object() if entry.latest_revision_id else entry
    draft.summary = "Lagar lunch och middag."
    draft.save_revision()
    states.submit(entry, owner)
    return entry, owner


def actions_of(entry):
    events = ListingEvent.objects.filter(enterprise=entry).order_by("pk")
    return [event.action for event in events]


def letters():
    """The subjects of the mails, none told twice."""
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def address(name, entry, *args):
    return reverse(f"wagtailsnippets_asflist_enterprise:{name}", args=[entry.pk, *args])


def judge(client, entry, action, **data):
    step = entry.current_workflow_task_state
    return client.post(
        address("workflow_action", entry, action, step.pk),
        data,
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def test_an_application_waits_when_it_is_sent_in(keeper):
    entry, owner = make_application()
    assert (entry.state, entry.live) == (ListingState.SUBMITTED, False)
    event = ListingEvent.objects.get()
    assert (event.action, event.by_owner, event.owner) == ("submitted", True, owner)
    assert entry.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert letters() == []


def test_those_who_judge_get_one_mail_that_leads_to_the_review(keeper, superuser, client):
    entry, _owner = make_application(name="Kafé & Bageri Ån")
    (message,) = mail.outbox
    assert message.to == [keeper.email]
    assert "Kafé & Bageri Ån" in message.subject
    assert f"{address('edit', entry)}#tab-review" in message.body
    assert "\n\n\n" not in message.body
    client.force_login(keeper)
    assert 'id="tab-review"' in client.get(address("edit", entry)).content.decode()


def test_the_mail_about_a_change_leads_to_the_review_too(keeper):
    entry, _owner = make_change()
    assert f"{address('edit', entry)}#tab-review" in mail.outbox[-1].body


def test_a_list_keeper_approves_with_every_criterion_ticked(keeper, client):
    entry, _owner = make_application()
    client.force_login(keeper)
    judge(client, entry, "approve", **TICKED)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert entry.confirmed_on == timezone.localdate()
    event = ListingEvent.objects.get(action="approved")
    assert event.user == keeper
    assert event.details == {"checked": Criterion.values}
    assert actions_of(entry) == ["submitted", "approved"]
    assert len(letters()) == 1


@pytest.mark.parametrize("missing", Criterion.values)
def test_nothing_is_approved_without_every_criterion(keeper, client, missing):
    entry, _owner = make_application()
    client.force_login(keeper)
    answer = judge(client, entry, "approve", **{k: v for k, v in TICKED.items() if k != missing})
    assert "Bocka" in answer.content.decode() or "Tick this" in answer.content.decode()
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.SUBMITTED, False)
    assert actions_of(entry) == ["submitted"]


@pytest.mark.parametrize("action", ["reject", "decline"])
@pytest.mark.parametrize("reason", ["", "   \n"])
def test_nobody_is_told_no_without_a_reason(keeper, client, action, reason):
    entry, _owner = make_application()
    client.force_login(keeper)
    assert judge(client, entry, action, comment=reason).status_code == 200
    step = entry.current_workflow_task_state
    with pytest.raises(ValidationError), transaction.atomic():
        step.task.specific.on_action(step, keeper, action, comment=reason)
    entry.refresh_from_db()
    assert entry.state == ListingState.SUBMITTED
    assert actions_of(entry) == ["submitted"]
    assert letters() == []


@pytest.mark.parametrize("state", ListingState.with_reason())
def test_the_database_refuses_a_no_without_a_reason(db, locales, state):
    entry = make_enterprise(live=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=entry.pk).update(state=state, state_reason="")
    for action in ListingAction.with_reason():
        with pytest.raises(IntegrityError), transaction.atomic():
            ListingEvent.objects.create(enterprise=entry, action=action, state=state)


def test_an_application_is_sent_back_and_sent_in_again(keeper, client):
    entry, owner = make_application()
    client.force_login(keeper)
    judge(client, entry, "reject", comment=REASON)
    entry.refresh_from_db()
    assert (entry.state, entry.state_reason) == (ListingState.CHANGES_REQUESTED, REASON)
    mail = OutgoingMail.objects.get()
    assert (mail.to, REASON in mail.body) == (owner.email, True)
    states.submit(entry, owner)
    assert (entry.state, entry.state_reason) == (ListingState.SUBMITTED, "")
    assert entry.current_workflow_task_state is not None
    assert actions_of(entry) == ["submitted", "requested_changes", "submitted"]


def test_a_declined_applicant_hears_why_and_may_apply_again(keeper, client):
    entry, owner = make_application()
    client.force_login(keeper)
    judge(client, entry, "decline", comment=REASON)
    entry.refresh_from_db()
    assert (entry.state, entry.state_reason) == (ListingState.DECLINED, REASON)
    assert entry.current_workflow_state is None
    assert actions_of(entry) == ["submitted", "declined"]
    assert REASON in OutgoingMail.objects.get().body
    states.submit(entry, owner)
    assert entry.state == ListingState.SUBMITTED
    assert entry.current_workflow_state is not None


def test_an_entry_stays_as_it_was_until_its_change_is_approved(keeper, client):
    entry, _owner = make_change()
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert entry.summary == "Lagar lunch åt kontor i hela stan."
    client.force_login(keeper)
    judge(client, entry, "approve", **TICKED)
    entry.refresh_from_db()
    assert entry.summary == "Lagar lunch och middag."
    assert actions_of(entry) == ["changed", "change_approved"]
    assert len(letters()) == 1


def test_a_change_is_sent_back_but_never_declined(keeper, client):
    entry, _owner = make_change()
    client.force_login(keeper)
    step = entry.current_workflow_task_state
    names = [name for name, *_rest in step.task.specific.get_actions(entry, keeper)]
    assert names == ["reject", "approve"]
    refused = client.post(address("workflow_action", entry, "decline", step.pk), {"comment": "x"})
    assert refused.status_code in (302, 403)
    judge(client, entry, "reject", comment=REASON)
    entry.refresh_from_db()
    assert (entry.state, entry.live, entry.state_reason) == (ListingState.APPROVED, True, "")
    assert actions_of(entry) == ["changed", "change_sent_back"]
    assert REASON in OutgoingMail.objects.get().body


def test_a_newer_revision_replaces_the_one_under_review(keeper):
    entry, owner = make_application()
    first = entry.current_workflow_task_state
    entry.name = "Nytt namn"
    entry.save_revision()
    states.submit(entry, owner)
    second = entry.current_workflow_task_state
    assert first.pk != second.pk
    assert second.revision_id == entry.latest_revision_id
    assert entry.state == ListingState.SUBMITTED


def test_what_staff_publish_past_the_review_is_approved_once(keeper):
    entry, _owner = make_application()
    entry.latest_revision.publish(user=keeper)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert entry.current_workflow_state is None
    assert actions_of(entry) == ["submitted", "approved"]
    assert ListingEvent.objects.get(action="approved").user == keeper
    assert len(letters()) == 1


def test_a_change_that_staff_publish_past_the_review_is_approved_once(keeper):
    entry, _owner = make_change()
    Enterprise.objects.get(pk=entry.pk).latest_revision.publish(user=keeper)
    assert actions_of(entry) == ["changed", "change_approved"]
    assert len(letters()) == 1


def test_staffs_own_correction_is_written_down_and_not_mailed(keeper):
    entry = make_enterprise()
    make_owner(entry)
    entry.save_revision(user=keeper).publish(user=keeper)
    assert actions_of(entry) == ["corrected"]
    assert letters() == []


def test_a_scheduled_approval_counts_from_its_moment(keeper):
    entry, _owner = make_application()
    entry.go_live_at = timezone.now() + timedelta(days=1)
    revision = entry.save_revision()
    states.submit(entry, keeper)
    states.approve(entry, keeper)
    assert (entry.state, entry.live) == (ListingState.SUBMITTED, False)
    assert "approved" not in actions_of(entry)
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert actions_of(entry).count("approved") == 1
    assert len(letters()) == 1


def test_what_staff_unpublish_is_paused_in_their_name(keeper, client):
    entry = make_enterprise()
    make_owner(entry)
    client.force_login(keeper)
    client.post(address("unpublish", entry))
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.PAUSED, False)
    assert ListingEvent.objects.get().user == keeper
    assert len(letters()) == 1


def test_what_expires_is_paused(keeper):
    entry = make_enterprise(expire_at=timezone.now() - timedelta(minutes=1))
    make_owner(entry)
    call_command("publish_scheduled")
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.PAUSED, False)
    assert actions_of(entry) == ["paused"]
    assert len(letters()) == 1


def test_a_paused_entry_comes_back_by_resume_and_by_publishing(keeper):
    entry = make_enterprise()
    make_owner(entry)
    states.pause(entry, keeper, "Ni bygger om.")
    assert (entry.state, entry.live) == (ListingState.PAUSED, False)
    states.resume(entry, keeper)
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    states.pause(entry, keeper, "Ni bygger om igen.")
    entry.save_revision().publish(user=keeper)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert actions_of(entry) == ["paused", "resumed", "paused", "resumed"]
    assert len(letters()) == 4


@pytest.mark.parametrize("leave", ["withdraw", "decline"])
def test_nothing_scheduled_brings_back_what_has_left(keeper, leave):
    entry, _owner = make_application()
    entry.go_live_at = timezone.now() + timedelta(days=1)
    revision = entry.save_revision()
    revision.publish(user=keeper)
    getattr(states, leave)(entry, keeper, REASON)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    entry.refresh_from_db()
    assert not entry.live
    assert entry.state in (ListingState.DECLINED, ListingState.WITHDRAWN)


def test_a_change_of_a_paused_entry_waits_past_its_coming_back(keeper):
    entry = make_enterprise(name="Kafé Ett", industries=[make_industry()])
    entry.save_revision().publish(user=keeper)
    entry.refresh_from_db()
    owner = make_owner(entry)
    states.pause(entry, keeper)
    draft = draft_of_change(owner)
    draft.data["who"] = draft.data["who"] | {"name": ["Ogranskat namn"]}
    draft.save()
    assert send_change(draft, owner)
    states.resume(entry, keeper)
    assert (entry.name, entry.live) == ("Kafé Ett", True)
    assert entry.has_unpublished_changes
    assert entry.current_workflow_state is not None
    states.approve(entry, keeper)
    assert entry.name == "Ogranskat namn"


def test_what_staff_write_in_a_paused_entry_is_not_public_when_it_comes_back(keeper, client):
    entry = make_enterprise(name="Kafé Ett", industries=[make_industry()])
    entry.save_revision().publish(user=keeper)
    states.pause(entry, keeper)
    client.force_login(keeper)
    typed = form_data(
        name="Halvskrivet",
        organisation_number=entry.organisation_number,
        industries=[industry.pk for industry in entry.industries.all()],
    )
    assert client.post(address("edit", entry), typed).status_code == 302
    states.resume(entry, keeper)
    assert entry.name == "Kafé Ett"
    assert entry.has_unpublished_changes
    assert entry.get_latest_revision_as_object().name == "Halvskrivet"


def test_an_entry_that_comes_back_unchanged_has_nothing_waiting(keeper):
    entry = make_enterprise(industries=[make_industry()], tags=["lunch"])
    entry.save_revision().publish(user=keeper)
    states.pause(entry)
    states.resume(entry)
    assert not entry.has_unpublished_changes
    assert entry.live_revision_id == entry.latest_revision_id
    states.pause(entry)
    entry.save_revision()
    states.resume(entry)
    assert not entry.has_unpublished_changes


def test_an_entry_that_expired_and_came_back_stays(keeper):
    entry = make_enterprise(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    entry.refresh_from_db()
    states.resume(entry, keeper)
    call_command("publish_scheduled")
    entry.refresh_from_db()
    assert (entry.state, entry.live, entry.expired) == (ListingState.APPROVED, True, False)


def test_stopping_a_review_makes_a_draft_of_an_application(keeper):
    entry, _owner = make_application()
    entry.current_workflow_state.cancel(user=keeper)
    entry.refresh_from_db()
    assert entry.state == ListingState.DRAFT
    assert actions_of(entry) == ["submitted", "review_stopped"]
    assert ListingEvent.objects.get(action="review_stopped").user == keeper


def test_stopping_the_review_of_a_change_leaves_the_entry_on_the_list(keeper):
    entry, _owner = make_change()
    entry.current_workflow_state.cancel(user=keeper)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert actions_of(entry) == ["changed", "review_stopped"]


@pytest.mark.parametrize("leave", ["withdraw", "decline"])
def test_who_leaves_leaves_no_review_behind(keeper, leave):
    entry, owner = make_application()
    getattr(states, leave)(entry, owner if leave == "withdraw" else keeper, REASON)
    assert entry.current_workflow_state is None
    assert entry.state in (ListingState.WITHDRAWN, ListingState.DECLINED)
    assert len(actions_of(entry)) == 2


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (action, state)
        for action in ("pause", "resume", "decline", "withdraw")
        for state in ListingState
        if state
        not in {
            "pause": {ListingState.APPROVED},
            "resume": {ListingState.PAUSED},
            "decline": states.ALLOWED[ListingAction.DECLINED],
            "withdraw": set(ListingState) - {ListingState.WITHDRAWN},
        }[action]
    ],
)
def test_what_a_state_does_not_allow_changes_nothing(keeper, action, state):
    live = state == ListingState.APPROVED
    entry = make_enterprise(live=live, state=state, state_reason=REASON)
    arguments = (keeper,) if action == "resume" else (keeper, REASON)
    with pytest.raises(states.NotPossibleError):
        getattr(states, action)(entry, *arguments)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (state, live)
    assert actions_of(entry) == []


def test_what_cannot_be_written_down_does_not_happen(keeper, monkeypatch):
    entry, _owner = make_application()
    monkeypatch.setattr(states, "tell_owners", lambda event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        entry.latest_revision.publish(user=keeper)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.SUBMITTED, False)


def test_a_translation_neither_has_a_state_nor_outlives_its_source(keeper, locales):
    entry = make_enterprise()
    twin = entry.copy_for_translation(locales["en"])
    twin.save()
    twin.save_revision().publish(user=keeper)
    assert not ListingEvent.objects.filter(enterprise=twin).exists()
    entry.delete()
    assert not Enterprise.objects.exists()


def test_an_owner_reads_mail_in_their_own_language(keeper):
    entry = make_enterprise()
    make_owner(entry, "a@foretag.example", language="sv")
    make_owner(entry, "b@foretag.example", language="en")
    make_owner(entry, "c@foretag.example", confirmed_at=None)
    states.pause(entry, keeper, "Ni bygger om.")
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"a@foretag.example", "b@foretag.example"}
    assert "/my-enterprise/in/" in mails["b@foretag.example"].body
    assert "/mitt-asf/in/" in mails["a@foretag.example"].body
