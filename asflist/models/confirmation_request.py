"""The yearly question to an entry's owners: is it still right?"""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from asflist.enums import ConfirmationAnswer, ListingState


class ConfirmationRequestQuerySet(models.QuerySet["ConfirmationRequest"]):
    """Named questions about the yearly question."""

    def unanswered(self) -> Self:
        """Those that nobody has answered, and that staff have not closed."""
        return self.filter(answered_at=None)

    def open(self) -> Self:
        """Unanswered ones whose entry stands as the question left it: listed, or paused by it."""
        listed = Q(paused_at=None, enterprise__state=ListingState.APPROVED)
        paused = Q(paused_at__isnull=False, enterprise__state=ListingState.PAUSED)
        return self.unanswered().filter(listed | paused)

    def overtaken(self) -> Self:
        """Unanswered ones whose entry somebody has since put in another state."""
        return self.unanswered().exclude(pk__in=self.open().values("pk"))


class ConfirmationRequest(models.Model):
    """One round of asking; at most one of an entry's is unanswered (also in the database).

    ``reminders`` counts those that have been sent, the last at ``reminded_at``; ``paused_at`` says
    that silence paused the entry. The clock asked, unless ``asked_by`` did.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="confirmation_requests"
    )
    asked_at = models.DateTimeField(_("asked"), db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("last reminded"), null=True)
    paused_at = models.DateTimeField(_("paused"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True, db_index=True)
    answer = models.CharField(_("answer"), max_length=10, choices=ConfirmationAnswer, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("question whether an entry is right")
        verbose_name_plural = _("questions whether entries are right")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(answered_at=None),
                name="one_unanswered_request_of_enterprise",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="confirmation_answer_has_day",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at=None) | Q(reminded_at__gte=F("asked_at")),
                name="confirmation_reminded_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
