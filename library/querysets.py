"""What listings ask the library for."""

from __future__ import annotations

from typing import Self

from core.models import BasePageQuerySet


class LibraryQuerySet(BasePageQuerySet):
    """Questions about pages of all kinds in the library."""

    def with_films(self) -> Self:
        """Each film with what tells it from a webinar, in the same query."""
        return self.select_related("filmpage").defer(
            "filmpage__body", "filmpage__speakers", "filmpage__transcript"
        )


class FilmPageQuerySet(BasePageQuerySet):
    """Questions about films."""

    def in_series(self, series: str) -> Self:
        """Films of this ``FilmSeries``, in the order of the page tree."""
        return self.filter(series=series).order_by("path")

    def playable(self) -> Self:
        """Live, public films with all that a player shows, in two queries."""
        return (
            self.live()
            .public()
            .select_related("listing_image", "video", "locale")
            .prefetch_related("captions")
        )


class ImpactStoryQuerySet(BasePageQuerySet):
    """Questions about impact stories."""

    def newest(self, number: int) -> Self:
        """The newest stories in the reader's language that visitors may read."""
        return self.listed().in_active_language().newest_first()[:number]


class ChapterPageQuerySet(BasePageQuerySet):
    """Questions about chapters."""

    def in_book(self, path: str) -> Self:
        """The public chapters right under the handbook with this tree path, in the tree's order."""
        depth = len(path) // self.model.steplen + 1
        return self.live().public().filter(path__startswith=path, depth=depth).order_by("path")
