"""Certification: the plan, and who is certified until when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BODY_BLOCKS
from core.models import BasePage


class CertificationPage(BasePage):
    """The national plan with its steps, what the badge means, and whom it stands for today."""

    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What the badge means. It stands above the plan and the list."),
    )

    kind = _("Certification")
    kind_plural = _("Certification")
    kind_icon = "badge-check"
    template = "asflist/certification/certification_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("certification page")
        verbose_name_plural = _("certification pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from asflist.cards import make_cards
        from asflist.certification.plan import certified_page, plan

        page_obj = certified_page(request)
        return super().get_context(request, *args, **kwargs) | {
            "steps": plan(),
            "page_obj": page_obj,
            "certified": make_cards(page_obj.object_list, request),
        }

    def get_searchable_text(self) -> list[str]:
        """Return the body and the plan: readers search for its words."""
        from asflist.certification.plan import plan

        steps = [text for step in plan() for text in (step.title, step.text, step.evidence)]
        return [*super().get_searchable_text(), *steps]
