"""Tell those who watch a search of what is new to it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from asflist.saved_searches.delivery import send_due


class Command(BaseCommand):
    help = "Mail what is new to the searches that are due; safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"mails {send_due()}")
