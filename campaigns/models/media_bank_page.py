"""The way in to press pictures and films."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.models import BasePage


class MediaBankPage(BasePage):
    """Press pictures and films by tag and theme, to take one by one or as a zip."""

    kind = _("Media bank")
    kind_plural = _("Media banks")
    kind_icon = "images"
    schema_type = "CollectionPage"
    template = "campaigns/media_bank_page.html"
    parent_page_types = ["campaigns.PressRoomPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("media bank")
        verbose_name_plural = _("media banks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from campaigns.press.media_bank import media_bank_context

        return super().get_context(request, *args, **kwargs) | media_bank_context(request)
