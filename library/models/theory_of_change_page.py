"""Theories of change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS, StageBlock


class TheoryOfChangePage(RoutablePageMixin, BasePage):
    """What an effort in an ASF is worth from start to goal, to the person, the ASF and society."""

    stages = StreamField(
        [("stage", StageBlock())],
        verbose_name=_("stages"),
        blank=True,
        help_text=_("From start to goal. Three to six are easy to take in."),
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

    def get_searchable_text(self) -> list[str]:
        """Return the stages' texts, then the body's."""
        return [
            *self.stages.stream_block.get_searchable_content(self.stages),
            *super().get_searchable_text(),
        ]
