"""What listings ask the library for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from core.enums import ContentLanguage
from core.models import BasePage, BasePageQuerySet
from core.models.pages import restrictions_covering
from library.enums import AudioDescription

if TYPE_CHECKING:
    from asflist.models import Enterprise
    from library.models import ImpactReportPage, ImpactStoryPage


def short_code() -> Subquery:
    """The code of the outer page's short address, null where it has been given none."""
    addresses = apps.get_model("library", "ShortAddress").objects.filter(page=OuterRef("pk"))
    return Subquery(addresses.values("code")[:1])


class LibraryQuerySet(BasePageQuerySet):
    """Questions about pages of all kinds in the library."""

    def with_films(self) -> Self:
        """Each film with what tells it from a webinar, in the same query."""
        return self.select_related("filmpage").defer(
            "filmpage__body", "filmpage__speakers", "filmpage__transcript"
        )

    def in_library(self, index: BasePage) -> Self:
        """What visitors may see below the library's front: chapters are in their books."""
        return (
            self.descendant_of(index)
            .listed()
            .filter(content_type__app_label="library")
            .exclude(content_type__model="chapterpage")
            .without_earlier_editions()
        )

    def without_earlier_editions(self) -> Self:
        """Leave out each handbook that a newer one, public in the same language, replaces."""
        books = apps.get_model("library", "HandbookPage").objects
        key, locale = OuterRef(OuterRef("translation_key")), OuterRef("locale")
        return self.exclude(Exists(books.replacing(key, locale)))


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

    def about(self, enterprise: Enterprise) -> Self:
        """Films from the enterprise that visitors may see, in their language, newest first."""
        named = self.filter(enterprises__translation_key=enterprise.translation_key)
        found = self.filter(pk__in=named.order_by().values("pk"))
        return found.listed().in_active_language().newest_first()

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
            .select_related(
                "listing_image", "video", "described_video", "sign_language_video", "locale"
            )
            .annotate(short_code=short_code(), **has_captions)
        )

    def incomplete(self) -> Self:
        """Films that lack what they must have to be public: ``completeness.lacking`` in SQL."""
        own = {"film": OuterRef("pk"), "language": OuterRef("locale__language_code")}
        captions = self.model.captions.rel.related_model._base_manager.filter(**own)
        descriptions = self.model.descriptions.rel.related_model._base_manager.filter(**own)
        way = AudioDescription
        return self.filter(
            Q(video=None, external_url="")
            | ~Exists(captions.filter(confirmed=True))
            | Q(audio_description="")
            | Q(audio_description=way.VERSION, described_video=None)
            | (Q(audio_description=way.TRACK) & ~Exists(descriptions))
            | Q(audio_description__in=(way.NOT_NEEDED, way.MISSING), description_reason="")
            | Q(audio_description=way.MISSING, description_due_on=None)
        )

    def with_tracks(self) -> Self:
        """Films with their text tracks and language, in three queries for all of them."""
        return self.select_related("locale").prefetch_related("captions", "descriptions")

    def in_reader_language_or_source(self) -> Self:
        """What visitors may see in their language, and in the source's what is not in theirs."""
        films = self.live().public()
        language = get_language() or settings.LANGUAGE_CODE
        theirs = self.model._base_manager.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=language,
            live=True,
        )
        return films.filter(
            Q(locale__language_code=language)
            | (Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(theirs))
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

    def replacing(self, key: OuterRef, locale: OuterRef) -> Self:
        """The public handbooks in a locale that come after the edition with this translation key.

        Which comes after which is said in any language, and holds in all.
        """
        later = self.model._base_manager.filter(earlier_edition__translation_key=key)
        return (
            self.live()
            .public()
            .filter(translation_key__in=later.values("translation_key"), locale=locale)
        )


class ImpactReportQuerySet(BasePageQuerySet):
    """Questions about impact reports."""

    def around(
        self, report: ImpactReportPage
    ) -> tuple[ImpactReportPage | None, ImpactReportPage | None]:
        """Return the public reports before and after ``report`` by year, None where there is none.

        Of several reports on a year the newest stands for it. One query.
        """
        rows = self.filter(locale=report.locale_id).exclude(pk=report.pk).live().public()
        others = list(
            rows.exclude(year=report.year)
            .select_related("locale")
            .order_by("year", "-pk")
            .only("title", "year", "url_path", "locale", "path", "depth")
        )
        earlier = [other for other in others if other.year < report.year]
        newest = [other for other in earlier if other.year == earlier[-1].year]
        later = [other for other in others if other.year > report.year]
        return next(iter(newest), None), next(iter(later), None)


class ChapterPageQuerySet(BasePageQuerySet):
    """Questions about chapters."""

    def in_book(self, path: str) -> Self:
        """The public chapters right under the handbook with this tree path, in the tree's order."""
        depth = len(path) // self.model.steplen + 1
        rows = self.live().public().filter(path__startswith=path, depth=depth)
        return rows.select_related("locale").annotate(short_code=short_code()).order_by("path")


class ChapterChangeQuerySet(QuerySet):
    """Questions about what has changed in chapters."""

    def in_book(self, path: str) -> Self:
        """Changes of the public chapters of the book with this tree path, the latest first."""
        chapters = apps.get_model("library", "ChapterPage").objects.in_book(path).order_by()
        return (
            self.filter(chapter__in=chapters.values("pk"))
            .select_related("chapter", "chapter__locale")
            .defer("chapter__body")
            .order_by("-changed_on", "-pk")
        )


class TemplatePageQuerySet(BasePageQuerySet):
    """Questions about templates."""

    def documents_of_public(self) -> QuerySet[Any, int]:
        """The ids of the files that are found as the template they belong to, in its language.

        A template in another language than its file's is not found by what stands in the file.
        """
        public = self.live().public()
        in_use = public.filter(document__language=F("locale__language_code"))
        versions = self.model.earlier_versions.rel.related_model.objects.filter(
            template_page__in=public.values("pk"),
            document__language=F("template_page__locale__language_code"),
        )
        return (
            in_use.order_by()
            .values_list("document", flat=True)
            .union(versions.order_by().values_list("document", flat=True))
        )
