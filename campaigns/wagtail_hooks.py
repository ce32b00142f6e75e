"""Campaigns and press in the admin: one menu."""

from __future__ import annotations

from importlib import import_module

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from asflist.mentions import EVENTS_HOOK, EventMention
from asflist.models import Enterprise
from campaigns.events.admin import CampaignViewSet, EventViewSet
from campaigns.events.enterprise_events import events_of
from campaigns.events.reports import CountyOverviewViewSet
from campaigns.press.admin import (
    DebateArticleViewSet,
    PressContactViewSet,
    PressReleaseViewSet,
    PressSettingsViewSet,
)
from campaigns.press.media_bank_admin import MediaBankItemViewSet
from campaigns.press.subscription_admin import PressSubscriptionViewSet


class CampaignsAndPressGroup(SnippetViewSetGroup):
    """The room's menu."""

    menu_label = _("Campaigns and press")
    menu_icon = "comment"
    menu_order = 300
    items = (
        CampaignViewSet,
        EventViewSet,
        CountyOverviewViewSet,
        PressReleaseViewSet,
        DebateArticleViewSet,
        MediaBankItemViewSet,
        PressContactViewSet,
        PressSettingsViewSet,
        PressSubscriptionViewSet,
    )


register_snippet(CampaignsAndPressGroup)
import_module("campaigns.events.admin_views")
import_module("campaigns.press.editing")


@hooks.register(EVENTS_HOOK)
def tell_events_of(enterprise: Enterprise, request: HttpRequest | None) -> list[EventMention]:
    """Show the coming events of an enterprise on its page on the list."""
    return events_of(enterprise, request)
