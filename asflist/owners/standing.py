"""How an entry stands and what has been done with it, in words for its owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from asflist.enums import ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent

#: What an owner should know of each state, in a sentence.
WORDS = {
    ListingState.DRAFT: _("The entry has not been sent in. Finish it and send it when you wish."),
    ListingState.SUBMITTED: _("We read your application, and write to you when we have."),
    ListingState.CHANGES_REQUESTED: _(
        "Something must be changed before we can approve your application."
    ),
    ListingState.APPROVED: _("Everybody can see the entry."),
    ListingState.DECLINED: _(
        "We could not approve your application. You may apply again: change it and send it in."
    ),
    ListingState.PAUSED: _("The entry is not shown at present. Nothing is lost."),
    ListingState.WITHDRAWN: _(
        "The entry has left the list. You may apply again: change it and send it in."
    ),
}
#: What the button says that leads to the form.
BUTTONS = {
    ListingState.DRAFT: _("Finish the entry"),
    ListingState.DECLINED: _("Apply again"),
    ListingState.WITHDRAWN: _("Apply again"),
}
HISTORY = 20


@dataclass(frozen=True)
class Standing:
    """The state's name and sentence, the reason if any, and how a change of it goes."""

    label: Any
    words: Any
    reason: str
    button: Any
    may_leave: bool
    change_waits: bool = False
    change_sent_back: bool = False


def standing_of(enterprise: Enterprise) -> Standing:
    """Return how the entry, in the source language, stands; two or three queries."""
    state = ListingState(enterprise.state)
    review = enterprise.current_workflow_state
    on_the_list = state in ListingState.reviewed()
    sent_back = review is not None and review.status == WorkflowState.STATUS_NEEDS_CHANGES
    reason = enterprise.state_reason
    if on_the_list and sent_back:
        reason = reason_of_change(enterprise)
    return Standing(
        label=state.label,
        words=WORDS[state],
        reason=reason,
        button=BUTTONS.get(state, _("Change the entry")),
        may_leave=state not in (ListingState.WITHDRAWN, ListingState.DECLINED),
        change_waits=on_the_list and review is not None and not sent_back,
        change_sent_back=on_the_list and sent_back,
    )


def reason_of_change(enterprise: Enterprise) -> str:
    """Return why the latest change was sent back, ``""`` when none was."""
    events = ListingEvent.objects.filter(
        enterprise=enterprise, action=ListingAction.CHANGE_SENT_BACK
    )
    return events.values_list("reason", flat=True).first() or ""


@dataclass(frozen=True)
class Done:
    """One thing that was done with the entry."""

    what: Any
    who: Any
    when: datetime
    reason: str


def history_for(owner: EnterpriseOwner) -> list[Done]:
    """Return what was last done with the owner's entry, no member of staff named; one query."""
    events = ListingEvent.objects.filter(enterprise=owner.enterprise_id)[:HISTORY]
    return [
        Done(event.get_action_display(), who(event, owner), event.made_at, event.reason)
        for event in events
    ]


def who(event: ListingEvent, owner: EnterpriseOwner) -> Any:
    """Return in words who did it."""
    if event.owner_id == owner.pk:
        return _("You")
    if event.by_owner:
        return _("Another owner")
    return _("Staff of the list") if event.user_id else _("Automatically")
