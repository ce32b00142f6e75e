"""A disk on which the process is killed when it has written half a PDF."""

from __future__ import annotations

import os
import signal
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage


class DyingStorage(FileSystemStorage):
    """Kills its own process, without a chance to clean up, midway in a PDF."""

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".pdf"):
            whole = content.read()
            super()._save(name, ContentFile(whole[: len(whole) // 2]))
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._save(name, content)
