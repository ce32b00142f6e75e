"""What visitors searched for, as a report in the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from core.enums import ContentLanguage
from search.models import SearchLog

PERIODS = {"30": _("30 days"), "90": _("90 days"), "365": _("A year")}
DEFAULT_PERIOD = "90"


class SearchReportFilterSet(WagtailFilterSet):
    """Choose language, period, and whether anything was found."""

    language = ChoiceFilter(label=_("Language"), choices=ContentLanguage.choices)
    found = ChoiceFilter(
        label=_("Hits"),
        choices=[("no", _("Nothing was found")), ("yes", _("Something was found"))],
        method="filter_found",
    )
    period = ChoiceFilter(label=_("Period"), choices=list(PERIODS.items()), method="filter_period")

    class Meta:
        model = SearchLog
        fields: list[str] = []

    def filter_found(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep queries that found nothing on any day, or something on some day."""
        return queryset.filter(most_hits=0) if value == "no" else queryset.filter(most_hits__gt=0)

    def filter_period(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Leave the period to ``SearchReportView``, which has summed over it already."""
        return queryset


class SearchReportView(ReportView):
    """The most asked first; nobody can change anything here."""

    page_title = _("Searches")
    header_icon = "search"
    is_searchable = True
    search_fields = ["query"]
    filterset_class = SearchReportFilterSet
    default_ordering = "-asked"
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    columns = [
        Column("query", label=_("Searched for"), sort_key="query"),
        Column("language", label=_("Language"), sort_key="language"),
        NumberColumn("asked", label=_("Times"), sort_key="asked"),
        NumberColumn("most_hits", label=_("Hits at most"), sort_key="most_hits"),
        Column("last", label=_("Last asked"), sort_key="last"),
    ]
    export_headings = {
        "query": _("Searched for"),
        "language": _("Language"),
        "asked": _("Times"),
        "most_hits": _("Hits at most"),
        "last": _("Last asked"),
    }
    list_export = ["query", "language", "asked", "most_hits", "last"]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return one dict a query, summed over the chosen period."""
        chosen = self.request.GET.get("period", "")
        days = int(chosen if chosen in PERIODS else DEFAULT_PERIOD)
        start = timezone.localdate() - timedelta(days=days)
        return SearchLog.objects.since(start).most_asked()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return super().get_filterset_kwargs() | {"queryset": self.get_base_queryset()}
