"""What listings ask the library for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db.models import Exists, OuterRef

from core.enums import ContentLanguage
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

    def versions_of(self, ids: Iterable[int | None]) -> Self:
        """These films and their translations."""
        chosen = self.model._base_manager.filter(pk__in=[pk for pk in ids if pk])
        return self.filter(translation_key__in=chosen.values("translation_key"))

    def playable(self) -> Self:
        """Live, public films with all that a player shows, in one query."""
        captions = self.model.captions.rel.related_model._base_manager.filter(film=OuterRef("pk"))
        has_captions = {
            f"has_captions_{language}": Exists(captions.filter(language=language))
            for language in ContentLanguage.values
        }
        return (
            self.live()
            .public()
            .select_related("listing_image", "video", "locale")
            .annotate(**has_captions)
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
