"""Who did what with an entry, and when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asflist.enums import ListingAction, ListingState


class ListingEvent(models.Model):
    """One thing that was done with an entry, in the source language; never changed.

    ``user`` is staff; an owner acts without an account and is ``by_owner``, a number and no name:
    who that was is forgotten with the owner. Neither: the site did it by itself.
    """

    enterprise = models.ForeignKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="events_of_listing"
    )
    action = models.CharField(_("what"), max_length=20, choices=ListingAction)
    state = models.CharField(_("state"), max_length=20, choices=ListingState)
    reason = models.TextField(_("reason"), max_length=1500, blank=True)
    details: Any = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_owner = models.BooleanField(default=False)
    owner = models.ForeignKey(
        "asflist.EnterpriseOwner", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("event of an entry")
        verbose_name_plural = _("events of entries")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=ListingAction.with_reason()) | ~Q(reason=""),
                name="listing_event_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.action}"
