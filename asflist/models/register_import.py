"""A file of entries between the dry run and the import."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from asflist.enums import ImportAs


class RegisterImport(models.Model):
    """What one member of staff has uploaded; nobody else may see it.

    The file is kept in the database, where no address leads to it, and is emptied when it has been
    imported. ``fates`` holds what the dry run said of each row as ``[row number, fate, name,
    organisation number, changes or reasons]``, ``figures`` counts them by ``RowFate``. The import
    goes on from row ``position``; ``done`` counts what it did.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="register_imports"
    )
    file_name = models.CharField(_("file"), max_length=200)
    content: Any = models.BinaryField()
    new_entries = models.CharField(
        _("new entries become"), max_length=10, choices=ImportAs, default=ImportAs.SUBMITTED
    )
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    fates = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    done = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import of entries")
        verbose_name_plural = _("imports of entries")

    def __str__(self) -> str:
        return str(self.uid)
