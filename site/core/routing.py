"""From an address to a page, in two queries however deep the tree is."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, Q
from django.http import Http404, HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.easy_read import relatives
from core.models import BasePage
from core.models.pages import restrictions_covering
from core.navigation import HOME_DEPTH, site_root_path


def prefixes(root_path: str, components: list[str]) -> list[str]:
    """Return the ``url_path`` of every page on the way, home page first."""
    paths = [root_path]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    return paths


def route(request: HttpRequest, path: str, language: str) -> RouteResult:
    """Find the page for ``path`` (without language prefix) in ``language``.

    Wagtail walks the tree, two queries a level; this asks for the whole way at once, keeps the
    ancestors for the breadcrumbs in ``request.page_ancestors`` and lets the deepest page route
    what is left of the path. Raises ``Http404`` when there is none, or it is not live, or those in
    it have said yes only until an earlier day.
    """
    components = [component for component in path.split("/") if component]
    try:
        root_path = site_root_path(language)
    except LookupError as error:
        raise Http404 from error
    way = prefixes(root_path, components)
    # A path of a thousand parts names no page and must not become a query of a thousand terms.
    rows = way_and_translations(way[:12])
    found = [page for page in rows if page.url_path in way]
    if not found:
        raise Http404
    *ancestors, page = found
    if page.is_expired:
        raise Http404
    cast("Any", request).page_ancestors = ancestors
    specific = specific_page(page)
    specific.known_translations = [
        row for row in rows if row.translation_key == page.translation_key
    ]
    specific.known_relatives = rows
    return specific.route(request, components[len(ancestors) :])


def way_and_translations(way: list[str]) -> list[BasePage]:
    """Return the pages at these addresses from the top down, and the deepest one's translations.

    With them come the easy-to-read and full versions of the deepest one.

    Each row knows whether a view restriction covers it. One query.
    """
    deepest = BasePage.objects.filter(url_path__in=way).order_by("-depth")
    last = deepest.values("translation_key")[:1]
    return list(
        BasePage.objects.filter(Q(url_path__in=way) | Q(translation_key__in=last) | relatives(last))
        .annotate(restricted=Exists(restrictions_covering("path")))
        .select_related("locale")
        .order_by("depth", "path")
    )


def specific_page(page: BasePage) -> BasePage:
    """Return the page as its own type, with its pictures, in one query.

    A type names in ``shown_with`` what else its own page always shows.
    """
    model = page.specific_class
    if model is None or not issubclass(model, BasePage):
        return page
    related = ("listing_image", "share_image", *getattr(model, "shown_with", ()))
    specific = model._default_manager.select_related(*related).get(pk=page.pk)
    specific.locale = page.locale
    specific.known_unrestricted = not page.restricted
    return specific


def find_untranslated(path: str, language: str) -> Page | None:
    """Find the source-language page that ``path`` would be in ``language``, if it is live.

    Each part of the path may be the slug of the page itself or of its translation, so that a
    Swedish article under a translated section is found under the section's English address.
    """
    try:
        parent_path = site_root_path(settings.LANGUAGE_CODE)
    except LookupError:
        return None
    page: Page | None = None
    parts = [part for part in path.split("/") if part][:12]
    for depth, component in enumerate(parts, start=HOME_DEPTH + 1):
        translated = Page.objects.filter(slug=component, locale__language_code=language)
        page = (
            BasePage.objects.live()
            .public()
            .filter(url_path__startswith=parent_path, depth=depth)
            .filter(Q(slug=component) | Q(translation_key__in=translated.values("translation_key")))
            .first()
        )
        if page is None:
            return None
        parent_path = page.url_path
    return page
