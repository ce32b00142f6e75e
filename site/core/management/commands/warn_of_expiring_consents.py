"""Warn staff of consents that end: run it every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.consent import warn_of_expiring_consents


class Command(BaseCommand):
    """Mail moderators about each picture and page once for each end of its consent."""

    help = "Mail moderators about consents that end within 30 days. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        number = warn_of_expiring_consents()
        self.stdout.write(f"Warned of {number} consents.")
