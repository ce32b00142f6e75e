"""Campaigns and press in the admin: one menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from campaigns.events.admin import CampaignViewSet
from campaigns.press.admin import (
    DebateArticleViewSet,
    PressContactViewSet,
    PressReleaseViewSet,
    PressSettingsViewSet,
)


class CampaignsAndPressGroup(SnippetViewSetGroup):
    """The room's menu."""

    menu_label = _("Campaigns and press")
    menu_icon = "comment"
    menu_order = 300
    items = (
        CampaignViewSet,
        PressReleaseViewSet,
        DebateArticleViewSet,
        PressContactViewSet,
        PressSettingsViewSet,
    )


register_snippet(CampaignsAndPressGroup)
