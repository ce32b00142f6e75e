"""Where enterprises stand: under the list's page in each language."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

CACHE_NAME = "_enterprise_list_urls"


def list_urls(request: HttpRequest | None = None) -> dict[str, str]:
    """Return the path of the list's live page by language, for example ``{"sv": "/asf-listan/"}``.

    One query, kept on the request: a cache that lived longer would outlive a moved page.
    """
    urls: dict[str, str] | None = getattr(request, CACHE_NAME, None)
    if urls is None:
        pages = apps.get_model("asflist", "EnterpriseIndexPage")._default_manager.live()
        found = {
            page.locale.language_code: page.get_url(request)
            for page in pages.select_related("locale").order_by("-path")
        }
        urls = {language: url for language, url in found.items() if url}
        if request is not None:
            setattr(request, CACHE_NAME, urls)
    return urls


def list_url(language: str, request: HttpRequest | None = None) -> str:
    """Return the path of the list in ``language``, else in the source language, else ``""``."""
    urls = list_urls(request)
    return urls.get(language) or urls.get(settings.LANGUAGE_CODE) or ""


def keep_list_urls(page: Page, request: HttpRequest) -> None:
    """Keep on the request what routing has learnt of the list's pages, when it knows them all."""
    known = getattr(page, "known_translations", None) or []
    if {version.locale.language_code for version in known} >= dict(settings.LANGUAGES).keys():
        urls = {
            version.locale.language_code: version.get_url(request)
            for version in known
            if version.live
        }
        setattr(request, CACHE_NAME, {language: url for language, url in urls.items() if url})
