"""How large an enterprise is, and its standing with Skoopi."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import swedish_today


class EnterpriseStanding(models.Model):
    """Figures and membership."""

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

    class Meta:
        abstract = True

    @property
    def member(self) -> date | None:
        """The day the enterprise became a member, else None; also while that day is ahead."""
        start = self.member_since
        return start if start and start <= swedish_today() else None
