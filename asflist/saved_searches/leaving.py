"""A mail that waits tells of nobody who has left the list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import unpublished

from asflist.models import Enterprise
from asflist.saved_searches.delivery import take_back


@receiver(unpublished, sender=Enterprise)
@receiver(post_delete, sender=Enterprise)
def forget_who_has_left(instance: Enterprise, **kwargs: Any) -> None:
    """Take back waiting mails that tell of the entry."""
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        take_back(instance.pk)
