"""A page that leads to the pages under it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from home.models.standard_page import STANDARD_BLOCKS


class SectionPage(BasePage):
    """A few words, then cards for the pages under it in the tree's order."""

    body = StreamField(
        STANDARD_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What the reader needs before choosing among the pages below. Often nothing."),
    )

    kind = _("Section")
    kind_plural = _("Sections")
    kind_icon = "layers"
    schema_type = "CollectionPage"
    template = "home/section_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.SectionPage", "home.StandardPage", "home.ThemePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        children = BasePage.objects.child_of(self).listed().order_by("path")
        return context | {"children": children}
