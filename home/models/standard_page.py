"""A page of text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from asflist.blocks import CountyMapBlock, EnterprisesBlock
from core.blocks import BODY_BLOCKS
from core.models import BasePage
from library.blocks import FilmBlock
from library.blocks_gaps import AccessibilityGapsBlock

STANDARD_BLOCKS = [
    *BODY_BLOCKS,
    ("film", FilmBlock()),
    ("enterprises", EnterprisesBlock()),
    ("county_map", CountyMapBlock()),
    ("accessibility_gaps", AccessibilityGapsBlock()),
]


class StandardPage(BasePage):
    """Running text with whatever blocks it needs."""

    body = StreamField(
        STANDARD_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("The page itself. Begin with what the reader came for."),
    )

    kind = _("Page")
    kind_plural = _("Pages")
    kind_icon = "file-text"
    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
