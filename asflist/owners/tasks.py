"""What an owner is asked to do, told by each part of the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail import hooks

from asflist.models import EnterpriseOwner

#: Each function registered for the hook takes the owner and returns a list of ``OwnerTask``.
OWNER_TASKS_HOOK = "asf_owner_tasks"


@dataclass(frozen=True)
class OwnerTask:
    """One thing on the owner's own page: what it is, why, and the button that leads there.

    ``urgent`` is for what the owner has been asked to do by a day.
    """

    title: Any
    text: Any
    url: str
    button: Any
    urgent: bool = False


def tasks_for(owner: EnterpriseOwner) -> list[OwnerTask]:
    """Return what there is to do, what is urgent first."""
    found = [task for tell in hooks.get_hooks(OWNER_TASKS_HOOK) for task in tell(owner)]
    return sorted(found, key=lambda task: not task.urgent)
