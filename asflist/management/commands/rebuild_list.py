"""Make anew what the ASF list is searched by; readers search the old rows meanwhile."""

from typing import Any

from django.core.management.base import BaseCommand

from asflist.finding.entries import rebuild


class Command(BaseCommand):
    """Needed after changes made past Django, in SQL; safe to run at any time, and twice."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} entries")
