"""Where enterprises stand: under the list's page in each language."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

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
