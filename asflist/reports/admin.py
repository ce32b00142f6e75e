"""Yearly reports in the admin: who has reported, corrections, reminders, and closing a year."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from asflist.enums import ListingState, ReportState
from asflist.menu import PUBLISH, ListKeepersMenuItem
from asflist.models import ClosedReportYear, Enterprise, YearlyReport, YearlyReportQuerySet
from asflist.places import county, county_choices
from asflist.reports.actions import correct
from asflist.reports.forms import CorrectionForm
from asflist.reports.history import Correction, in_words
from asflist.reports.requests import owners_to_ask, remind_now
from asflist.statistics.measures import MEASURES
from core.dates import swedish_today
from core.spreadsheets import cell

permission_policy = ModelPermissionPolicy(Enterprise)
#: The years that staff look back on.
YEARS_BACK = 5
PER_PAGE = 50


def recent_years() -> list[int]:
    """Return the years that reports may be missing from, the newest first."""
    last = swedish_today().year - 1
    return list(range(last, last - YEARS_BACK, -1))


class ReportFilterSet(WagtailFilterSet):
    """Year, state and county."""

    year = django_filters.ChoiceFilter(
        label=_("Year"),
        choices=lambda: [(year, str(year)) for year in recent_years()],
        widget=forms.Select,
    )
    county_code = django_filters.ChoiceFilter(label=_("County"), choices=county_choices)

    class Meta:
        model = YearlyReport
        fields = ["year", "state", "county_code"]


class ReportIndexView(IndexView):
    """Every report; each leads to its figures, and the list to those who have not reported."""

    model = YearlyReport
    page_title = _("Yearly reports")
    header_icon = "doc-full-inverse"
    permission_policy = permission_policy
    any_permission_required = ["publish"]
    filterset_class = ReportFilterSet
    index_url_name = "yearly_reports:index"
    index_results_url_name = "yearly_reports:results"
    is_searchable = False
    paginate_by = PER_PAGE
    export_filename = "arsrapporter"
    list_export = [
        "enterprise.name",
        "enterprise.organisation_number",
        "year",
        "get_state_display",
        "sent_at",
        "county_code",
        "main_industry",
        *MEASURES,
    ]
    export_headings = {
        "enterprise.name": _("name"),
        "enterprise.organisation_number": _("organisation number"),
        "get_state_display": _("state"),
    }
    _show_breadcrumbs = True

    @cached_property
    def list_display(self) -> list[str | BaseColumn]:
        return [
            TitleColumn(
                "enterprise",
                label=_("Enterprise"),
                get_url=lambda report: reverse("yearly_reports:report", args=[report.pk]),
                sort_key="enterprise__sort_key",
            ),
            Column("year", label=_("Year"), sort_key="year"),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            Column("county", label=_("County"), accessor=county_name, sort_key="county_code"),
            NumberColumn(
                "participants",
                label=_("Participants"),
                accessor=lambda report: "" if report.participants is None else report.participants,
                sort_key="participants",
            ),
            DateColumn("sent_at", label=_("Sent in"), sort_key="sent_at"),
        ]

    def get_base_queryset(self) -> YearlyReportQuerySet:
        return YearlyReport.objects.select_related("enterprise__locale", "main_industry")

    def get_add_url(self) -> None:
        """Offer no new report: owners write them."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("yearly_reports:missing", args=[recent_years()[0]])
        return [HeaderButton(_("Who has not reported"), url=url, icon_name="mail")]

    def to_row_dict(self, item: YearlyReport) -> OrderedDict[str, Any]:
        row = super().to_row_dict(item)
        row["main_industry"] = str(row["main_industry"] or "")
        return OrderedDict((name, cell(value)) for name, value in row.items())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items[:1], {"url": "", "label": self.page_title}]


def county_name(report: YearlyReport) -> str:
    """Return the county that the report was sent in from."""
    found = county(report.county_code)
    return found.name if found else ""


class StaffPage(PermissionRequiredMixin, WagtailAdminTemplateMixin):
    """A page for those who may publish entries."""

    permission_required = PUBLISH
    raise_exception = True
    header_icon = "doc-full-inverse"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("yearly_reports:index"), "label": gettext("Yearly reports")}
        title = self.get_page_title()
        return [*self.breadcrumbs_items, index, {"url": "", "label": title}]


class ReportView(StaffPage, FormView):
    """One report with its log; a sent one can be corrected with a note, whatever its year."""

    template_name = "asflist/reports/admin/report.html"
    form_class = CorrectionForm

    @cached_property
    def report(self) -> YearlyReport:
        """The report that the address names."""
        reports = YearlyReport.objects.select_related("enterprise", "main_industry")
        return get_object_or_404(reports, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.report)

    def get_form_kwargs(self) -> dict[str, Any]:
        before = YearlyReport.objects.sent().filter(
            enterprise=self.report.enterprise_id, year=self.report.year - 1
        )
        kwargs = super().get_form_kwargs()
        del kwargs["initial"]
        return kwargs | {"report": self.report, "before": before.first()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.report.is_sent:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        user: Any = self.request.user
        changed = correct(self.report, form, user)
        messages.success(
            self.request,
            _("The report is corrected.") if changed else _("Nothing was changed."),
        )
        return redirect("yearly_reports:report", pk=self.report.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = self.report.changes.select_related("report", "user")
        log: list[tuple[Correction, Any]] = list(
            zip(in_words(list(changes)), [change.user for change in changes], strict=True)
        )
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "log": log,
            "own_indicators": self.report.own_indicators.all(),
        }


class MissingView(StaffPage, TemplateView):
    """Who has not reported a year, with buttons to remind them and to close the year."""

    template_name = "asflist/reports/admin/missing.html"

    @cached_property
    def year(self) -> int:
        """The year that the address names; 404 for one that nobody reports."""
        year = int(self.kwargs["year"])
        if year not in recent_years():
            raise Http404
        return year

    def get_page_title(self) -> str:
        return gettext("Who has not reported %(year)d") % {"year": self.year}

    @property
    def is_open(self) -> bool:
        """Whether the year takes new reports."""
        closed = ClosedReportYear.objects.filter(year=self.year).exists()
        return self.year == recent_years()[0] and not closed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = Enterprise.objects.in_source_language().social_enterprises()
        listed = entries.filter(state=ListingState.APPROVED)
        reports = YearlyReport.objects.filter(year=self.year)
        sent = reports.filter(state=ReportState.SENT).values("enterprise")
        missing = listed.exclude(pk__in=sent).prefetch_related("owners")
        page = Paginator(missing, PER_PAGE).get_page(self.request.GET.get("p"))
        begun = reports.filter(state=ReportState.DRAFT, enterprise__in=[e.pk for e in page])
        drafts = set(begun.values_list("enterprise_id", flat=True))
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": recent_years(),
            "listed": listed.count(),
            "missing": page.paginator.count,
            "page_obj": page,
            "rows": [(entry, entry.pk in drafts, count_owners(entry)) for entry in page],
            "is_open": self.is_open,
            "is_last": self.year == recent_years()[0],
            "to_remind": owners_to_ask(self.year).count() if self.is_open else 0,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remind, close the year, or open it again, as the button says."""
        action = request.POST.get("action")
        if action == "remind" and self.is_open:
            number = remind_now(self.year)
            words = ngettext(
                "%(number)d mail is on its way.", "%(number)d mails are on their way.", number
            )
            messages.success(request, words % {"number": number})
        elif action == "close":
            ClosedReportYear.objects.get_or_create(year=self.year)
            messages.success(request, _("The year is closed."))
        elif action == "open":
            ClosedReportYear.objects.filter(year=self.year).delete()
            messages.success(request, _("The year is open again."))
        return redirect("yearly_reports:missing", year=self.year)


def count_owners(entry: Enterprise) -> int:
    """Return how many can be asked; the owners have been fetched."""
    return sum(1 for owner in entry.owners.all() if owner.confirmed_at)


class ReportViewSet(ViewSet):
    """The reports' place in the admin."""

    name = "yearly_reports"
    icon = "doc-full-inverse"
    menu_label = _("Yearly reports")
    menu_item_class = ListKeepersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ReportIndexView.as_view(), name="index"),
            path("results/", ReportIndexView.as_view(results_only=True), name="results"),
            path("<int:pk>/", ReportView.as_view(), name="report"),
            path("missing/<int:year>/", MissingView.as_view(), name="missing"),
        ]
