"""Where the reader is and where she can go: menu, breadcrumbs, language switch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page, Site

from core.models import BasePage, OrganisationSettings

HOME_DEPTH = 2  # treebeard's root is 1
#: The name of the address that serves every page.
PAGE_VIEW = "wagtail_serve"


@dataclass(frozen=True)
class MenuItem:
    """A link in the navigation; ``current`` when the reader is on it or below it."""

    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language, or the page that says that there is none."""

    code: str
    name: str
    url: str
    translated: bool


def site_root_path(language: str) -> str:
    """Return the ``url_path`` of the home page in ``language``, for example ``"/home/"``.

    Raises ``LookupError`` when the site has no home page in that language.
    """
    for root in Site.get_site_root_paths():
        if root.language_code == language:
            return root.root_path
    raise LookupError(language)


def sections(request: HttpRequest) -> list[BasePage]:
    """Return the home page's live, public children in order; asked for once a request.

    What the footer leads to comes in the same query.
    """
    found: list[BasePage] | None = getattr(request, "site_sections", None)
    if found is None:
        try:
            root_path = site_root_path(get_language() or settings.LANGUAGE_CODE)
        except LookupError:
            return []
        organisation = OrganisationSettings.for_request(request)
        children = Q(live=True, url_path__startswith=root_path, depth=HOME_DEPTH + 1)
        pages = BasePage.objects.public().select_related("content_type", "locale").order_by("path")
        rows = list(pages.filter(children | organisation.is_in_footer))
        organisation.known_pages = rows
        found = [page for page in rows if page.live and is_under(page, root_path)]
        cast("Any", request).site_sections = found
    return found


def section_url(request: HttpRequest, model: str) -> str:
    """Return the path of the first section of a kind, ``model`` as its content type is named."""
    kinds = (page for page in sections(request) if page.content_type.model == model)
    return next((page.get_url(request) or "" for page in kinds), "")


def is_under(page: Page, root_path: str) -> bool:
    """Whether the page stands right under the home page at ``root_path``."""
    return page.depth == HOME_DEPTH + 1 and page.url_path.startswith(root_path)


def main_menu(request: HttpRequest) -> list[MenuItem]:
    """Return the sections that are marked “show in menus”."""
    urls = [(page.title, page.get_url(request)) for page in sections(request) if page.show_in_menus]
    return [
        MenuItem(title, url, current=request.path.startswith(url)) for title, url in urls if url
    ]


def breadcrumbs(page: Page, request: HttpRequest) -> list[MenuItem]:
    """Return the page's live ancestors, the home page first; routing has fetched them already."""
    ancestors = getattr(request, "page_ancestors", None)
    if ancestors is None or (ancestors and not page.path.startswith(ancestors[-1].path)):
        ancestors = page.get_ancestors().filter(depth__gte=2)
    return [
        MenuItem(ancestor.title, ancestor.get_url(request) or "/", current=False)
        for ancestor in ancestors
        if ancestor.live
    ]


def language_links(
    page: Page | None, request: HttpRequest, tails: Mapping[str, str] = MappingProxyType({})
) -> list[LanguageLink]:
    """Return one link for each other language.

    ``tails`` holds by language what follows the page's own address when the reader is at a route
    below it. Where a page has no live translation the link leads to the page's own path under the
    other language's prefix; there the reader is told so, and led back. A view that is no page
    stands in every language.
    """
    if page is None and request.resolver_match and request.resolver_match.url_name != PAGE_VIEW:
        path = request.get_full_path()
        return [
            LanguageLink(code, name, translate_url(path, code), translated=True)
            for code, name in settings.LANGUAGES
            if code != get_language()
        ]
    own_path = page.get_url(request) if page is not None and tails else None
    translations = {
        translation.locale.language_code: translation
        for translation in versions_of(page)
        if translation.is_shown
    }
    links = []
    active = get_language()
    for code, name in settings.LANGUAGES:
        if code == active:
            continue
        translation = translations.get(code)
        url = translation.get_url(request) if translation else None
        address = (
            f"{url}{tails.get(code, '')}"
            if url
            else other_language_path(own_path or request.path, code)
        )
        links.append(LanguageLink(code, name, address, translated=bool(url)))
    return links


def versions_of(page: Page | None) -> Iterable[BasePage]:
    """Return the page in every language; routing has often fetched them."""
    if page is None or not page.pk:
        return []
    known = getattr(page, "known_translations", None)
    if known is not None:
        return known
    return BasePage.objects.filter(translation_key=page.translation_key).select_related("locale")


def other_language_path(path: str, language: str) -> str:
    """Return ``path`` under ``language``'s prefix: Swedish stands at ``/``, English at ``/en/``."""
    bare = path
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and (path == f"/{code}" or path.startswith(f"/{code}/")):
            # Two slashes would lead to another site: "/en//example.org/" (RFC 3986 § 4.2).
            bare = f"/{path[len(code) + 1 :].lstrip('/')}"
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"
