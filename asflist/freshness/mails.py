"""What owners are told by mail about the yearly question."""

from __future__ import annotations

from django.db import models

from asflist.freshness.links import mail_links
from asflist.models import ConfirmationRequest, EnterpriseOwner
from core.outbox import post


class Letter(models.TextChoices):
    """The mails; the value names the template."""

    ASK = "freshness_ask"
    PAUSED = "freshness_paused"


def write(letter: Letter, request: ConfirmationRequest, owner: EnterpriseOwner) -> None:
    """Have a mail sent to one owner; each reminder once, also when two processes write it."""
    key = f"freshness:{request.uid}:{letter.value}:{request.reminders}:{owner.uid}"
    context = {
        "enterprise": request.enterprise,
        "owner": owner,
        "reminders": request.reminders,
        "links": mail_links(request, owner),
    }
    template = f"asflist/mail/{letter.value}.txt"
    post(key, template, context, to=owner.email, language=owner.language)
