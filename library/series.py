"""Where a film stands in its series: which one of how many, what comes before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from core.models import BasePage
from library import durations

if TYPE_CHECKING:
    from library.models import FilmPage

SERIES = "filmseriespage"


@dataclass(frozen=True)
class PlaceInSeries:
    """A film's place among the films that visitors may see; ``number`` counts from 1.

    A draft that somebody previews has no number yet.
    """

    series: BasePage
    films: list[FilmPage]
    number: int | None

    @property
    def total(self) -> int:
        """How many films there are."""
        return len(self.films)

    @property
    def length(self) -> str:
        """How long all films are together, as readers write it."""
        return total_length(self.films)

    @property
    def previous(self) -> FilmPage | None:
        """The film before this one."""
        return self.films[self.number - 2] if self.number and self.number > 1 else None

    @property
    def next(self) -> FilmPage | None:
        """The film after this one."""
        return self.films[self.number] if self.number and self.number < self.total else None


def place_in_series(film: FilmPage, request: HttpRequest) -> PlaceInSeries | None:
    """Return the film's place in its series; None without one that visitors may see.

    A film whose series is a draft stands for itself: its readers are not told of the series. One
    query; in a preview, where routing has not met the series, two.
    """
    way = getattr(request, "page_ancestors", None)
    series = film.series() if way is None else public_series(way)
    if series is None:
        return None
    films = list(type(film).objects.in_series_at(series.path))
    number = next((place for place, other in enumerate(films, 1) if other.pk == film.pk), None)
    return PlaceInSeries(series, films, number)


def public_series(way: list[Any]) -> BasePage | None:
    """Return the last of the pages that ``core.routing`` has met, if it is a public series."""
    parent = way[-1] if way else None
    if parent is None or parent.cached_content_type.model != SERIES:
        return None
    return parent if parent.live and not parent.restricted and not parent.is_expired else None


def total_length(films: list[FilmPage]) -> str:
    """Return how long the films are together, or an empty string when that is not known."""
    lengths = [film.duration for film in films]
    known = [length for length in lengths if length]
    return durations.spoken(sum(known)) if known and len(known) == len(lengths) else ""
