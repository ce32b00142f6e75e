"""Template tags of the library: chapters to read, and what readers are asked."""

from __future__ import annotations

from typing import Any

from django import template

from core.models import BasePage
from library.feedback import feedback_form
from library.feedback_views import THANKS
from library.glossary import terms
from library.models import ChapterPage
from library.reading import (
    ReadBook,
    ReadChapter,
    printed_address,
    read_chapter,
    read_chapters,
    shift_headings,
)

register = template.Library()
register.filter(shift_headings)
register.simple_tag(printed_address)


@register.simple_tag(takes_context=True)
def read_one_chapter(context: template.Context, chapter: ChapterPage) -> ReadChapter:
    """Return the chapter ready to read, its words explained in its own language."""
    return read_chapter(chapter, terms(chapter.locale.language_code), context)


@register.simple_tag(takes_context=True)
def read_whole_book(
    context: template.Context, book: BasePage, chapters: list[ChapterPage]
) -> ReadBook:
    """Return all chapters ready to read on one page, with the words that are explained in them."""
    return read_chapters(chapters, terms(book.locale.language_code), context)


@register.inclusion_tag("library/components/helpful.html", takes_context=True)
def helpful(context: template.Context, page: BasePage) -> dict[str, Any]:
    """Ask “Was this helpful?” about ``page``, or thank for the answer. No cookie, no query."""
    request = context["request"]
    if THANKS in request.GET:
        return {"thanks": True}
    return {"form": feedback_form(request), "about": page, "request": request}
