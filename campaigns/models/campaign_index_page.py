"""The way in to the campaigns."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaigns.dates import swedish_today
from campaigns.models.campaign_page import CampaignPage
from core.models import BasePage


class CampaignIndexPage(BasePage):
    """The language's coming and running campaigns, then earlier ones."""

    kind = _("Campaigns")
    kind_plural = _("Campaigns")
    kind_icon = "megaphone"
    schema_type = "CollectionPage"
    template = "campaigns/campaign_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    # One home page a language, so one campaign index a language.
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("campaign index")
        verbose_name_plural = _("campaign indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        today = swedish_today()
        # Editions of a series stand under its own page, and are campaigns like any other.
        campaigns = CampaignPage.objects.listed().filter(locale=self.locale_id).with_event_count()
        return context | {
            "current_campaigns": campaigns.current(today),
            "finished_campaigns": campaigns.finished(today),
        }
