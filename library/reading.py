"""Chapters made ready to read: sections numbered, words explained, every body in a few queries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.blocks import StreamBlock, StreamValue

from core.links import links_known, page_ids
from core.typesetting import qr_code
from library.glossary import Explainer, Word, in_order
from library.models import ChapterPage
from library.sections import Section, SectionNumbers
from library.short_addresses import address_of, shown

HEADING = re.compile(r"(</?h)([2-5])(?=[\s>])")


@dataclass(frozen=True)
class ReadChapter:
    """A chapter with its body as HTML, its sections, and the words that are explained in it."""

    page: ChapterPage
    body: SafeString
    sections: list[Section]
    words: list[Word]

    @property
    def anchor(self) -> str:
        """The id of the chapter's heading in the whole book."""
        return f"chapter-{self.page.number}"


@dataclass(frozen=True)
class ReadBook:
    """All chapters of a book, and the words that are explained in them, each once."""

    chapters: list[ReadChapter]

    @property
    def words(self) -> list[Word]:
        """The words in alphabetical order."""
        found = {word.pk: word for chapter in self.chapters for word in chapter.words}
        return in_order(found.values())


def shift_headings(html: str) -> SafeString:
    """Put every heading of rendered ``html`` one level down: h2 becomes h3, h5 becomes h6."""
    return SafeString(HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html))


def joined_bodies(
    chapters: Sequence[ChapterPage],
) -> tuple[StreamValue, list[list[StreamValue.StreamChild]]]:
    """Return all bodies as one stream, and the blocks of each chapter in it.

    Pictures, films and links of all chapters are fetched together, so the number of queries is
    the same for a book of three chapters and one of two hundred.
    """
    body: Any = ChapterPage._meta.get_field("body")
    block: StreamBlock = body.stream_block
    raw = [list(chapter.body.raw_data) for chapter in chapters]
    book: StreamValue = block.to_python([item for items in raw for item in items])
    blocks, start = [], 0
    for items in raw:
        # Blocks of a type that no longer exists are left out by to_python.
        end = start + sum(item["type"] in block.child_blocks for item in items)
        blocks.append(list(book[start:end]))
        start = end
    return book, blocks


def read_chapters(
    chapters: Sequence[ChapterPage], words: Sequence[Word], context: Context
) -> ReadBook:
    """Render chapters of one book for one page: the whole book, each heading one level down."""
    book, blocks = joined_bodies(chapters)
    with links_known(page_ids(book.raw_data), context.get("request")):
        return ReadBook(
            [
                read(chapter, children, words, context, whole_book=True)
                for chapter, children in zip(chapters, blocks, strict=True)
            ]
        )


def read_chapter(chapter: ChapterPage, words: Sequence[Word], context: Context) -> ReadChapter:
    """Render one chapter for its own page."""
    with links_known(page_ids(chapter.body.raw_data), context.get("request")):
        return read(chapter, list(chapter.body), words, context)


def film_address(block: StreamValue.StreamChild) -> SafeString:
    """Return the short address of the block's film with its code, for paper; else nothing."""
    film = block.value.shown if block.block_type == "film" else None
    return printed_address(film.short_code if film else None)


def printed_address(code: str | None) -> SafeString:
    """Return a short address with its code, for paper; nothing where none has been given."""
    if not code:
        return SafeString("")
    url = address_of(code)
    context = {"url": url, "shown": shown(url), "code": SafeString(qr_code(url))}
    return SafeString(render_to_string("library/components/short_address.html", context))


def read(
    chapter: ChapterPage,
    blocks: Sequence[StreamValue.StreamChild],
    words: Sequence[Word],
    context: Context,
    *,
    whole_book: bool = False,
) -> ReadChapter:
    """Render the blocks of ``chapter``.

    In a whole book the ids tell whose they are, and on paper each film has its address.
    """
    numbers = SectionNumbers(
        chapter.number, chapter.locale.language_code, f"{chapter.slug}-" if whole_book else ""
    )
    explainer = Explainer(words, f"word-{chapter.number}" if whole_book else "word")
    flat = context.flatten()
    parts = []
    for block in blocks:
        html = block.render(context=flat)
        if block.block_type == "text":
            html = numbers.number(html)
        html = explainer.explain(shift_headings(html) if whole_book else html)
        printed = film_address(block) if whole_book else ""
        parts.append(
            format_html('<div class="block-{}">{}{}</div>', block.block_type, html, printed)
        )
    return ReadChapter(
        chapter, SafeString("".join(parts)), numbers.found, in_order(explainer.found)
    )
