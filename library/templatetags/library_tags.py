"""Template tags of the library: books on one page, lengths of time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import StreamBlock, StreamValue

from core.links import links_known, page_ids
from library.models import ChapterPage

register = template.Library()

HEADING = re.compile(r"(</?h)([2-5])(?=[\s>])")


@dataclass(frozen=True)
class RenderedChapter:
    """A chapter of the whole book with its body as HTML, headings one level down."""

    page: ChapterPage
    body: SafeString

    @property
    def anchor(self) -> str:
        """The id of the chapter's heading."""
        return f"chapter-{self.page.number}"


@register.filter
def shift_headings(html: SafeString) -> SafeString:
    """Put every heading of rendered ``html`` one level down: h2 becomes h3, h5 becomes h6."""
    return SafeString(HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html))


@register.simple_tag(takes_context=True)
def render_chapters(
    context: template.Context, chapters: list[ChapterPage]
) -> list[RenderedChapter]:
    """Render the chapters' bodies as one stream.

    Pictures, films and links of all chapters are fetched together, so the number of queries is
    the same for a book of three chapters and one of two hundred.
    """
    block: StreamBlock = ChapterPage._meta.get_field("body").stream_block
    raw = [list(chapter.body.raw_data) for chapter in chapters]
    book: StreamValue = block.to_python([item for items in raw for item in items])
    flat = context.flatten()
    rendered = []
    start = 0
    with links_known(page_ids(book.raw_data), context.get("request")):
        for chapter, items in zip(chapters, raw, strict=True):
            # Blocks of a type that no longer exists are left out by to_python.
            end = start + sum(item["type"] in block.child_blocks for item in items)
            html = format_html_join(
                "",
                '<div class="block-{}">{}</div>',
                [(child.block_type, child.render(context=flat)) for child in book[start:end]],
            )
            rendered.append(RenderedChapter(chapter, shift_headings(html)))
            start = end
    return rendered
