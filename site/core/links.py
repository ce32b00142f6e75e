"""Links to pages within bodies: looked up together, shown in the reader's language.

Wagtail asks for the pages of each rich text by itself and then once more for each page's
translation. Here the whole body's links are fetched in one query before it is rendered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.rich_text.pages import PageLinkHandler

from core.models import BasePage

# A page link in rich text, and the value of a page chooser, as they stand in a stream's JSON.
LINKED_PAGE = re.compile(
    r'linktype=\\?"page\\?" id=\\?"(\d+)|id=\\?"(\d+)\\?" linktype=\\?"page|"page": (\d+)'
)


@dataclass(frozen=True)
class Linked:
    """A page that something leads to, as it was chosen, and the address that readers are led to.

    ``url`` is ``None`` where the page is not shown: links to it are not links.
    """

    page: BasePage
    url: str | None


_known: ContextVar[Mapping[int, Linked | None] | None] = ContextVar("known_pages", default=None)


def page_ids(raw: Any) -> set[int]:
    """Return the ids of the pages that a stream's raw JSON data or a rich text links to.

    A number is the id of a page.
    """
    if isinstance(raw, int):
        return {raw}
    text = raw if isinstance(raw, str) else json.dumps(list(raw))
    return {int(next(filter(None, match))) for match in LINKED_PAGE.findall(text)}


def page_urls(ids: set[int], request: HttpRequest | None = None) -> dict[int, str | None]:
    """Map each page id to the address of its translation in the active language, else its own.

    One query. A page that is not shown has ``None``: links to it are not links.
    """
    found = linked_pages(ids, request)
    return {pk: linked.url if linked else None for pk, linked in found.items()}


def linked_pages(ids: set[int], request: HttpRequest | None = None) -> dict[int, Linked | None]:
    """Map each page id to its page and address, or to ``None`` where there is none; one query."""
    if not ids:
        return {}
    keys = BasePage.objects.filter(pk__in=ids).values("translation_key")
    by_key: dict[Any, dict[str, BasePage]] = {}
    originals: dict[int, BasePage] = {}
    for page in BasePage.objects.filter(translation_key__in=keys).select_related("locale"):
        if page.pk in ids:
            originals[page.pk] = page
        if page.is_shown:
            by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    found: dict[int, Linked | None] = dict.fromkeys(ids)
    for pk, original in originals.items():
        versions = by_key.get(original.translation_key, {})
        target = versions.get(get_language() or "") or (original if original.is_shown else None)
        found[pk] = Linked(original, target.get_url(request) if target else None)
    return found


@contextmanager
def links_known(ids: set[int], request: HttpRequest | None = None) -> Iterator[None]:
    """Within this block, links to these pages are rendered without further queries."""
    known = dict(_known.get() or {})
    token = _known.set(known | linked_pages(ids - known.keys(), request))
    try:
        yield
    finally:
        _known.reset(token)


def url_of(page_id: int) -> str | None:
    """Return the address of a linked page, from what is known or else from the database."""
    known = _known.get() or {}
    if page_id in known:
        linked = known[page_id]
        return linked.url if linked else None
    return page_urls({page_id})[page_id]


def known_pages(ids: list[int | None]) -> list[BasePage | None] | None:
    """Return a copy of each page if all of them are known here, else ``None``."""
    known = _known.get() or {}
    found = [known.get(pk) if pk else None for pk in ids]
    if any(pk and not linked for pk, linked in zip(ids, found, strict=True)):
        return None
    return [copy(linked.page) if linked else None for linked in found]


class LocalizedPageLinkHandler(PageLinkHandler):
    """Rich text's links to pages."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        ids = {int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdecimal()}
        known = _known.get() or {}
        pages = {**known, **linked_pages(ids - known.keys())}
        links = []
        for attrs in attrs_list:
            page_id = attrs.get("id", "")
            linked = pages.get(int(page_id)) if page_id.isdecimal() else None
            url = linked.url if linked else None
            links.append(f'<a href="{escape(url)}">' if url else "<a>")
        return links
