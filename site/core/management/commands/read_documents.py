"""``read_documents``: look into the documents that nobody has looked into."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.models import CustomDocument


class Command(BaseCommand):
    """Reads each document whose file nobody has read since it was put there; safe to run twice."""

    help = "Read the text of documents that have not been looked into, so that it is searched."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for document in CustomDocument.objects.unread().order_by("pk"):
            try:
                document.read()
            except OSError as error:
                self.stderr.write(f"{document.pk}: {error}")
                continue
            number += 1
            if document.warning:
                self.stdout.write(f"{document.pk}: {document.file.name}: {document.text_state}")
        self.stdout.write(f"Documents read: {number}")
