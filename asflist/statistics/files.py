"""A year's figures as CSV and JSON, while the statistics page is public."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import re_path
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from asflist.models import StatisticsPage
from asflist.open_data.limits import for_everybody, limited_file
from asflist.statistics.presentation import COLUMNS, YearView, describe_columns, file_rows
from asflist.statistics.published import get_statistics
from core.navigation import site_root_path
from core.spreadsheets import csv_response


@require_safe
@for_everybody
@limited_file
def statistics_file(request: HttpRequest, path: str, year: str, kind: str) -> HttpResponse:
    """Serve the figures of ``year``; 404 unless the page is public and the year has reports.

    Whoever has fetched them is told by ETag (RFC 9110 § 8.8.3) when nothing has changed.
    """
    page = find_page(path)
    statistics = get_statistics()
    if int(year) not in statistics.years:
        raise Http404
    etag = f'"{statistics.version}-{get_language()}-{kind}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        view = YearView(statistics, int(year), "")
        answer = as_csv(view) if kind == "csv" else as_json(view, page, request)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def find_page(path: str) -> StatisticsPage:
    """Return the public statistics page at ``path`` (without language prefix), or raise 404."""
    try:
        url_path = site_root_path(get_language() or settings.LANGUAGE_CODE) + path
    except LookupError as error:
        raise Http404 from error
    page = StatisticsPage.objects.live().public().filter(url_path=url_path).first()
    if page is None:
        raise Http404
    return page


def as_csv(view: YearView) -> HttpResponse:
    """Return one line for each figure."""
    rows = ([row[name] for name in COLUMNS] for row in file_rows(view))
    return csv_response(f"asf-{view.year}.csv", COLUMNS, rows)


def as_json(view: YearView, page: StatisticsPage, request: HttpRequest) -> JsonResponse:
    """Return the figures with what their keys mean."""
    total = view.statistics.years[int(view.year or 0)].total
    data: dict[str, Any] = {
        "title": page.title,
        "page": page.get_full_url(request),
        "year": view.year,
        "years": view.years,
        "reported": total.reported,
        "listed": total.listed,
        "keys": describe_columns(),
        "figures": list(file_rows(view)),
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)(?P<year>[0-9]{4})\.(?P<kind>csv|json)$",
        statistics_file,
        name="statistics_file",
    )
]
