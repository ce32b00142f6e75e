"""What the page of one county shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from asflist.addresses import list_url
from asflist.models import District, EnterpriseIndexPage, ProcessLeader
from asflist.places import County
from asflist.regions.figures import Row, county_chart, county_rows
from asflist.regions.results import Results, load_results
from core.charts import Chart
from core.models import BasePage
from core.navigation import sections
from home.counties.enterprises import county_entries
from home.counties.events import events_in
from library.models import ImpactStoryPage

#: How many stories are shown.
STORIES = 3


@dataclass(frozen=True)
class CountySurvey:
    """A survey's answers from the county, as a chart and as a table."""

    results: Results
    chart: Chart | None
    rows: list[Row]


def find_list_url(request: HttpRequest) -> str:
    """Return the path of the list; it is mostly among the sections that the menu has fetched."""
    for page in sections(request):
        if issubclass(page.specific_class or BasePage, EnterpriseIndexPage):
            return page.get_url(request) or ""
    return list_url(get_language() or settings.LANGUAGE_CODE, request)


def stories_from(county: County) -> list[BasePage]:
    """Return the newest public stories from the county, in the reader's language; one query."""
    stories = ImpactStoryPage.objects.filter(county=county.code)
    return list(stories.listed().in_active_language().newest_first()[:STORIES])


def surveys_of(county: County) -> list[CountySurvey]:
    """Return what the county has answered in each survey."""
    return [
        CountySurvey(results, county_chart(results, county), county_rows(results, county.code))
        for results in load_results(county=county.code)
        if results.values
    ]


def people_of(county: County) -> tuple[District | None, list[ProcessLeader]]:
    """Return the county's district and its process leaders; two queries."""
    districts = District.objects.in_county(county.code).for_reader()
    return next(iter(districts), None), ProcessLeader.objects.in_county(county.code).for_reader()


def county_context(county: County, request: HttpRequest) -> dict[str, Any]:
    """Return what the county's template shows."""
    url = find_list_url(request)
    district, leaders = people_of(county)
    return {
        "county": county,
        "here": [county],
        "entries": county_entries(county, url),
        "events": events_in(county, request),
        "stories": stories_from(county),
        "surveys": surveys_of(county),
        "district": district,
        "leaders": leaders,
        "list_url": url,
    }
