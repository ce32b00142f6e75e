"""How large an enterprise is, and its standing with Skoopi."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EnterpriseStanding(models.Model):
    """Figures, membership and certificate."""

    employees = models.PositiveIntegerField(
        _("number of employees"),
        null=True,
        blank=True,
        help_text=_("People employed today. Leave empty if you do not know."),
    )
    participants = models.PositiveIntegerField(
        _("number of participants"),
        null=True,
        blank=True,
        help_text=_("People in work training or other rehabilitation today."),
    )
    member_since = models.DateField(
        _("member of Skoopi since"),
        null=True,
        blank=True,
        help_text=_(
            "The day membership was granted. Leave empty for enterprises that are not members."
        ),
    )
    certified_until = models.DateField(
        _("certified until"),
        null=True,
        blank=True,
        help_text=_("The last day the certificate is valid. After that it is no longer shown."),
    )

    class Meta:
        abstract = True

    @property
    def certified(self) -> date | None:
        """The last day of the certificate while it is valid, else None."""
        end = self.certified_until
        return end if end and end >= timezone.localdate() else None

    @property
    def member(self) -> date | None:
        """The day the enterprise became a member, else None; also while that day is ahead."""
        start = self.member_since
        return start if start and start <= timezone.localdate() else None
