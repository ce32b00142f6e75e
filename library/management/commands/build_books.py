"""Books' files whose making was cut short are made."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from library.books.builder import build, delete_orphans, due_books


class Command(BaseCommand):
    help = "Makes the books' files that are wanted and that nobody is making. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is due, and clear away what dead builds have left; two at once do no harm."""
        for handbook_id in due_books():
            build(handbook_id)
        delete_orphans()
