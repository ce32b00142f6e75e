"""What happens when something of the foundation is saved."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from core.models import CustomImage
from core.pictures import refresh_pictures


@receiver(post_save, sender=CustomImage)
def make_pictures_of_saved_image(instance: CustomImage, raw: bool = False, **kwargs: Any) -> None:
    """Make the web sizes now, so that no visitor's request has to."""
    if not raw and instance.file:
        refresh_pictures(instance)
