"""How long it takes to read or watch what is in the library."""

from __future__ import annotations

from core.models import BasePage
from library import durations
from library.models import FilmPage, FilmSeriesPage


def minutes_of(page: BasePage) -> int | None:
    """Return the minutes it takes to read or watch ``page``; None for a film of unknown length.

    The chapters of a book and the films of a series have their own: see ``counts.minutes_in_all``.
    """
    match page:
        case FilmPage():
            return -(-page.duration // 60) if page.duration else None
        case FilmSeriesPage():
            return None
    texts = [page.introduction, *page.get_searchable_text()]
    return durations.reading(sum(len(text.split()) for text in texts))


def measure(page: BasePage) -> None:
    """Store how long ``page`` takes."""
    BasePage.objects.filter(pk=page.pk).update(minutes=minutes_of(page))
