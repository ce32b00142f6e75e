"""Settings of a worker in a process of its own: production's queue, and a disk that may fail it."""

import os
from pathlib import Path

from config.settings import test

vars().update({name: value for name, value in vars(test).items() if name.isupper()})
TASKS = test.TASKS | {"books": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MEDIA_ROOT = Path(os.environ["MEDIA_ROOT"])
if os.environ.get("DIES"):
    STORAGES = test.STORAGES | {
        "default": {"BACKEND": "tests.library.dying_storage.DyingStorage"},
    }
