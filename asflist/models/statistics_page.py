"""The page of public statistics: what the enterprises' yearly reports add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from asflist.statistics.measures import MEASURES
from core.blocks import BODY_BLOCKS
from core.models import BasePage
from core.navigation import language_links

#: The files of each year: ending and media type.
FILES = {"csv": "text/csv", "json": "application/json"}


class StatisticsPage(RoutablePageMixin, BasePage):
    """Tables and charts for a year at a time, with the same figures as CSV and JSON."""

    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("How the figures are collected, and how an enterprise reports. Stands below."),
    )

    kind = _("Statistics")
    kind_plural = _("Statistics")
    kind_icon = "chart-column"
    schema_type = "Dataset"
    #: The years that the page shows, known once it has asked for them.
    shown_years: Sequence[int] = ()
    template = "asflist/statistics_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("statistics page")
        verbose_name_plural = _("statistics pages")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """One page in each language."""
        return bool(super().can_create_at(parent)) and not (
            cls.objects.filter(locale=parent.locale_id).exists()
        )

    @path("")
    def show_newest(self, request: HttpRequest) -> HttpResponse:
        """Show the newest year that has reports."""
        return self.show(request, None)

    @path("<int:year>/")
    def show_year(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show one year; 404 for a year without reports."""
        return self.show(request, year)

    def show(self, request: HttpRequest, year: int | None) -> HttpResponse:
        """Show ``year``, or the newest; ``?figure=`` chooses what the charts show."""
        from asflist.statistics.presentation import YearView, describe_columns
        from asflist.statistics.published import get_statistics

        statistics = get_statistics()
        if year is not None and year not in statistics.years:
            raise Http404
        view = YearView(statistics, year or statistics.newest, request.GET.get("figure", ""))
        self.shown_years = view.years
        tails = {code: f"{year}/" for code, _name in settings.LANGUAGES} if year else {}
        context = {
            "view": view,
            "year_in_address": year,
            "own_url": self.get_url(request) or "",
            "columns": describe_columns(),
            "language_links": language_links(self, request, tails),
        }
        return self.render(request, context_overrides=context)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as a data set with a file for each year (schema.org/Dataset)."""
        url = self.get_full_url(request) or ""
        years = self.shown_years
        data = super().structured_data(request) | {
            "creator": {"@type": "Organization", "name": "Skoopi"},
            "isAccessibleForFree": True,
            "spatialCoverage": {"@type": "Country", "name": "Sverige"},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": f"{self.title} {year}",
                    "encodingFormat": media_type,
                    "contentUrl": f"{url}{year}.{ending}",
                }
                for year in years
                for ending, media_type in FILES.items()
            ],
        }
        data["variableMeasured"] = [str(measure.label) for measure in MEASURES.values()]
        if years:
            data["temporalCoverage"] = f"{years[-1]}/{years[0]}"
        return data
