"""Compile the message catalogues; with --update, first bring ours up to date with the code."""

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
        own, *others = (Path(folder) for folder in settings.LOCALE_PATHS)
        if options["update"]:
            template = messages.collect(Path(settings.BASE_DIR))
            for path in catalogues(own):
                messages.update(path, template)
        for folder in (own, *others):
            for path in catalogues(folder):
                messages.compile_catalogue(path)


def catalogues(folder: Path) -> list[Path]:
    """Return the ``.po`` files of the languages in ``folder``."""
    return sorted(folder.glob("*/LC_MESSAGES/django.po"))
