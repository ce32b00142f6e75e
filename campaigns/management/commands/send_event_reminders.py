"""Remind visitors two days before, and send what was not sent."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from campaigns.events.booking_mails import queue_again
from campaigns.events.reminders import remind


class Command(BaseCommand):
    help = "Remind those who have booked, and try unsent mails again; safe to run every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        again = queue_again()
        reminded = remind()
        self.stdout.write(f"reminders {reminded}, tried again {again}")
