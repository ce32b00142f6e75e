"""What every template may use; nothing is asked for until it is used, and nothing twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.models import OrganisationSettings
from core.navigation import main_menu


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``organisation``, ``main_menu`` (list of ``MenuItem``) and ``show_userbar``.

    The userbar asks who the reader is, which makes a response vary by cookie: only a reader who
    carries a session is asked.
    """
    return {
        "organisation": SimpleLazyObject(lambda: OrganisationSettings.for_request(request)),
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "show_userbar": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
