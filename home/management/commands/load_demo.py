"""Load the demonstration's content, once; what is there is never touched."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.demo.loader import load
from home.demo.users import DEMO_LOGIN, USERS


class Command(BaseCommand):
    """Says how far it has come, then where the site is and who may log in."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        if load(self.progress):
            self.stdout.write(f"Demo content loaded in {time.monotonic() - start:.0f} s.")
        else:
            self.stdout.write("The content is there already and is left as it is.")
        self.stdout.write(f"\nThe site:   {settings.WAGTAILADMIN_BASE_URL}/")
        self.stdout.write(f"In English: {settings.WAGTAILADMIN_BASE_URL}/en/")
        self.stdout.write(f"The admin:  {settings.WAGTAILADMIN_BASE_URL}/admin/")
        names = ", ".join([*USERS, "admin"])
        self.stdout.write(f"Log in as one of {names}; the password is {DEMO_LOGIN}\n")

    def progress(self, message: str) -> None:
        """Say what has been made."""
        self.stdout.write(f"  {message}")
        self.stdout.flush()
