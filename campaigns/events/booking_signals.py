"""What happens to bookings when an event is published anew."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from campaigns.events.bookings import move_up, notify_of_change
from campaigns.models import Booking, Event


@receiver(published, sender=Event)
def keep_promises_to_visitors(instance: Event, **kwargs: Any) -> None:
    """Move the waiting lists up when there is more room, and tell those whose time has changed."""
    if Booking.objects.active().filter(event=instance).exists():
        move_up(instance)
        notify_of_change(instance)
