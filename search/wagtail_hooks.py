"""The search room's place in the admin: the report of what visitors search for."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.reports import SearchReportView


@hooks.register("register_admin_urls")
def register_search_report_urls() -> list[URLPattern]:
    return [
        path("reports/searches/", SearchReportView.as_view(), name="search_report"),
        path(
            "reports/searches/results/",
            SearchReportView.as_view(results_only=True),
            name="search_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_search_report_menu_item() -> MenuItem:
    return MenuItem(
        _("Searches"), reverse("search_report"), name="searches", icon_name="search", order=1300
    )
