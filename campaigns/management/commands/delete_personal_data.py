"""Delete personal data that has served its purpose."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from campaigns.events.retention import delete_what_is_spent


class Command(BaseCommand):
    help = "Delete personal data whose time is out, and say how much; safe to run every day."

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = delete_what_is_spent()
        self.stdout.write(", ".join(f"{what} {number}" for what, number in numbers.items()))
