"""The buttons at the foot of an entry in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from asflist.models import Enterprise

#: Wagtail's buttons that end a review without its questions.
PAST_THE_REVIEW = ("action-publish", "action-cancel-workflow")


@hooks.register("construct_snippet_action_menu")
def lead_through_the_review(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Offer no way past the criteria while an entry waits for its review."""
    instance = context.get("instance")
    if isinstance(instance, Enterprise) and instance.current_workflow_task:
        menu_items[:] = [item for item in menu_items if item.name not in PAST_THE_REVIEW]
