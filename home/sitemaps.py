"""The sitemap: every public page, enterprise, event and county, with its other languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as index_view
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse

from asflist.models import Enterprise
from campaigns.events.addresses import campaign_urls
from campaigns.models import CampaignSeriesPage, Event
from core.models import BasePage
from home.counties.addresses import Region, regions

#: An item, one of its paths, and its path in every language that it has one in.
Address = tuple[Any, str, dict[str, str]]


class TranslatedSitemap(Sitemap):
    """Addresses with ``xhtml:link`` alternates, made in a constant number of queries."""

    limit = 20_000  # items; the protocol allows 50 000 addresses a file

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def addresses(self, items: Iterable[Any]) -> Iterator[Address]:
        """Yield the path of each item with those of its translations among ``items``."""
        versions: dict[Any, dict[str, str]] = defaultdict(dict)
        rows = [(item, item.get_url(self.request)) for item in items]
        for item, path in rows:
            if path:
                versions[item.translation_key][item.locale.language_code] = path
        for item, path in rows:
            if path:
                yield item, path, versions[item.translation_key]

    def get_urls(
        self, page: Any = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        full = self.request.build_absolute_uri
        return [
            {
                "item": item,
                "location": full(path),
                "lastmod": item.last_published_at,
                "changefreq": None,
                "priority": "",
                "alternates": [
                    {"location": full(other), "lang_code": language}
                    for language, other in versions.items()
                    if len(versions) > 1
                ],
            }
            for item, path, versions in self.addresses(self.paginator.page(page).object_list)
        ]


class PageSitemap(TranslatedSitemap):
    """Every live page that no restriction covers, but for what only leads to another."""

    def items(self) -> Iterable[BasePage]:
        return (
            BasePage.objects.live()
            .public()
            .not_type(CampaignSeriesPage)
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


class EventSitemap(TranslatedSitemap):
    """Every published event, in each language that its campaign has; a query a campaign."""

    def items(self) -> Iterable[Event]:
        return Event.objects.published().order_by("pk")

    def addresses(self, items: Iterable[Event]) -> Iterator[Address]:
        for event in items:
            urls = campaign_urls(event, self.request)
            paths = {language: f"{url}{event.slug}/" for language, url in urls.items()}
            for path in paths.values():
                yield event, path, paths


class RegionSitemap(TranslatedSitemap):
    """What stands below the page of counties, in each language that it has."""

    def items(self) -> list[Region]:
        return regions(self.request)

    def addresses(self, items: Iterable[Region]) -> Iterator[Address]:
        for region in items:
            for path in region.paths.values():
                yield region, path, region.paths


def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """Answer with the sitemap (sitemaps.org protocol 0.9), one section of it with ``section``.

    When there is more than one file has room for, it is an index of the sections and their parts.
    """
    sitemaps: dict[str, Any] = {
        "pages": PageSitemap(request),
        "enterprises": EnterpriseSitemap(request),
        "events": EventSitemap(request),
        "regions": RegionSitemap(request),
    }
    if section is None:
        number = sum(part.paginator.count for part in sitemaps.values())
        if number > TranslatedSitemap.limit:
            return index_view(request, sitemaps=sitemaps, sitemap_url_name="sitemap_section")
    return sitemap_view(request, sitemaps=sitemaps, section=section)
