"""The results page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from core.pagination import CountedPaginator
from search.enums import Group
from search.log import record
from search.presentation import (
    STARTING_POINTS,
    THEME,
    as_rows,
    elsewhere,
    group_facet,
    language_links,
    starting_points,
)
from search.results import Results, better_spelling, count_terms, search

PER_PAGE = 20


@require_safe
def search_view(request: HttpRequest) -> HttpResponse:
    """Search for GET's ``q``; ``kind`` chooses a group of hits and ``page`` a page of them.

    Whatever is asked is answered: an unknown group is no group, a page too far is the last.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    chosen = request.GET.get("kind", "")
    group = Group(chosen) if chosen in Group.values else None
    results = search(request.GET.get("q", ""), language, group)
    context = {"results": results, "language_links": language_links(results)}
    if not results.query:
        template, answer = "search/start.html", starting(results, request)
    elif not results.total:
        template, answer = "search/no_hits.html", without_hits(results, request)
    else:
        template, answer = "search/results.html", with_hits(results, request)
    if request.method == "GET" and results.terms and not {"kind", "page"} & request.GET.keys():
        record(results.query, language, results.total)
    return render(request, template, context | answer)


def starting(results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows before anything is asked."""
    return {"links": starting_points(results.language, request, *STARTING_POINTS, THEME)}


def with_hits(results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return one page of hits, and the groups to choose from."""
    paginator = CountedPaginator(results.entries, PER_PAGE, results.chosen_total)
    page_obj = paginator.get_page(request.GET.get("page"))
    return {
        "facet": group_facet(results),
        "page_obj": page_obj,
        "rows": as_rows(page_obj, results, request),
    }


def without_hits(results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return the ways on: other words, another spelling, the other language, the main doors."""
    counts = count_terms(results)
    return {
        "counts": counts if any(term.count for term in counts) else [],
        "better": better_spelling(results, counts),
        "elsewhere": elsewhere(results),
        "links": starting_points(results.language, request, *STARTING_POINTS),
    }
