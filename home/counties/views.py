"""The page of counties and what stands below it: counties, districts, surveys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from asflist.models import District, Enterprise, Survey, SurveyRound
from asflist.places import MAP_VIEW_BOX, County, counties
from asflist.regions.figures import (
    csv_table,
    national_chart,
    national_rows,
    question_chart,
    rows_by_county,
)
from asflist.regions.results import Results, load_results
from asflist.regions.slugs import counties_by_slug, county_slug
from core.navigation import language_links
from core.spreadsheets import csv_response
from home.counties.county import county_context
from home.counties.overview import link_counties
from home.counties.slugs import DISTRICTS, SURVEYS
from home.counties.structured_data import describe_county, describe_district, describe_results

if TYPE_CHECKING:
    from home.models import CountyIndexPage

#: A page that can be rendered at an address below the page of counties.
Show = Callable[..., HttpResponse]


def reader_language() -> str:
    """Return the active language."""
    return get_language() or settings.LANGUAGE_CODE


def base_url(page: CountyIndexPage, request: HttpRequest) -> str:
    """Return the path of the page of counties."""
    return page.get_url(request) or ""


def county_url(page: CountyIndexPage, request: HttpRequest, county: County) -> str:
    """Return the path of a county's page."""
    return f"{base_url(page, request)}{county_slug(county, reader_language())}/"


def asf_by_county() -> dict[str, int]:
    """Return the number of public ASFs by county code; one query."""
    entries = Enterprise.objects.published().in_source_language().social_enterprises()
    return entries.count_by_county()


def render(
    page: CountyIndexPage,
    request: HttpRequest,
    template: str,
    tails: dict[str, str],
    context: dict[str, Any],
) -> HttpResponse:
    """Render a page below ``page``; ``tails`` are its addresses below it by language."""
    own = f"{base_url(page, request)}{tails[reader_language()]}"
    shared = {
        "page": page,
        "own_url": own,
        "counties_url": base_url(page, request),
        "districts_part": DISTRICTS[reader_language()],
        "surveys_part": SURVEYS[reader_language()],
        "language_links": language_links(page, request, tails),
    }
    return TemplateResponse(request, template, shared | context)


def surveys_to_show() -> list[Survey]:
    """Return the surveys that readers may see, in their language; one query."""
    published = SurveyRound.objects.filter(published=True).values("survey__translation_key")
    return Survey.objects.filter(translation_key__in=published).for_reader()


def show_index(page: CountyIndexPage, request: HttpRequest) -> HttpResponse:
    """Show the map with a way to each county, then districts and surveys."""
    base = base_url(page, request)
    context = {
        "map": link_counties(asf_by_county(), base, reader_language()),
        "districts": District.objects.for_reader(),
        "surveys": surveys_to_show(),
        "counties_url": base,
        "districts_part": DISTRICTS[reader_language()],
        "surveys_part": SURVEYS[reader_language()],
    }
    return page.render(request, context_overrides=context)


def show_county(page: CountyIndexPage, request: HttpRequest, slug: str) -> HttpResponse:
    """Show a county; its slug in another language leads to the right one."""
    county = counties_by_slug().get(slug)
    if county is None:
        raise Http404
    url = county_url(page, request, county)
    if slug != county_slug(county, reader_language()):
        return HttpResponsePermanentRedirect(url)
    tails = {code: f"{county_slug(county, code)}/" for code, _name in settings.LANGUAGES}
    context = county_context(county, request) | {
        "described": describe_county(county, request.build_absolute_uri(url)),
        "counties": counties(),
        "view_box": MAP_VIEW_BOX,
    }
    return render(page, request, "home/counties/county.html", tails, context)


def show_part(page: CountyIndexPage, request: HttpRequest, part: str, slug: str) -> HttpResponse:
    """Show a district or a survey, as the address says in the reader's language."""
    shows: dict[str, Show] = {
        DISTRICTS[reader_language()]: show_district,
        SURVEYS[reader_language()]: show_survey,
    }
    if part not in shows:
        raise Http404
    return shows[part](page, request, slug)


def part_tails(words: dict[str, str], slug: str) -> dict[str, str]:
    """Return the addresses of a district or a survey below the page of counties, by language."""
    return {language: f"{word}/{slug}/" for language, word in words.items()}


def show_district(page: CountyIndexPage, request: HttpRequest, slug: str) -> HttpResponse:
    """Show a district with its counties and its contact."""
    district = next((d for d in District.objects.for_reader() if d.slug == slug), None)
    if district is None:
        raise Http404
    tails = part_tails(DISTRICTS, slug)
    url = request.build_absolute_uri(f"{base_url(page, request)}{tails[reader_language()]}")
    by_county = asf_by_county()
    context = {
        "district": district,
        "described": describe_district(district, url),
        "places": [
            (place, county_url(page, request, place), by_county.get(place.code, 0))
            for place in district.places
        ],
        "counties": counties(),
        "view_box": MAP_VIEW_BOX,
    }
    return render(page, request, "home/counties/district.html", tails, context)


def published_results(slug: str) -> Results:
    """Return a survey that readers may see. Raises ``Http404``."""
    found = load_results(slug=slug)
    if not found:
        raise Http404
    return found[0]


def show_survey(page: CountyIndexPage, request: HttpRequest, slug: str) -> HttpResponse:
    """Show a survey: the whole country over time, and one question county by county."""
    results = published_results(slug)
    asked = request.GET.get("question", "")
    chosen = next((q for q in results.questions if q.code == asked), None)
    chosen = chosen or next(iter(results.questions), None)
    tails = part_tails(SURVEYS, slug)
    own = request.build_absolute_uri(f"{base_url(page, request)}{tails[reader_language()]}")
    context = {
        "results": results,
        "survey": results.survey,
        "national_chart": national_chart(results),
        "national_rows": national_rows(results),
        "question": chosen,
        "question_chart": question_chart(results, chosen) if chosen else None,
        "rows": [
            replace(row, url=county_url(page, request, row.county))
            for row in (rows_by_county(results, chosen) if chosen else [])
            if row.county
        ],
        "described": describe_results(results, own, f"{own}csv/"),
    }
    return render(page, request, "home/counties/survey.html", tails, context)


def send_figures(page: CountyIndexPage, request: HttpRequest, part: str, slug: str) -> HttpResponse:
    """Answer with a survey's figures, by round and county, as CSV."""
    if part != SURVEYS[reader_language()]:
        raise Http404
    return csv_response(f"{slug}.csv", *csv_table(published_results(slug)))
