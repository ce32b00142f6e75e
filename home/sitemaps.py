"""The sitemap: every public page and enterprise, with its versions in other languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse

from asflist.models import Enterprise
from core.models import BasePage


class TranslatedSitemap(Sitemap):
    """Addresses with ``xhtml:link`` alternates, made in a constant number of queries."""

    limit = 20_000

    def get_urls(
        self, page: Any = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        request: HttpRequest = self.request
        versions: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        rows = []
        for item in self.paginator.page(page).object_list:
            url = item.get_url(request)
            if not url:
                continue
            address = request.build_absolute_uri(url)
            versions[item.translation_key].append(
                {"location": address, "lang_code": item.locale.language_code}
            )
            rows.append((item, address))
        return [
            {
                "item": item,
                "location": address,
                "lastmod": item.last_published_at,
                "changefreq": None,
                "priority": "",
                "alternates": versions[item.translation_key]
                if len(versions[item.translation_key]) > 1
                else [],
            }
            for item, address in rows
        ]

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


class PageSitemap(TranslatedSitemap):
    """Every live page that no restriction covers."""

    def items(self) -> Iterable[BasePage]:
        return (
            BasePage.objects.live()
            .public()
            .select_related("locale")
            .order_by("translation_key", "locale_id")
        )


class EnterpriseSitemap(TranslatedSitemap):
    """Every published enterprise."""

    def items(self) -> Iterable[Enterprise]:
        return (
            Enterprise.objects.published()
            .select_related("locale")
            .order_by("translation_key", "locale_id")
        )


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the sitemap (sitemaps.org protocol 0.9)."""
    sitemaps: dict[str, Any] = {
        "pages": PageSitemap(request),
        "enterprises": EnterpriseSitemap(request),
    }
    return sitemap_view(request, sitemaps=sitemaps)
