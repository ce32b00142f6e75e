"""What listings ask the library for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef

from core.enums import ContentLanguage
from core.models import BasePageQuerySet

if TYPE_CHECKING:
    from asflist.models import Enterprise
    from library.models import ImpactStoryPage


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

    def in_series_at(self, path: str) -> Self:
        """The films right under the series with this tree path that visitors may see, in order."""
        depth = len(path) // self.model.steplen + 1
        return self.listed().filter(path__startswith=path, depth=depth).order_by("path")

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

    def about(self, enterprise: Enterprise) -> Self:
        """Stories from the enterprise that visitors may read, in their language, newest first."""
        same = self.filter(enterprise__translation_key=enterprise.translation_key)
        return same.listed().in_active_language().newest_first()

    def near(self, story: ImpactStoryPage) -> Self:
        """Other public stories from the county of ``story``, in its language, newest first."""
        if not story.county:
            return self.none()
        others = self.filter(county=story.county, locale=story.locale_id).exclude(pk=story.pk)
        return others.listed().newest_first()


class HandbookPageQuerySet(BasePageQuerySet):
    """Questions about handbooks."""

    def with_editions(self) -> Self:
        """Every handbook in any state with what tells its editions apart, in one query."""
        return (
            self.select_related("locale", "earlier_edition")
            .annotate(restricted=Exists(restrictions_covering("path")))
            .only(
                "title",
                "edition",
                "live",
                "url_path",
                "translation_key",
                "locale",
                "earlier_edition__translation_key",
            )
        )


class ChapterPageQuerySet(BasePageQuerySet):
    """Questions about chapters."""

    def in_book(self, path: str) -> Self:
        """The public chapters right under the handbook with this tree path, in the tree's order."""
        depth = len(path) // self.model.steplen + 1
        return self.live().public().filter(path__startswith=path, depth=depth).order_by("path")
