"""What organisers are told by mail."""

from __future__ import annotations

from functools import partial

from django.db import models, transaction
from django_tasks import task
from wagtail.models import TaskState, WorkflowState

from campaigns.events.addresses import confirm_url, organiser_url
from campaigns.models import Event, EventOrganiser
from core.mail import compose, full_url
from core.outbox import MailNotSentError


class Letter(models.TextChoices):
    """The mails; the value names the template."""

    CONFIRM = "event_confirm"
    RECEIVED = "event_received"
    APPROVED = "event_approved"
    SENT_BACK = "event_sent_back"
    LINK = "event_link"


def write_to(organiser: EventOrganiser, letter: Letter) -> None:
    """Have a mail sent when the transaction has committed."""
    transaction.on_commit(partial(send_letter.enqueue, organiser.pk, letter.value), robust=True)


@task(backend="mail")
def send_letter(organiser_id: int, letter: str) -> None:
    """Write the mail from what is true now, and send it; one without an address has none.

    Raises ``MailNotSentError``.
    """
    organiser = (
        EventOrganiser.objects.select_related("event__campaign")
        .filter(pk=organiser_id)
        .exclude(email="")
        .first()
    )
    if organiser is None:
        return
    event = organiser.event
    context = {
        "event": event,
        "organiser": organiser,
        "confirm_link": confirm_url(organiser),
        "link": organiser_url(organiser),
        "page_url": full_url(event.get_url(language=organiser.language)),
        "reason": reason_sent_back(event),
    }
    template = f"campaigns/mail/{Letter(letter).value}.txt"
    message = compose(template, context, to=organiser.email, language=organiser.language)
    try:
        message.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors, and quote addresses
        raise MailNotSentError(type(error).__name__) from None


def reason_sent_back(event: Event) -> str:
    """Return why staff have sent the event back, ``""`` unless it waits for the organiser."""
    state = event.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    rejected = state.task_states.filter(status=TaskState.STATUS_REJECTED)
    found = rejected.order_by("-finished_at", "-pk").first()
    return found.specific.get_comment() if found else ""
