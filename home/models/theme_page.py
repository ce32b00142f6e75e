"""The page of a development area."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage, Theme
from home.gathering import one_kind, shelves
from home.models.standard_page import STANDARD_BLOCKS

LONGEST_KIND = 40


class ThemePage(BasePage):
    """What a development area is about, and everything on it, of all kinds."""

    theme = models.ForeignKey(
        Theme,
        verbose_name=_("development area"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("The area that the page is about. Pages that belong to it are shown here."),
    )
    body = StreamField(
        STANDARD_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What the area is about, what has been done, and what the reader can do."),
    )

    kind = _("Development area")
    kind_plural = _("Development areas")
    kind_icon = "puzzle"
    template = "home/theme_page.html"
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("theme"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("theme"),
    ]

    class Meta:
        verbose_name = _("development area page")
        verbose_name_plural = _("development area pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        kind = request.GET.get("kind", "")[:LONGEST_KIND]
        if kind.isalpha() and (page_obj := one_kind(self, kind, request.GET.get("page"))):
            return context | {"page_obj": page_obj, "kind": page_obj[0].specific_class.kind_plural}
        return context | {"shelves": shelves(self)}
