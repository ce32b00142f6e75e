"""What organisers hear of when staff have judged an event."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, task_rejected, workflow_approved

from campaigns.events.organiser_mails import Letter, write_to
from campaigns.models import Event, EventOrganiser


def tell(event: object, letter: Letter) -> None:
    """Write to the organiser of ``event`` when it is an event and has one who has confirmed."""
    if isinstance(event, Event):
        organiser = EventOrganiser.objects.exclude(confirmed_at=None).filter(event=event).first()
        if organiser:
            write_to(organiser, letter)


@receiver(task_rejected)
def tell_that_it_is_sent_back(instance: TaskState, **kwargs: Any) -> None:
    """Mail the organiser the reason and the link."""
    tell(instance.workflow_state.content_object, Letter.SENT_BACK)


@receiver(workflow_approved, sender=WorkflowState)
def tell_that_it_is_approved(instance: WorkflowState, **kwargs: Any) -> None:
    """Mail the organiser the page's address."""
    tell(instance.content_object, Letter.APPROVED)


@receiver(published, sender=Event)
def tell_that_it_is_published(instance: Event, **kwargs: Any) -> None:
    """Mail the organiser when staff publish what is under review without ending the review.

    An approval is told of above: its workflow has ended by then. Staff's own corrections later on
    are not told.
    """
    if instance.current_workflow_state or not instance.workflow_states.exists():
        first_time = instance.first_published_at == instance.last_published_at
        if instance.current_workflow_state or first_time:
            tell(instance, Letter.APPROVED)
