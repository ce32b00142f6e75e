"""When an event is."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from campaigns.dates import LONG


class EventTimeQuerySet(models.QuerySet["EventTime"]):
    """Named questions about times."""

    def booked(self) -> Self:
        """Times that somebody has booked, also who has cancelled since."""
        return self.filter(bookings__isnull=False).distinct()


class EventTime(Orderable):
    """One time of an event; each has its own places, bookings and calendar entry."""

    event = ParentalKey("campaigns.Event", on_delete=models.CASCADE, related_name="times")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("opens"), db_index=True)
    ends_at = models.DateTimeField(_("closes"))

    objects = EventTimeQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])]

    class Meta(Orderable.Meta):
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")

    def __str__(self) -> str:
        return self.in_words

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must close after it opens.")})

    @property
    def local_start(self) -> datetime:
        """When it opens, in Swedish time whatever time zone is active."""
        return timezone.localtime(self.starts_at, timezone.get_default_timezone())

    @property
    def local_end(self) -> datetime:
        """When it closes, in Swedish time whatever time zone is active."""
        return timezone.localtime(self.ends_at, timezone.get_default_timezone())

    @property
    def in_words(self) -> str:
        """The time in the reader's language: ``"lördag 8 maj 2027 10:00–14:00"``."""
        return f"{date_format(self.local_start.date(), LONG)} {self.hours}"

    @property
    def hours(self) -> str:
        """The hours alone: ``"10:00–14:00"``, and the day on which it closes if that is another."""
        start, end = self.local_start, self.local_end
        if start.date() == end.date():
            return f"{start:%H:%M}–{end:%H:%M}"
        return f"{start:%H:%M} – {date_format(end.date(), LONG)} {end:%H:%M}"
