"""Sending mail exactly when what it tells of has been committed, and once.

A mail is a row before it is a mail (the transactional outbox): written in the caller's transaction
under a key of its own, sent by a task after the commit, and taken up by ``send_waiting_mail`` when
a worker died or a server refused.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from core.mail import compose
from core.models import OutgoingMail

#: What was sent is remembered by its key for this long.
KEEP = timedelta(days=800)


class MailNotSentError(Exception):
    """The mail server took no mail. It names no address: task results are kept longer."""


def post(
    key: str,
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    language: str,
    headers: dict[str, str] | None = None,
) -> bool:
    """Have a mail sent when the caller's transaction has committed; False where ``key`` is known.

    ``key`` (at most 200 characters, no personal data) names the mail for good, for example
    ``"freshness:<uid>:2"``. The rest is as in ``core.mail.compose``: a template of text whose first
    line is the subject, in the receiver's ``language``.
    """
    message = compose(template, context, to=to, language=language, headers=headers)
    mail, made = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": str(message.subject)[:250],
            "body": str(message.body),
            "headers": message.extra_headers,
            "language": language,
        },
    )
    if made:
        transaction.on_commit(partial(send_mail.enqueue, mail.pk), robust=True)
    return made


def send_waiting() -> int:
    """Try each mail that is due, after a failure or a process that died, and count them."""
    due = list(OutgoingMail.objects.due(timezone.now()).values_list("pk", flat=True))
    for pk in due:
        send_mail.enqueue(pk)
    return len(due)


@task(backend="mail")
def send_mail(mail_id: int) -> None:
    """Send a mail that is due; safe to run twice. Raises ``MailNotSentError``."""
    now = timezone.now()
    # No lock is held while the server is talked to.
    if not OutgoingMail.objects.due(now).filter(pk=mail_id).update(tried_at=now):
        return
    mail = OutgoingMail.objects.get(pk=mail_id)
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    # The same for each try: a mail that was sent twice is shown once (RFC 5322 § 3.6.4).
    identity = salted_hmac("core.outbox", mail.key, algorithm="sha256").hexdigest()[:32]
    headers = {"Message-ID": f"<{identity}@{host}>"} | mail.headers
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers)
    try:
        message.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors, and quote addresses
        raise MailNotSentError(type(error).__name__) from None
    OutgoingMail.objects.filter(pk=mail_id).update(
        sent_at=timezone.now(), to="", subject="", body="", headers={}
    )


def forget_mails(now: datetime) -> int:
    """Delete what was sent long ago, and empty what nobody tries any more; count both."""
    old = OutgoingMail.objects.filter(made_at__lt=now - KEEP)
    number, _by_model = old.delete()
    given_up = OutgoingMail.objects.unsent().filter(made_at__lt=now - timedelta(days=30))
    return number + given_up.exclude(to="").update(to="", subject="", body="", headers={})
