"""Visitors' bookings: personal data, deleted some time after the event."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from campaigns.enums import BookingMailKind, BookingState
from core.enums import ContentLanguage

#: How many one visitor may book for; a school class calls the organiser.
LARGEST_PARTY = 10


class BookingQuerySet(models.QuerySet["Booking"]):
    """Named questions about bookings."""

    def confirmed(self) -> Self:
        """Bookings that have their places."""
        return self.filter(state=BookingState.CONFIRMED)

    def waiting(self) -> Self:
        """Bookings on the waiting list, the first in line first: numbers are given under a lock."""
        return self.filter(state=BookingState.WAITING).order_by("pk")

    def active(self) -> Self:
        """Bookings that have places or wait for them."""
        return self.exclude(state=BookingState.CANCELLED)

    def to_be_reminded(self, now: datetime, ahead: timedelta) -> Self:
        """Confirmed bookings of what begins within ``ahead``, that have had no reminder.

        ``now`` is aware. Who booked later than that before it begins has just been told.
        """
        return (
            self.confirmed()
            .filter(
                time__starts_at__gt=now,
                time__starts_at__lte=now + ahead,
                created_at__lt=F("time__starts_at") - ahead,
            )
            .exclude(mails__kind=BookingMailKind.REMINDER)
        )

    def people(self) -> int:
        """Return the number of people these bookings are for; one query."""
        return self.aggregate(people=Sum("number"))["people"] or 0


class Booking(models.Model):
    """Places at one time of an event, or a place in line for them.

    Made and changed only in ``campaigns.events.bookings``, which never oversells. ``event`` is that
    of ``time``: with it, an event may be deleted with its bookings, and a time alone may not.
    ``told`` is a digest of the time and place that the visitor knows of.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("campaigns.Event", on_delete=models.CASCADE, related_name="bookings")
    time = models.ForeignKey(
        "campaigns.EventTime", on_delete=models.RESTRICT, related_name="bookings"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    number = models.PositiveSmallIntegerField(
        _("number of people"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_PARTY)],
    )
    access_needs = models.TextField(_("access needs"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=BookingState)
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    told = models.CharField(max_length=16, editable=False, default="")
    created_at = models.DateTimeField(_("booked"), auto_now_add=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["time", "state"], name="booking_time_state")]
        constraints = [
            models.UniqueConstraint(
                "time",
                Lower("email"),
                condition=~Q(state=BookingState.CANCELLED),
                name="one_booking_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        """Whether it has its places."""
        return self.state == BookingState.CONFIRMED

    def place_in_line(self) -> int:
        """Return the place of one who waits, 1 for the first in line; one query."""
        return type(self).objects.waiting().filter(time=self.time_id, pk__lte=self.pk).count()
