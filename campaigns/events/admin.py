"""Campaigns and events in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from campaigns.listing_columns import columns_with
from campaigns.models import CampaignPage
from core.menu import PageListMenuItem


class CampaignViewSet(PageListingViewSet):
    """Every campaign, with its days."""

    model = CampaignPage
    name = "campaigns"
    icon = "calendar-alt"
    menu_label = _("Campaigns")
    menu_item_class = PageListMenuItem
    columns = columns_with(
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("ends_on", label=_("Last day"), sort_key="ends_on"),
    )
    list_filter = {"starts_on": ["gte", "lte"]}
    ordering = "-starts_on"
