"""What the blocks of a whole book refer to, fetched together: the same queries for any length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from wagtail.blocks import StreamBlock, StreamValue
from wagtail.models import Page

from core.links import page_ids, page_urls
from core.mail import full_url
from core.models import BasePage, CustomDocument
from library.models import ChapterPage, FilmPage, HandbookPage
from library.short_addresses import short_urls

LINKED_DOCUMENT = re.compile(r'linktype="document" id="(\d+)"|id="(\d+)" linktype="document"')
#: What a link in a text may begin with; all else (a script, a file of the machine) is no link.
SCHEMES = ("http", "https", "mailto", "tel")


class Sources:
    """The blocks of a preface and of chapters, and where their links lead, in this language."""

    def __init__(self, handbook: HandbookPage, chapters: list[ChapterPage]) -> None:
        block: StreamBlock = ChapterPage.body.field.stream_block
        raw = [list(page.body.raw_data) for page in (handbook, *chapters)]
        stream: StreamValue = block.to_python([item for items in raw for item in items])
        children = iter(stream)
        #: The blocks of the preface, then those of each chapter.
        self.parts = [
            # Blocks of a type that no longer exists are left out by to_python.
            [next(children) for item in items if item["type"] in block.child_blocks]
            for items in raw
        ]
        blocks = list(chain.from_iterable(self.parts))
        self.chapters = {page.get_url(): f"#chapter-{page.number}" for page in chapters}
        self.chapters[handbook.get_url()] = "#preface"
        self.pages = page_urls(page_ids(stream.raw_data))
        self.documents = self._documents(blocks)
        self.cards = self._cards(blocks)
        self.short_urls = self._short_urls(handbook, blocks)

    def _documents(self, blocks: list[StreamValue.StreamChild]) -> dict[int, str]:
        texts = chain.from_iterable(rich_texts(block) for block in blocks)
        found = chain.from_iterable(LINKED_DOCUMENT.findall(text) for text in texts)
        ids = {int(one or other) for one, other in found}
        rows = CustomDocument.objects.filter(pk__in=ids) if ids else ()
        return {document.pk: document.url for document in rows}

    def _cards(self, blocks: list[StreamValue.StreamChild]) -> dict[Any, BasePage]:
        chosen = [block.value["pages"] for block in blocks if block.block_type == "cards"]
        keys = {page.translation_key for pages in chosen for page in pages if page}
        if not keys:
            return {}
        pages = BasePage.objects.listed().filter(translation_key__in=keys).in_active_language()
        return {page.translation_key: page for page in pages}

    def _short_urls(
        self, handbook: HandbookPage, blocks: list[StreamValue.StreamChild]
    ) -> dict[int, str]:
        shown = (block.value.shown for block in blocks if block.block_type == "film")
        films: dict[int, Page] = {film.pk: film for film in shown if isinstance(film, FilmPage)}
        return short_urls([handbook, *films.values()])

    def cards_of(self, pages: Iterable[Page | None]) -> list[BasePage]:
        """Return the chosen pages that visitors may read, in the book's language."""
        keys = [page.translation_key for page in pages if page]
        return [self.cards[key] for key in keys if key in self.cards]

    def resolve(self, attributes: Mapping[str, str]) -> str:
        """Return the whole address of a rich text's link; ``""`` when it leads nowhere."""
        number = attributes.get("id", "")
        pk = int(number) if number.isdecimal() else 0
        kind = attributes.get("linktype", "")
        if kind == "page":
            return self.to_page(pk)
        if kind == "document":
            return full_url(self.documents[pk]) if pk in self.documents else ""
        return outside(attributes.get("href", ""))

    def to_page(self, pk: int) -> str:
        """Return where a link to the page leads: within the book, else its whole address."""
        url = self.pages.get(pk)
        return self.chapters.get(url) or full_url(url) if url else ""


def outside(url: str) -> str:
    """Return an address that an editor has typed, whole, or ``""`` for what no book may hold."""
    if url.startswith("/") and not url.startswith("//"):
        return full_url(url)
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    return url if scheme in SCHEMES else ""


def rich_texts(block: StreamValue.StreamChild) -> list[str]:
    """Return the rich texts of a block as they are stored."""
    value = block.value
    if block.block_type == "text":
        return [value.source]
    if block.block_type == "fact_box":
        return [value["text"].source]
    if block.block_type == "accordion":
        return [item["text"].source for item in value["items"]]
    return []
