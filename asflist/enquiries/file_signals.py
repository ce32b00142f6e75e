"""A file is gone when its attachment is."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from asflist.models import EnquiryAttachment
from asflist.models.enquiry_attachment import private_storage


@receiver(post_delete, sender=EnquiryAttachment)
def delete_file(instance: EnquiryAttachment, **kwargs: Any) -> None:
    """Delete the file when the deletion of its row has been committed."""
    if instance.file.name:
        transaction.on_commit(partial(private_storage().delete, instance.file.name))
