"""Ask owners whether their entries are right, remind them, and pause what nobody answers for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from asflist.freshness.asking import run


class Command(BaseCommand):
    help = "Ask owners once a year, remind them, and pause what is silent; run it every morning."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(", ".join(f"{what} {number}" for what, number in run().items()))
