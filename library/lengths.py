"""How long it takes to read or watch what is in the library."""

from __future__ import annotations

from collections.abc import Iterable

from core.models import BasePage
from library.models import FilmPage, FilmSeriesPage

WORDS_A_MINUTE = 200


def reading_minutes(texts: Iterable[str]) -> int:
    """Return about how many minutes it takes to read ``texts``; at least 1."""
    return max(1, round(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE))


def minutes_of(page: BasePage) -> int | None:
    """Return the minutes it takes to read or watch ``page``; None for a film of unknown length.

    The chapters of a book and the films of a series have their own: see ``counts.minutes_in_all``.
    """
    match page:
        case FilmPage():
            return -(-page.duration // 60) if page.duration else None
        case FilmSeriesPage():
            return None
    return reading_minutes([page.introduction, *page.get_searchable_text()])


def measure(page: BasePage) -> None:
    """Store how long ``page`` takes."""
    BasePage.objects.filter(pk=page.pk).update(minutes=minutes_of(page))
