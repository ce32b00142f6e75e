"""Where an entry stands on its way to the list and off it; no revision decides that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asflist.enums import ListingState
from core.dates import swedish_today

if TYPE_CHECKING:
    from asflist.models.enterprise import Enterprise


class EnterpriseState(models.Model):
    """State, reason, and the day the entry was last known to be right.

    Only ``asflist.states`` changes them, and nothing brings back what they were: a revision that
    is published leaves them alone. What visitors see is approved (``reasons`` and ``public`` are
    also constraints of the database).
    """

    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ListingState,
        default=ListingState.DRAFT,
        editable=False,
        db_index=True,
    )
    state_reason = models.TextField(_("reason"), max_length=1500, blank=True, editable=False)
    state_changed_at = models.DateTimeField(_("state changed"), null=True, editable=False)
    confirmed_on = models.DateField(
        _("confirmed"), null=True, blank=True, editable=False, db_index=True
    )
    certified_until = models.DateField(
        _("certified until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The last day the certificate is valid. After that it is no longer shown."),
    )

    #: The state that publishing took the entry from, on the object that was published; else None.
    approved_from: str | None = None

    class Meta:
        abstract = True

    @property
    def certified(self) -> date | None:
        """The last day of the certificate while it is valid, else None."""
        end = self.certified_until
        return end if end and end >= swedish_today() else None

    @property
    def change_waits(self) -> bool:
        """Whether an unpublished change stands beside the row, and would be lost with it."""
        entry = cast("Enterprise", self)
        if self.state == ListingState.PAUSED:
            return entry.current_workflow_state is not None
        return entry.live and entry.has_unpublished_changes

    @property
    def is_public(self) -> bool:
        """Whether the state lets visitors see the entry."""
        return self.state == ListingState.APPROVED


#: What a revision never brings back.
OUTSIDE_REVISIONS = (
    "state",
    "state_reason",
    "state_changed_at",
    "confirmed_on",
    "certified_until",
    "slug",
)
REASONS = models.CheckConstraint(
    condition=~Q(state__in=ListingState.with_reason()) | ~Q(state_reason=""),
    name="enterprise_state_has_reason",
)
PUBLIC = models.CheckConstraint(
    condition=Q(live=False) | Q(state=ListingState.APPROVED), name="enterprise_public_is_approved"
)
