"""What follows from each door that Wagtail has to an entry: workflow, publishing, taking down.

Only entries in the source language have a state; a translation goes with its source.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import (
    published,
    task_rejected,
    task_submitted,
    unpublished,
    workflow_cancelled,
)

from asflist import states
from asflist.acting import who_acts
from asflist.enums import ListingAction, ListingState
from asflist.models import Enterprise
from core.dates import swedish_today


def entry_of(workflow_state: WorkflowState) -> Enterprise | None:
    """Return the entry under review as the database has it, None for anything else."""
    if workflow_state.base_content_type.model_class() is not Enterprise:
        return None
    entries = Enterprise.objects.in_source_language()
    return entries.filter(pk=workflow_state.object_id).first()


def is_source(enterprise: Enterprise) -> bool:
    """Whether the row is the one that has a state."""
    return enterprise.language == settings.LANGUAGE_CODE


@receiver(task_submitted)
def begin_review(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """Know that a revision waits: a new one, one that was sent back, or one that replaces it."""
    if (entry := entry_of(instance.workflow_state)) is not None:
        states.note_submission(entry, who_acts().by or user)


@receiver(task_rejected)
def send_back(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """Keep the reason; without one the whole step is undone."""
    if (entry := entry_of(instance.workflow_state)) is not None:
        states.note_sent_back(entry, who_acts().by or user, instance.comment)


@receiver(workflow_cancelled, sender=WorkflowState)
def stop_waiting(instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    """Make a draft of an application whose review was stopped; publishing tells of itself."""
    entry = entry_of(instance)
    if entry is None or who_acts().publishing:
        return
    stopped = ListingAction.REVIEW_STOPPED
    by = who_acts().by or user
    if entry.state in (ListingState.SUBMITTED, ListingState.CHANGES_REQUESTED):
        states.change_state(entry, ListingState.DRAFT, stopped, by)
    elif entry.state in ListingState.reviewed():
        states.record(entry, stopped, by)


@receiver(published, sender=Enterprise)
def approve_what_is_published(
    instance: Enterprise, revision: Revision | None, **kwargs: Any
) -> None:
    """Write down what publishing meant; what is only scheduled is told of when it happens."""
    came_from, instance.approved_from = instance.approved_from, None
    if not instance.live or not is_source(instance):
        return
    first_time = instance.first_published_at == instance.last_published_at
    if came_from == ListingState.PAUSED:
        action = ListingAction.RESUMED
    elif came_from is not None or first_time:
        action = ListingAction.APPROVED
    elif was_under_review(instance, revision):
        action = ListingAction.CHANGE_APPROVED
    else:
        action = ListingAction.CORRECTED
    if action in (ListingAction.APPROVED, ListingAction.CHANGE_APPROVED):
        states.set_confirmed(instance, swedish_today())
    states.record(instance, action)


def was_under_review(enterprise: Enterprise, revision: Revision | None) -> bool:
    """Whether the revision ends a review: approved in it, or published past it."""
    reviews = enterprise.workflow_states
    if reviews.active().exists():
        return True
    ended = reviews.filter(status=WorkflowState.STATUS_APPROVED)
    return bool(ended.filter(current_task_state__revision=revision).exists())


@receiver(unpublished, sender=Enterprise)
def pause_what_is_unpublished(instance: Enterprise, **kwargs: Any) -> None:
    """Know an approved entry that has been taken down, or has expired, as paused."""
    if instance.state != ListingState.APPROVED or not is_source(instance):
        return
    instance.state, instance.state_reason = ListingState.PAUSED, ""
    instance.state_changed_at = timezone.now()
    instance.save(update_fields=["state", "state_reason", "state_changed_at"])
    states.record(instance, ListingAction.PAUSED)


@receiver(post_delete, sender=Enterprise)
def delete_translations(instance: Enterprise, **kwargs: Any) -> None:
    """Let no translation outlive the entry that it translates."""
    if is_source(instance):
        Enterprise.objects.filter(translation_key=instance.translation_key).delete()
