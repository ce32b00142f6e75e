"""The permanent address of a campaign that returns, for example ``/oppet-hus/``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign_page import CampaignPage, CampaignPageQuerySet
from core.models import BasePage


class CampaignSeriesPage(BasePage):
    """Leads to the current edition; its editions stand under it and stay."""

    kind = _("Campaign")
    kind_plural = _("Campaigns")
    kind_icon = "megaphone"
    schema_type = "CollectionPage"
    template = "campaigns/campaign_series_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]

    class Meta:
        verbose_name = _("campaign series")
        verbose_name_plural = _("campaign series")

    def editions(self) -> CampaignPageQuerySet:
        """Return the public editions, the latest first."""
        return CampaignPage.objects.child_of(self).listed().order_by("-starts_on", "-pk")

    def current_edition(self) -> CampaignPage | None:
        """Return the edition that runs or comes next, else the latest that is over."""
        return self.editions().current().first() or self.editions().first()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the current edition, what is asked of it too; without one, say so."""
        if not getattr(request, "is_preview", False):
            edition = self.current_edition()
            if edition and (url := edition.get_url(request)):
                query = request.META.get("QUERY_STRING", "")
                return HttpResponseRedirect(f"{url}?{query}" if query else url)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "editions": self.editions().with_event_count()
        }
