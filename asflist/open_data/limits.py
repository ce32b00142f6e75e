"""How much one network may fetch: the data is open, and everybody's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from ninja.throttling import BaseThrottle

from core.guard import is_over_limit

#: Requests from one network, in django-fast-ratelimit's words.
REQUESTS = "600/h"
FILES = "60/h"
RETRY_AFTER = 3600  # seconds


class NetworkThrottle(BaseThrottle):
    """Ninja's throttle over ``core.guard``: counted by network, of which only a hash is kept."""

    def allow_request(self, request: HttpRequest) -> bool:
        return not is_over_limit(request, "open_data", REQUESTS)

    def wait(self) -> float | None:
        return RETRY_AFTER


def too_many(text: str) -> HttpResponse:
    """Answer 429 (RFC 6585 § 4), and say in plain text what there was too much of."""
    response = HttpResponse(text, status=429, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def limited_file(view: Callable[..., HttpResponseBase]) -> Any:
    """Answer 429 when a network has fetched more files than ``FILES``."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_over_limit(request, "open_data_files", FILES):
            return too_many(
                gettext("Too many files have been fetched from your network. Wait an hour.")
            )
        return view(request, *args, **kwargs)

    return wrapped


def for_everybody(view: Callable[..., HttpResponseBase]) -> Any:
    """Let scripts of any site read the answer (Fetch, CORS protocol); it varies by nobody."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return wrapped
