"""Press news by mail: each item once to each address, also when a worker dies midway.

Each mail has a transaction of its own that holds the row saying that it has been sent and the
sending itself. A worker that dies before the mail server has taken the mail leaves no row, so the
next worker sends it; two workers on the same item wait for one another at the row. One window
cannot be closed: a worker that dies after the mail server has taken the mail, and before the row is
committed, has the mail sent again. It then carries the same Message-ID, by which mail servers and
programs know it for the same mail (RFC 5322 § 3.6.4).

A task that dies with its worker is not run again by django-tasks-db: its row says “running” for
ever. ``deliver_press_news``, run every minute, starts it anew.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from campaigns.models import PressDelivery, PressSubscription
from campaigns.models.press_subscription import PressSubscriptionQuerySet
from campaigns.press.items import PressItem, PressItemQuerySet, as_items, press_items
from campaigns.press.subscriptions import choices_of, manage_link, unsubscribe_link
from core.mail import compose, full_url

logger = logging.getLogger(__name__)

#: For how long after its first publication an item is sent to those who have not got it.
WINDOW = timedelta(days=2)
#: After so many failures in a row the mail server is taken to be down, and the task ends.
ENOUGH_FAILURES = 3
FIRST_PERMANENT = 500  # SMTP reply codes from here on are permanent (RFC 5321 § 4.2.1)


class MailError(Exception):
    """A mail could not be sent. Says what kind of failure it was, and never to whom."""


def recent_items(now: datetime | None = None) -> PressItemQuerySet:
    """Return the public items first published within ``WINDOW``; ``now`` is aware.

    A film counts when it stood in the press room from the beginning: one that is put there later
    is in the stream and the feeds, and is not mailed.
    """
    since = (now or timezone.now()) - WINDOW
    return press_items().filter(first_published_at__gt=since)


def outstanding(item: PressItem) -> PressSubscriptionQuerySet:
    """Return the subscriptions that are still to get ``item``.

    Those confirmed before it was published, whose address has not got it by another subscription.
    """
    page = item.page
    has_got = PressDelivery.objects.filter(page=page.pk).values("subscription__email")
    return (
        PressSubscription.objects.wanting(
            item.kind, item.county.code if item.county else "", page.locale.language_code
        )
        .filter(confirmed_at__lte=page.first_published_at)
        .exclude(email__in=has_got)
        .order_by("pk")
    )


def deliver(page_id: int) -> int:
    """Mail the item to everybody who is still to get it; return how many mails went out.

    Nothing when it is not public (any more), or not newly published. Those whom a failing mail
    server left out are still outstanding, for the next time.
    """
    item = next(as_items(recent_items().filter(pk=page_id)), None)
    if item is None:
        return 0
    # One subscription an address.
    chosen = dict(outstanding(item).reverse().values_list("email", "pk"))
    sent = failures = 0
    connection = get_connection()
    try:
        for subscription_id in sorted(chosen.values()):
            try:
                sent += deliver_to(subscription_id, item, connection)
                failures = 0
            except MailError as error:
                logger.warning(
                    "Press item %s, subscription %s: %s", page_id, subscription_id, error
                )
                connection.close()
                failures += 1
                if failures == ENOUGH_FAILURES:
                    break
    finally:
        connection.close()
    return sent


def deliver_to(subscription_id: int, item: PressItem, connection: BaseEmailBackend) -> bool:
    """Mail ``item`` to one subscription unless it has it, and tell whether that was done.

    Nothing is sent when the subscription has been ended or the item withdrawn meanwhile. Raises
    ``MailError``, and nothing is kept of the attempt then.
    """
    with transaction.atomic():
        subscription = (
            PressSubscription.objects.confirmed()
            .select_for_update()
            .filter(pk=subscription_id)
            .first()
        )
        if subscription is None or not press_items().filter(pk=item.page.pk).exists():
            return False
        _delivery, is_new = PressDelivery.objects.get_or_create(
            subscription=subscription, page_id=item.page.pk
        )
        if is_new:
            send(news_mail(item, subscription), connection)
        return is_new


def send(message: EmailMessage, connection: BaseEmailBackend | None = None) -> None:
    """Send ``message``, over a connection that is kept open when one is given.

    An address that the mail server refuses for good counts as sent to: asking again every minute
    helps nobody. Raises ``MailError`` for all else, without the address that Python's own errors
    carry into logs and task results.
    """
    message.connection = connection
    try:
        if connection:
            connection.open()
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _reason in error.recipients.values()]
        if min(codes, default=0) < FIRST_PERMANENT:
            raise MailError(f"refused for now, {codes}") from None
        logger.error("The mail server refuses a subscriber's address for good: %s", codes)
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(type(error).__name__) from None


def news_mail(item: PressItem, subscription: PressSubscription) -> EmailMessage:
    """Return the mail that tells a subscriber of ``item``.

    Its headers let mail programs end the subscription with one click (RFC 2369, RFC 8058) and sort
    the mail (RFC 2919).
    """
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    return compose(
        "campaigns/mail/press_news.txt",
        {
            "item": item,
            "url": full_url(item.page.get_url() or ""),
            "manage_url": manage_link(subscription),
            "unsubscribe_url": unsubscribe_link(subscription),
            **choices_of(subscription),
        },
        to=subscription.email,
        language=subscription.language,
        headers={
            "Message-ID": f"<press-{item.page.pk}-{subscription.uid}@{domain}>",
            "List-Id": f"<press-{subscription.language}.{domain}>",
            "List-Unsubscribe": f"<{unsubscribe_link(subscription)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def undelivered() -> list[int]:
    """Return the ids of the newly published items that somebody is still to get."""
    items = as_items(recent_items().order_by("first_published_at"))
    return [item.page.pk for item in items if outstanding(item).exists()]
