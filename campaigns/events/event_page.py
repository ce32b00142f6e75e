"""What the page of one event shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from campaigns.models import CampaignPage, Event


def event_context(
    event: Event, request: HttpRequest, page: CampaignPage | None = None
) -> dict[str, Any]:
    """Return the template's context; ``page`` is the campaign in the reader's language."""
    return {"page": page, "event": event, "own_url": event.get_url(request)}
