"""Compile the message catalogues; with --update, first bring them up to date with the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core import messages


class Command(BaseCommand):
    """Works on every ``LC_MESSAGES/django.po`` in ``LOCALE_PATHS``."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="collect messages from the code")

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            template = messages.collect(Path(settings.BASE_DIR)) if options["update"] else None
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                if template is not None:
                    messages.update(path, template)
                messages.compile_catalogue(path)
