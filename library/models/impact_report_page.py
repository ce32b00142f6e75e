"""Reports on the effects of the sector."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage, CustomDocument
from library.blocks import LIBRARY_BLOCKS, ChartBlock, FigureBlock


class ImpactReportPage(BasePage):
    """A year's figures, shown as key figures and as a table from the same data."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text=_("The year that the figures are from, with four digits."),
    )
    figures = StreamField(
        [("figure", FigureBlock())],
        verbose_name=_("figures"),
        blank=True,
        help_text=_("The most important first. The same figures stand as a table further down."),
    )
    charts = StreamField(
        [("chart", ChartBlock())],
        verbose_name=_("charts"),
        blank=True,
        help_text=_("Bars that compare. Each has a table of the same figures under it."),
    )
    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("How the figures were collected, how to read them, and what they show."),
    )
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The whole report as a file, if there is one."),
    )

    kind = _("Impact report")
    kind_plural = _("Impact reports")
    kind_icon = "chart-column"
    schema_type = "Report"
    template = "library/impact_report_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("year"), FieldPanel("document")], heading=_("The report")),
        FieldPanel("figures"),
        FieldPanel("charts"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("figures"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("impact report")
        verbose_name_plural = _("impact reports")

    def get_searchable_text(self) -> list[str]:
        """Return the figures' texts, then the body's."""
        return [
            *self.figures.stream_block.get_searchable_content(self.figures),
            *super().get_searchable_text(),
        ]
