"""The front page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BODY_BLOCKS
from core.models import BasePage


class HomePage(BasePage):
    """Who we are, two doors, what is on, what is new, and the map with living counts."""

    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What stands below the news and the map: a quotation, facts, a call to action."),
    )

    kind = _("Home page")
    kind_plural = _("Home pages")
    kind_icon = "house"
    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.SectionPage",
        "home.StandardPage",
        "asflist.EnterpriseIndexPage",
        "library.LibraryIndexPage",
        "campaigns.CampaignIndexPage",
        "campaigns.PressRoomPage",
    ]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs)
