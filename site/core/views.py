"""Serving pages, and telling those who run the site how it is."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from core import routing


def serve(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Serve the page at ``path``; where it is not translated, say so and lead to the source."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        # Wagtail's own place for a route that is already known (Page.route_for_request).
        cast("Any", request)._wagtail_route_for_request = routing.route(request, path, language)
        return wagtail_serve(request, path)
    except Http404:
        page = None
        if language != settings.LANGUAGE_CODE:
            page = routing.find_untranslated(path, language)
        if page is None:
            raise
        return render(request, "core/untranslated.html", {"source_page": page})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process can answer at all."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the cache are reached, 503 and which is not otherwise."""
    checks = {"database": database_answers, "cache": cache_answers}
    state = {}
    for name, check in checks.items():
        try:
            state[name] = check()
        except Exception:
            state[name] = False
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def database_answers() -> bool:
    """Whether the database answers a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_answers() -> bool:
    """Whether the cache gives back what it was given."""
    cache.set("readyz", "ok", timeout=5)
    return cache.get("readyz") == "ok"


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the reader's language, with ways on."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that was open for too long, in the reader's language."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 in the reader's language, without asking the database for anything."""
    language = "en" if request.path.startswith("/en/") else settings.LANGUAGE_CODE
    with translation.override(language):
        return HttpResponse(loader.render_to_string("500.html"), status=500)
