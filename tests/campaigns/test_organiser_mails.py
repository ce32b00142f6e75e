"""What the worker keeps of mails to organisers."""

import logging

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from campaigns.events.booking_mails import MailNotSentError
from campaigns.events.organiser_mails import Letter, send_letter
from campaigns.models import EventOrganiser
from tests.campaigns.factories import make_campaign, make_event


class RefusingBackend(BaseEmailBackend):
    """A mail server that refuses, and quotes the address as Python's own errors do."""

    def send_messages(self, messages):
        raise OSError(f"550 no such user: {messages[0].to[0]}")


def test_a_refused_mail_leaves_no_address_in_the_worker_s_table_or_the_log(
    campaigns, settings, caplog
):
    event = make_event(make_campaign(campaigns, title="Öppet hus-dagen"))
    EventOrganiser.objects.filter(event=event).update(email="kim@example.com")
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    with caplog.at_level(logging.DEBUG), pytest.raises(MailNotSentError) as raised:
        send_letter.call(event.organiser.pk, Letter.RECEIVED.value)
    assert "example.com" not in f"{raised.value}{raised.value.__cause__}{caplog.text}"
    assert raised.value.__suppress_context__
