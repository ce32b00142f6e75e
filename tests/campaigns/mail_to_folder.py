"""A mail server for workers in processes of their own: a folder, and a death at a set moment."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

FOLDER = Path(os.environ.get("MAIL_FOLDER", "."))
#: The worker is killed when this many mails have been taken, before it sends the next.
DIES_AFTER = int(os.environ.get("DIES_AFTER", "1000000"))


class EmailBackend(BaseEmailBackend):
    """Each mail becomes a file with a name of its own, as often as it is sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            number = len(list(FOLDER.glob("*.eml")))
            if number >= DIES_AFTER:
                os.kill(os.getpid(), signal.SIGKILL)
            (FOLDER / f"{number:04}.eml").write_bytes(message.message().as_bytes())
        return len(email_messages)
