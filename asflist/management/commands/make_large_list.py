"""Make a made-up list, to see how the site bears it; the same one every time."""

from __future__ import annotations

import os
from typing import Any

from django.conf import ENVIRONMENT_VARIABLE
from django.core.management.base import BaseCommand, CommandError, CommandParser

from asflist.finding.large_list import make_large_list, others
from asflist.models import Enterprise


class Command(BaseCommand):
    """Refuses where there are enterprises, and on the site itself, unless told twice."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=100_000, help="how many enterprises")
        parser.add_argument("--yes", action="store_true", help="beside enterprises that are there")
        parser.add_argument("--in-production", action="store_true", help="on the site itself")

    def handle(self, *args: Any, **options: Any) -> None:
        module = os.environ.get(ENVIRONMENT_VARIABLE, "")
        if module.endswith(".production") and not options["in_production"]:
            raise CommandError("This is the site itself. Add --in-production if you mean it.")
        if Enterprise.objects.exclude(pk__in=others()).exists():
            raise CommandError("The made-up list is there already.")
        if others().exists() and not options["yes"]:
            raise CommandError(
                "There are enterprises here. Add --yes to make them up beside those."
            )
        for made in make_large_list(options["count"]):
            self.stdout.write(f"{made} enterprises", ending="\r")
        self.stdout.write("")
