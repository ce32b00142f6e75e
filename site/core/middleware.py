"""What every response of the site carries."""

from __future__ import annotations

from csp.decorators import csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from wagtail.admin import messages

from core.publishing import PublishingRefusedError

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
    """The site's policy on every response, loosened in the admin as far as Wagtail needs.

    A page that offers to play a film of another site, and no other, may hold frames from there:
    what renders it names the origin in ``request.frame_origins``.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX):
            # A preview has been through here once already, as the page it shows.
            response.headers.pop("Content-Security-Policy", None)
            response = csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(lambda _: response)(
                request
            )
        elif origins := getattr(request, "frame_origins", None):
            response = csp_update({"frame-src": sorted(origins)})(lambda _: response)(request)
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


class PublishingRefusedMiddleware(MiddlewareMixin):
    """Tell the editor what a page lacks, whichever of the admin's views was to publish it.

    What the view did in its transaction is undone: a review is still in progress, and of many
    pages that were to be published together none is.
    """

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, PublishingRefusedError):
            return None
        if not request.path.startswith(ADMIN_PREFIX):
            return None
        messages.error(request, str(exception))
        page = exception.page
        # A copy that was not made has no editor; the form that asked for it is shown again.
        known = page.pk and type(page)._base_manager.filter(pk=page.pk).exists()
        to = reverse("wagtailadmin_pages:edit", args=[page.pk]) if known else request.path
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # What Wagtail's dialogues in the review expect when they are done.
            return JsonResponse({"step": "success", "redirect": to})
        return redirect(to)
