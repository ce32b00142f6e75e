"""Files made from the figures of a report and from a theory of change, while these are public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from core import charts
from core.models import BasePage
from core.navigation import site_root_path
from core.publicity import may_see_unpublished
from core.spreadsheets import csv_response
from library import theory
from library.models import ImpactReportPage, TheoryOfChangePage

P = TypeVar("P", bound=BasePage)


def respond(
    request: HttpRequest, model: type[P], path: str, make: Callable[[P], HttpResponse]
) -> HttpResponse:
    """Answer with what ``make`` makes of the page at ``path`` (without language prefix).

    Answers 404 while the page is not public. Staff get what was saved last; nothing may keep that.
    """
    try:
        url_path = site_root_path(get_language() or settings.LANGUAGE_CODE) + path
    except LookupError as error:
        raise Http404 from error
    found: Any = model._default_manager.select_related("locale")
    pages = found.filter(url_path=url_path)
    page = pages.live().public().first()
    if page is not None:
        return make(page)
    hidden = pages.first() if may_see_unpublished(request) else None
    if hidden is None:
        raise Http404
    response = make(hidden.get_latest_revision_as_object())
    patch_cache_control(response, private=True, no_store=True)
    return response


def svg_response(name: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a picture to download, which runs nothing wherever it is opened."""
    response = HttpResponse(render_to_string(template, context), content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def chart_at(report: ImpactReportPage, number: str) -> charts.Chart:
    """Return the report's chart at this place, from “1”; raises ``Http404`` where there is none."""
    if not 1 <= int(number) <= len(report.charts):
        raise Http404
    return charts.Chart.from_block(report.charts[int(number) - 1].value)


@require_safe
def chart_svg(request: HttpRequest, path: str, number: str) -> HttpResponse:
    """Serve a report's chart as a picture that says all that stands around it."""

    def make(report: ImpactReportPage) -> HttpResponse:
        chart = chart_at(report, number)
        context = {
            "chart": chart,
            "drawing": charts.draw(chart, framed=True),
            "language": report.locale.language_code,
        }
        return svg_response(f"{report.slug}-{number}.svg", "library/svg/chart.svg", context)

    return respond(request, ImpactReportPage, path, make)


@require_safe
def chart_csv(request: HttpRequest, path: str, number: str) -> HttpResponse:
    """Serve the figures of a report's chart."""

    def make(report: ImpactReportPage) -> HttpResponse:
        chart = chart_at(report, number)
        header, rows = charts.table(chart)
        extra = [gettext("Unit"), gettext("Source")]
        known = [[*map(charts.exact, row), chart.unit, chart.source] for row in rows]
        return csv_response(f"{report.slug}-{number}.csv", [*header, *extra], known)

    return respond(request, ImpactReportPage, path, make)


@require_safe
def report_csv(request: HttpRequest, path: str) -> HttpResponse:
    """Serve all figures of a report, a row each, those of its charts after the key figures."""

    def make(report: ImpactReportPage) -> HttpResponse:
        header = [
            gettext("Part of the report"),
            gettext("What it counts"),
            gettext("Time"),
            gettext("Figure"),
            gettext("Unit"),
            gettext("Comparison"),
            gettext("Source"),
        ]
        return csv_response(f"{report.slug}.csv", header, report.rows())

    return respond(request, ImpactReportPage, path, make)


@require_safe
def theory_svg(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a theory of change as a picture."""

    def make(page: TheoryOfChangePage) -> HttpResponse:
        with translation.override(page.locale.language_code):
            shown = theory.Theory.of(page)
            context = {"theory": shown, "drawing": theory.draw(shown)}
            return svg_response(f"{page.slug}.svg", "library/svg/theory.svg", context)

    return respond(request, TheoryOfChangePage, path, make)


@require_safe
def theory_pdf(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a theory of change as a page to print: PDF/UA-1, A4 or A3 lying."""

    def make(page: TheoryOfChangePage) -> HttpResponse:
        with translation.override(page.locale.language_code):
            made = theory.pdf(theory.Theory.of(page))
        response = HttpResponse(made, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{page.slug}.pdf"'
        return response

    return respond(request, TheoryOfChangePage, path, make)
