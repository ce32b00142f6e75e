"""Remind owners 90 and 30 days before a certificate ends."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from asflist.certification.reminders import remind


class Command(BaseCommand):
    help = "Remind owners of certificates that soon end; safe to run every day, and twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"reminders {remind()}")
