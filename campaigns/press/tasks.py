"""What the press room leaves to a worker: arguments are ids, never addresses or names."""

from __future__ import annotations

from django_tasks import task

from campaigns.models import PressSubscription
from campaigns.press.delivery import deliver, send
from campaigns.press.subscriptions import question


@task(backend="mail")
def send_press_news(page_id: int) -> int:
    """Mail a newly published item to everybody who is still to get it; return how many that was."""
    return deliver(page_id)


@task(backend="mail")
def mail_about_subscription(subscription_id: int) -> None:
    """Mail the link to confirm or to manage a subscription; nothing when it has been ended."""
    subscription = PressSubscription.objects.filter(pk=subscription_id).first()
    if subscription:
        send(question(subscription))
