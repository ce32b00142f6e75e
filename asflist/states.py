"""How an entry moves on its way to the list and off it: nothing else changes its state.

Each function does one thing, writes down who did it and why, and is safe to call within a
transaction. ``by`` is the member of staff or the owner who acts, None when the site does by itself.
What is approved is public; whatever leaves that state leaves every channel at once.

Applications and changes are judged in Wagtail's workflow, which has doors of its own: what follows
from each stands in ``asflist.review.doors``, and calls the functions here.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState
from wagtail.signals import published

from asflist.acting import acting, who_acts
from asflist.enums import Criterion, ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent
from asflist.owners.letters import tell_owners
from core.dates import swedish_today

Actor = User | EnterpriseOwner | None

#: What may be done in which state.
ALLOWED: dict[ListingAction, frozenset[ListingState]] = {
    ListingAction.SUBMITTED: frozenset(
        {
            ListingState.DRAFT,
            ListingState.CHANGES_REQUESTED,
            ListingState.DECLINED,
            ListingState.WITHDRAWN,
        }
    ),
    ListingAction.REQUESTED_CHANGES: frozenset({ListingState.SUBMITTED}),
    ListingAction.DECLINED: frozenset(
        {ListingState.SUBMITTED, ListingState.CHANGES_REQUESTED, ListingState.PAUSED}
    ),
    ListingAction.PAUSED: frozenset({ListingState.APPROVED}),
    ListingAction.RESUMED: frozenset({ListingState.PAUSED}),
    ListingAction.WITHDRAWN: frozenset(set(ListingState) - {ListingState.WITHDRAWN}),
}


class NotPossibleError(Exception):
    """The entry's state does not allow it; the text says so in the reader's language."""


def record(
    enterprise: Enterprise,
    action: ListingAction,
    by: Actor = None,
    *,
    reason: str = "",
    **details: Any,
) -> ListingEvent:
    """Write down what was done with an entry, in its history and in Wagtail's log; tell owners.

    ``details`` are kept as JSON: no personal data. Raises ``ValidationError`` where the action
    needs a reason and has none; the database refuses it as well.
    """
    reason = reason.strip()
    if action in ListingAction.with_reason() and not reason:
        raise ValidationError(_("Say why. The reason is mailed to the enterprise."))
    acts = who_acts()
    by = by if by is not None else acts.by
    details = acts.details | details
    owner = by if isinstance(by, EnterpriseOwner) else None
    user = by if isinstance(by, User) else None
    event = ListingEvent.objects.create(
        enterprise=enterprise,
        action=action,
        state=enterprise.state,
        reason=reason,
        details=details,
        user=user,
        owner=owner,
        by_owner=owner is not None,
    )
    log(enterprise, f"asflist.{action.value}", user=user, data={"reason": reason} | details)
    if not acts.silent:
        tell_owners(event)
    return event


def lock(enterprise: Enterprise) -> Enterprise:
    """Return the entry as the database has it, kept from others until the transaction ends."""
    return Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)


def not_possible(enterprise: Enterprise) -> NotPossibleError:
    """Return the error that says which state is in the way."""
    return NotPossibleError(
        _("That cannot be done with an entry that is: %(state)s.")
        % {"state": enterprise.get_state_display()}
    )


def change_state(
    enterprise: Enterprise,
    state: ListingState,
    action: ListingAction,
    by: Actor = None,
    *,
    reason: str = "",
    **details: Any,
) -> None:
    """Put the entry in ``state`` and write down why; what is not approved is unpublished.

    ``enterprise`` is in the source language and is refreshed. Raises ``NotPossibleError`` and
    ``ValidationError`` and changes nothing then.
    """
    with transaction.atomic():
        locked = lock(enterprise)
        allowed = ALLOWED.get(action)
        if allowed is not None and locked.state not in allowed:
            raise not_possible(locked)
        reason = reason.strip()
        if state in ListingState.with_reason() and not reason:
            raise ValidationError(_("Say why. The reason is mailed to the enterprise."))
        locked.state = state
        locked.state_reason = reason
        locked.state_changed_at = timezone.now()
        if state != ListingState.APPROVED and locked.live:
            user = by if isinstance(by, User) else None
            UnpublishAction(locked, user=user).execute(skip_permission_checks=True)
        else:
            locked.save(update_fields=["state", "state_reason", "state_changed_at"])
        if state != ListingState.APPROVED:
            # What was scheduled brings nothing back past this.
            locked.revisions.update(approved_go_live_at=None)
        record(locked, action, by, reason=reason, **details)
    enterprise.refresh_from_db()


def submit(enterprise: Enterprise, by: Actor = None) -> None:
    """Ask for a review of the latest revision: of an application, or of a change of an entry.

    A review that goes on begins anew with it, and a page that a reviewer has open no longer
    judges: the step that it belongs to is over.
    """
    user = by if isinstance(by, User) else None
    with transaction.atomic(), acting(by):
        locked = lock(enterprise)
        if locked.latest_revision_id is None:
            locked.save_revision(user=user)
        review = locked.current_workflow_state
        workflow = locked.get_workflow()
        if review is None and workflow is not None:
            workflow.start(locked, user)
        elif review is None:
            note_submission(locked)
        elif review.status == WorkflowState.STATUS_NEEDS_CHANGES:
            review.resume(user)
        else:
            review.current_task_state.specific.cancel(user=user, resume=True)
    enterprise.refresh_from_db()


def note_submission(enterprise: Enterprise, by: Actor = None) -> None:
    """Know that a revision waits for review; an entry on the list stays there as it was."""
    locked = lock(enterprise)
    if locked.state in ALLOWED[ListingAction.SUBMITTED]:
        change_state(locked, ListingState.SUBMITTED, ListingAction.SUBMITTED, by)
    else:
        record(locked, ListingAction.CHANGED, by)


def approve(enterprise: Enterprise, by: User, checked: tuple[str, ...] = ()) -> None:
    """Publish the revision under review, or the latest; ``checked`` are values of ``Criterion``."""
    with transaction.atomic(), acting(by, checked=list(checked or Criterion.values)):
        locked = lock(enterprise)
        if (step := locked.current_workflow_task_state) is not None:
            step.approve(user=by)
        else:
            revision = locked.get_latest_revision() or locked.save_revision(user=by)
            revision.publish(user=by)
    enterprise.refresh_from_db()


def request_changes(enterprise: Enterprise, by: Actor, reason: str) -> None:
    """Ask for something to be changed before the application, or the change, can be approved."""
    user = by if isinstance(by, User) else None
    with transaction.atomic(), acting(by):
        locked = lock(enterprise)
        if (step := locked.current_workflow_task_state) is not None:
            step.reject(user=user, comment=reason)
        else:
            note_sent_back(locked, by, reason)
    enterprise.refresh_from_db()


def note_sent_back(enterprise: Enterprise, by: Actor, reason: str) -> None:
    """Know that the reviewer wants something changed; an entry on the list stays as it was."""
    if lock(enterprise).state in ListingState.reviewed():
        record(enterprise, ListingAction.CHANGE_SENT_BACK, by, reason=reason)
        return
    change_state(
        enterprise,
        ListingState.CHANGES_REQUESTED,
        ListingAction.REQUESTED_CHANGES,
        by,
        reason=reason,
    )


def stop_review(enterprise: Enterprise, by: Actor) -> None:
    """End the workflow of an entry that is off the list for good, if one goes on."""
    if (review := enterprise.current_workflow_state) is not None:
        review.cancel(user=by if isinstance(by, User) else None)


def decline(enterprise: Enterprise, by: Actor, reason: str) -> None:
    """Say no to an application; the applicant may apply again."""
    with transaction.atomic():
        change_state(enterprise, ListingState.DECLINED, ListingAction.DECLINED, by, reason=reason)
        stop_review(enterprise, by)


def pause(enterprise: Enterprise, by: Actor = None, reason: str = "") -> None:
    """Take the entry off the list until it is resumed; a change under review goes on waiting."""
    change_state(enterprise, ListingState.PAUSED, ListingAction.PAUSED, by, reason=reason)


def withdraw(enterprise: Enterprise, by: Actor = None, reason: str = "") -> None:
    """Take the entry off the list for good; the enterprise may apply again."""
    with transaction.atomic():
        change_state(enterprise, ListingState.WITHDRAWN, ListingAction.WITHDRAWN, by, reason=reason)
        stop_review(enterprise, by)


def is_beside(entry: Enterprise, latest: Revision) -> bool:
    """Whether the latest revision of a paused entry is a change that the row does not have."""
    if entry.change_waits:
        return True
    published_at = entry.last_published_at
    is_later = published_at is None or latest.created_at > published_at
    return is_later and content_of(entry.serializable_data()) != content_of(latest.content)


def content_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody has written of an entry's ``data``, as JSON has it."""
    written = {field.name for field in Enterprise._meta.get_fields() if written_by_hand(field)}
    kept = {name: value for name, value in data.items() if name in written}
    return dict(json.loads(json.dumps(kept, cls=DjangoJSONEncoder)))


def written_by_hand(field: Any) -> bool:
    """Whether a field is one of the form's, and no date for publishing."""
    return getattr(field, "editable", False) and field.name not in ("go_live_at", "expire_at")


def resume(enterprise: Enterprise, by: Actor = None) -> None:
    """Put a paused entry back as it was; a change that waits for review goes on waiting."""
    with transaction.atomic(), acting(by):
        locked = lock(enterprise)
        if locked.state != ListingState.PAUSED:
            raise not_possible(locked)
        latest = locked.get_latest_revision()
        waits = latest is not None and is_beside(locked, latest)
        locked.has_unpublished_changes = waits
        locked.live_revision = None if waits else latest
        locked.expired = False
        if locked.expire_at and locked.expire_at <= timezone.now():
            locked.expire_at = None
        locked.live = True  # Approved by that: see ``Enterprise.save``.
        locked.first_published_at = locked.first_published_at or timezone.now()
        locked.last_published_at = timezone.now()
        locked.save()
        published.send(sender=Enterprise, instance=locked, revision=None)
    enterprise.refresh_from_db()


def confirm(enterprise: Enterprise, by: Actor = None, on: date | None = None) -> None:
    """Know that the entry is right as it stands, ``on`` a day (today unless given)."""
    with transaction.atomic():
        set_confirmed(enterprise, on or swedish_today())
        record(enterprise, ListingAction.CONFIRMED, by)
    enterprise.refresh_from_db()


def set_confirmed(enterprise: Enterprise, on: date) -> None:
    """Write the day on which the entry was last known to be right, in every language."""
    same = Enterprise.objects.filter(translation_key=enterprise.translation_key)
    same.update(confirmed_on=on)
    enterprise.confirmed_on = on
