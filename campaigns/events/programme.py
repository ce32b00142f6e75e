"""A campaign's events as visitors look for them: by filter, by county, and on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from campaigns.models import CampaignPage


def campaign_context(page: CampaignPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the campaign's template shows beside the page."""
    return {"material": page.material.select_related("document", "image")}
