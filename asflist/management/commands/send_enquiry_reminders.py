"""Remind those who have not answered an enquiry, and ask buyers what came of theirs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from asflist.enquiries.reminders import remind


class Command(BaseCommand):
    help = "Send the reminders of enquiries that are due; safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        done = remind()
        self.stdout.write(f"reminders to receivers {done.receivers}, to buyers {done.buyers}")
