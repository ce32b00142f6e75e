"""``manage.py send_waiting_mail``: tries mail again that could not be sent; safe to run twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.outbox import send_waiting


class Command(BaseCommand):
    """Run it every hour."""

    help = "Sends what a dead worker or a refusing mail server has left."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_waiting()} mails tried again")
