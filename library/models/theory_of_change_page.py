"""Theories of change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from core.publishing import Lacking, PublishingGate
from library.blocks import LIBRARY_BLOCKS, StageBlock
from library.theory import Theory, stages_of


class TheoryOfChangePage(PublishingGate, BasePage):
    """What an effort in an ASF is worth from start to goal, to the person, the ASF and society."""

    stages = StreamField(
        [("stage", StageBlock())],
        verbose_name=_("stages"),
        blank=True,
        max_num=8,
        help_text=_(
            "From start to goal, eight at most. Three to six are easy to take in. "
            "A lane may be empty, but each stage needs something in one of them."
        ),
    )
    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("How to read the figure, and where it comes from."),
    )

    kind = _("Theory of change")
    kind_plural = _("Theories of change")
    kind_icon = "route"
    schema_type = "CreativeWork"
    template = "library/theory_of_change_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("stages"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("stages"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("theory of change")
        verbose_name_plural = _("theories of change")

    def lacking(self) -> Lacking:
        """Return what stands in the way of publishing: stages, and something in each of them."""
        if not self.stages:
            return {"stages": [gettext("Write at least one stage.")]}
        empty = [
            gettext("Stage %(number)d (“%(title)s”) has nothing in any lane.")
            % {"number": stage.number, "title": stage.title}
            for stage in stages_of(block.value for block in self.stages)
            if not any(group.values for group in stage.groups)
        ]
        return {"stages": empty} if empty else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "theory": Theory.of(self),
            "own_url": self.get_url(request) if self.pk else "",
        }

    def get_searchable_text(self) -> list[str]:
        """Return the stages' texts, then the body's."""
        return [
            *self.stages.stream_block.get_searchable_content(self.stages),
            *super().get_searchable_text(),
        ]
