"""Make the index of the site's search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    """Index every live page, enterprise and document; run it as often as you like."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for subject, number in rebuild().items():
            self.stdout.write(f"{subject}: {number}")
