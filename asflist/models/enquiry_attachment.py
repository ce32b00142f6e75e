"""Files that buyers and receivers send one another."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

#: In the private storage.
FOLDER = "enquiries/"


def private_storage() -> Storage:
    """Return the storage that no address of the site leads to."""
    return storages["private"]


def stored_name(attachment: EnquiryAttachment, name: str) -> str:
    """Return a name that says nothing of the file's own, but for a known ending."""
    return f"{FOLDER}{attachment.uid.hex}{PurePath(name).suffix.lower()}"


class EnquiryAttachment(models.Model):
    """A file of an enquiry or of an answer; of neither while its form is being filled in.

    ``name`` is what its sender called it, made harmless; ``size`` is in bytes.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enquiry = models.ForeignKey(
        "asflist.Enquiry", null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    receiver = models.ForeignKey(
        "asflist.EnquiryReceiver", null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(_("name"), max_length=100)
    file: Any = models.FileField(_("file"), upload_to=stored_name, storage=private_storage)
    size = models.PositiveIntegerField(_("size"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enquiry=None) | models.Q(receiver=None),
                name="attachment_of_enquiry_or_answer",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)
