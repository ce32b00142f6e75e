"""What visitors are to be told about their bookings, and whether they have been."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import BookingMailKind

#: How long one who sends may take before another may try.
LEASE = timedelta(minutes=15)
#: After this nobody tries any more.
GIVE_UP = timedelta(days=2)


class BookingMailQuerySet(models.QuerySet["BookingMail"]):
    """Named questions about mails; ``now`` is an aware moment."""

    def unsent(self) -> Self:
        """Mails that have not gone out."""
        return self.filter(sent_at=None)

    def due(self, now: datetime) -> Self:
        """Unsent mails that nobody is sending."""
        free = Q(tried_at=None) | Q(tried_at__lte=now - LEASE)
        return self.unsent().filter(free, made_at__gt=now - GIVE_UP)


class BookingMail(models.Model):
    """One mail to one visitor; the row is written with the change it tells of, so none is lost.

    ``tried_at`` is when somebody last began to send it: a lease, that no two send the same.
    """

    booking = models.ForeignKey("campaigns.Booking", on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("kind"), max_length=20, choices=BookingMailKind)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    tried_at = models.DateTimeField(_("tried"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = BookingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail about a booking")
        verbose_name_plural = _("mails about bookings")
        constraints = [
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(kind=BookingMailKind.REMINDER),
                name="one_reminder_a_booking",
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.kind}"
