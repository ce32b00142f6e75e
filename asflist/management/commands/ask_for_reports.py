"""Asks owners for their yearly reports; for every day, safe to run twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from asflist.reports.requests import ask_for_reports


class Command(BaseCommand):
    help = "Ask owners for their yearly report in January, and remind them in February and March."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{ask_for_reports()} mails")
