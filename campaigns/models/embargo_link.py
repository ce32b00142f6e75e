"""A journalist's way to read what is under embargo."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EmbargoLinkQuerySet(models.QuerySet["EmbargoLink"]):
    """Named questions about links."""

    def open(self, now: datetime | None = None) -> Self:
        """Links that still work at ``now`` (aware; the present moment unless given)."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())


class EmbargoLink(models.Model):
    """A signed address at which one press page can be read before its moment.

    The address is made from ``uid`` by ``core.signed_links``; this row is what makes it end.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        "campaigns.PressPage", on_delete=models.CASCADE, related_name="embargo_links"
    )
    recipient = models.CharField(
        _("for whom"),
        max_length=120,
        help_text=_("The newsroom that gets the link, so that you know which one to revoke."),
    )
    expires_at = models.DateTimeField(
        _("works until"), help_text=_("After this moment the link leads nowhere.")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = EmbargoLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("embargo link")
        verbose_name_plural = _("embargo links")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.recipient
