"""The front page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from asflist.county_map import make_map
from asflist.figures import sector_figures
from campaigns.models import CampaignPage, PressPage
from core.models import BasePage
from core.navigation import section_url
from home.models.standard_page import STANDARD_BLOCKS
from home.models.theme_page import ThemePage
from library.models import ImpactStoryPage

NEWEST = 3


class HomePage(BasePage):
    """Who we are, two doors, what is on, what is new, and the map with living counts."""

    heading = models.CharField(
        _("heading"),
        max_length=60,
        default="ASF Lyfter",
        help_text=_("The words in the largest type: what it is all about, in three to five words."),
    )
    body = StreamField(
        STANDARD_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_(
            "What stands below the news and the map: a quotation, facts, a call to action."
        ),
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
        "campaigns.CampaignSeriesPage",
        "campaigns.PressRoomPage",
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        list_url = section_url(request, "enterpriseindexpage")
        figures = sector_figures()
        campaigns = CampaignPage.objects.listed().in_active_language().with_event_count()
        return super().get_context(request, *args, **kwargs) | {
            "list_url": list_url,
            "library_url": section_url(request, "libraryindexpage"),
            "press_url": section_url(request, "pressroompage"),
            "counties_url": section_url(request, "countyindexpage"),
            "statistics_url": section_url(request, "statisticspage"),
            "campaign": campaigns.current().first(),
            "press": PressPage.objects.listed().in_active_language().newest_first()[:NEWEST],
            "stories": ImpactStoryPage.objects.newest(NEWEST),
            "figures": figures,
            "map": make_map(figures.by_county, lambda code: f"{list_url}?county={code}"),
            "theme_pages": ThemePage.objects.live()
            .public()
            .in_active_language()
            .select_related("theme", "locale")
            .order_by("path"),
        }
