"""What every response of the site carries."""

from __future__ import annotations

from csp.decorators import csp_replace
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

ADMIN_PREFIX = "/admin/"


class PathLocaleMiddleware(LocaleMiddleware):
    """The address alone decides the language, so a response varies by no header.

    Django adds ``Vary: Accept-Language`` to addresses without a language prefix even where the
    default language has none; a shared cache would keep a copy per visitor for nothing.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language() or "sv")
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Compress pages, and never a file: a part of a film must be those bytes (RFC 9110 § 14.4)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        return response if response.streaming else super().process_response(request, response)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The site's policy on every response, loosened in the admin as far as Wagtail needs."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX):
            # A preview has been through here once already, as the page it shows.
            response.headers.pop("Content-Security-Policy", None)
            response = csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(lambda _: response)(
                request
            )
        return super().process_response(request, response)


class CacheControlMiddleware(MiddlewareMixin):
    """Let anything in front keep a public page for a minute; browsers ask again each time.

    A reader who carries a session gets private pages (RFC 9111 § 5.2.2.7).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.has_header("Cache-Control") or request.method not in ("GET", "HEAD"):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == 200:
            patch_cache_control(response, public=True, max_age=0, s_maxage=60)
        return response
