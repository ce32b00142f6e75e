"""How long it takes to read or watch what is in the library."""

from __future__ import annotations

from collections.abc import Iterable

from core.models import BasePage
from library.models import ChapterPage, FilmPage, FilmSeriesPage, HandbookPage

WORDS_A_MINUTE = 200


def reading_minutes(texts: Iterable[str]) -> int:
    """Return about how many minutes it takes to read ``texts``; at least 1."""
    return max(1, round(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE))


def minutes_of(page: BasePage) -> int | None:
    """Return the minutes it takes to read or watch ``page``; None for a film of unknown length.

    A book takes as long as its preface and public chapters, a series as long as its public films.
    """
    match page:
        case FilmPage():
            return -(-page.duration // 60) if page.duration else None
        case FilmSeriesPage():
            seconds = sum(film.duration or 0 for film in page.films())
            return -(-seconds // 60) or None
        case HandbookPage():
            own = reading_minutes(page.get_searchable_text())
            return own + sum(chapter.reading_minutes for chapter in page.chapters())
    return reading_minutes([page.introduction, *page.get_searchable_text()])


def measure(page: BasePage) -> None:
    """Store how long ``page`` takes, and what it stands in, as a chapter in its book."""
    BasePage.objects.filter(pk=page.pk).update(minutes=minutes_of(page))
    if isinstance(page, ChapterPage | FilmPage):
        parent = page.get_parent().specific
        if isinstance(parent, HandbookPage | FilmSeriesPage):
            BasePage.objects.filter(pk=parent.pk).update(minutes=minutes_of(parent))
