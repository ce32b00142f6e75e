"""What came of a campaign: sums of what its organisers have reported."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from campaigns.models import CampaignPage, Event


@dataclass(frozen=True)
class Totals:
    """Figures of one edition: ``answered`` of ``events`` have reported the two sums."""

    events: int
    answered: int
    visitors: int
    new_contacts: int


def totals(campaign: CampaignPage) -> Totals:
    """Return the figures of a campaign's events that were held, in any language; one query."""
    held = Event.objects.filter(live=True).not_cancelled().of_campaign(campaign.translation_key)
    return Totals(
        **held.aggregate(
            events=Count("pk"),
            answered=Count("report"),
            visitors=Coalesce(Sum("report__visitors"), 0),
            new_contacts=Coalesce(Sum("report__new_contacts"), 0),
        )
    )
