"""Reports on the effects of the sector."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from core.charts import Chart, exact
from core.models import BasePage, CustomDocument
from library.blocks import LIBRARY_BLOCKS, ChartBlock, FigureBlock
from library.querysets import ImpactReportQuerySet


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

    objects = PageManager.from_queryset(ImpactReportQuerySet)()

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
        index.SearchField("charts"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("impact report")
        verbose_name_plural = _("impact reports")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        before, after = type(self).objects.around(self)
        return context | {
            "own_url": self.get_url(request) if self.pk else "",
            "before": before,
            "after": after,
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the report with its year."""
        return super().structured_data(request) | {"temporalCoverage": str(self.year)}

    def rows(self) -> Iterator[list[Any]]:
        """Yield every figure: part, what it counts, time, number, unit, comparison, source."""
        part = gettext("Key figures")
        for figure in self.figures:
            value = figure.value
            number = exact(value["value"])
            yield [
                part,
                value["label"],
                self.year,
                number,
                value["unit"],
                value["comparison"],
                value["source"],
            ]
        for block in self.charts:
            chart = Chart.from_block(block.value)
            for bar in chart.bars:
                end = [chart.unit, "", chart.source]
                if bar.before is not None:
                    yield [chart.title, bar.label, chart.earlier, exact(bar.before), *end]
                yield [chart.title, bar.label, chart.period, exact(bar.value), *end]

    def get_searchable_text(self) -> list[str]:
        """Return the figures' and the charts' texts, then the body's."""
        return [
            *self.figures.stream_block.get_searchable_content(self.figures),
            *self.charts.stream_block.get_searchable_content(self.charts),
            *super().get_searchable_text(),
        ]
