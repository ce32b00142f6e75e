"""What the yearly question hears of what else is done with an entry."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from asflist.freshness.answers import close_by
from asflist.models import ListingEvent


@receiver(post_save, sender=ListingEvent)
def close_the_question(
    instance: ListingEvent, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """A change, an approval or a withdrawal answers what the owners were asked."""
    if created and not raw:
        close_by(instance)
