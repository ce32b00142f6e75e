"""What happens to the calendars when an event is saved."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from campaigns.events.calendars import what_calendars_show
from campaigns.models import Event

SHOWN = {"title", "host", "venue", "municipality_code", "cancelled_at"}


@receiver(pre_save, sender=Event)
def raise_the_sequence_of_a_changed_event(
    instance: Event, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Raise SEQUENCE (RFC 5545 § 3.8.7.4) once for each save that changes what calendars show.

    Before the save, and not at ``published``: whoever is told of the change has the new number.
    """
    if raw or instance._state.adding:
        return
    # To save a draft is to save one field of the row: its latest revision.
    if update_fields is not None and SHOWN.isdisjoint(update_fields):
        return
    known = Event.objects.filter(pk=instance.pk).prefetch_related("times").first()
    if known is None:
        return
    sequence = known.sequence
    if known.first_published_at and what_calendars_show(known) != what_calendars_show(instance):
        sequence += 1
        Event.objects.filter(pk=instance.pk).update(sequence=sequence)
    # A row that was read before another change must not take the number back.
    instance.sequence = max(instance.sequence, sequence)
