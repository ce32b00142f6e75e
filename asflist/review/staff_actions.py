"""What staff may do with an entry in each state, beside judging it in its review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asflist.enums import ListingAction
from asflist.models import Enterprise
from asflist.states import ALLOWED


@dataclass(frozen=True)
class StaffAction:
    """A link to a form: the address' name, what the button says, and what it does to the state."""

    url_name: str
    label: Any
    action: ListingAction

    def url(self, entry: Enterprise) -> str:
        """Return the address of the form."""
        return reverse(self.url_name, args=[entry.pk])


ACTIONS = (
    StaffAction("enterprise_pause", _("Pause the entry"), ListingAction.PAUSED),
    StaffAction("enterprise_resume", _("Put it back on the list"), ListingAction.RESUMED),
    StaffAction("enterprise_decline", _("Decline"), ListingAction.DECLINED),
    StaffAction("enterprise_withdraw", _("Take it off the list for good"), ListingAction.WITHDRAWN),
)


def actions_for(entry: Enterprise) -> list[dict[str, Any]]:
    """Return label and address of what the entry's state allows."""
    return [
        {"label": action.label, "url": action.url(entry)}
        for action in ACTIONS
        if entry.state in ALLOWED[action.action]
    ]
