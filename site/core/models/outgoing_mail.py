"""Mail that is to be sent once, written with the change that it tells of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import ContentLanguage

#: How long one who sends may take before another may try.
LEASE = timedelta(minutes=15)
#: After this nobody tries any more.
GIVE_UP = timedelta(days=2)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Named questions about mails; ``now`` is an aware moment."""

    def unsent(self) -> Self:
        """Mails that have not gone out."""
        return self.filter(sent_at=None)

    def due(self, now: datetime) -> Self:
        """Unsent mails that nobody is sending."""
        free = Q(tried_at=None) | Q(tried_at__lte=now - LEASE)
        return self.unsent().filter(free, made_at__gt=now - GIVE_UP)


class OutgoingMail(models.Model):
    """One mail, as it was composed. Its text, links and receiver are emptied when it has gone out.

    ``key`` says what it is about: the same mail is never written twice. ``tried_at`` is when
    somebody last began to send it: a lease, that no two send the same.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(_("receiver"), blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    headers = models.JSONField(default=dict)
    language = models.CharField(_("language"), max_length=2, choices=ContentLanguage)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    tried_at = models.DateTimeField(_("tried"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")

    def __str__(self) -> str:
        return self.key
