#!/usr/bin/env python
"""Run a management command; development settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
