"""What is asked of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import get_language

from asflist.enums import EntryType

if TYPE_CHECKING:
    from asflist.models.enterprise import Enterprise


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Named questions about enterprises; pages, blocks and feeds only call them."""

    def update(self, **values: Any) -> int:
        """Update, and let what was changed be found as it is now; three queries more for that."""
        from asflist.finding.entries import FOUND_BY, mark_listed, source_keys

        if not FOUND_BY & values.keys():
            return super().update(**values)
        keys = source_keys(self)
        changed = super().update(**values)
        mark_listed(keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def published(self) -> Self:
        """Live entries; a translation is gone as soon as its source entry is."""
        hidden_source = self.model._base_manager.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=settings.LANGUAGE_CODE,
            live=False,
        )
        return self.filter(
            Q(locale__language_code=settings.LANGUAGE_CODE) | ~Exists(hidden_source), live=True
        )

    def in_source_language(self) -> Self:
        """One row an enterprise, for whatever is counted without regard to language."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def in_reader_language(self) -> Self:
        """Entries in the active language, and source entries without a live translation there."""
        language = get_language() or settings.LANGUAGE_CODE
        if language == settings.LANGUAGE_CODE:
            return self.in_source_language()
        translated = self.model._base_manager.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=language,
            live=True,
        )
        return self.filter(
            Q(locale__language_code=language)
            | Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated)
        )

    def of_sources(self, keys: Iterable[int]) -> Self:
        """Entries, in whatever language, of the enterprises whose source entries have these ids."""
        sources = self.model._base_manager.filter(pk__in=list(keys))
        return self.filter(translation_key__in=sources.values("translation_key"))

    def with_source_id(self) -> Self:
        """With ``source_id``: the id of the entry in the source language, each its own there."""
        sources = self.model._base_manager.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=settings.LANGUAGE_CODE,
        )
        return self.annotate(source_id=Subquery(sources.values("pk")[:1]))

    def social_enterprises(self) -> Self:
        """The ASFs themselves, without the organisations that sell for them."""
        return self.filter(entry_type=EntryType.ENTERPRISE)

    def sales_organisations(self) -> Self:
        """The organisations that sell for several ASFs."""
        return self.filter(entry_type=EntryType.SALES_ORGANISATION)

    def in_county(self, code: str) -> Self:
        """Entries in the county with this two-digit code."""
        return self.filter(county_code=code)

    def offering(self, industry_slug: str) -> Self:
        """Entries in the industry whose source-language slug this is."""
        return self.filter(
            industries__slug=industry_slug,
            industries__locale__language_code=settings.LANGUAGE_CODE,
        )

    def tagged(self, slug: str) -> Self:
        """Entries with the tag that has this slug."""
        return self.filter(tagged_items__tag__slug=slug)

    def newest(self) -> Self:
        """By the day they came on the list, latest first."""
        return self.order_by("-first_published_at", "-pk")

    def alphabetical(self) -> Self:
        """By name in the order of the Swedish alphabet."""
        return self.order_by("sort_key", "pk")

    def like_first(self, enterprise: Enterprise) -> Self:
        """Those that share an industry with ``enterprise`` first, then the others; by name."""
        through = self.model.industries.through.objects
        own = through.filter(enterprise_id=enterprise.pk).values("industry_id")
        shared = through.filter(enterprise_id=OuterRef("pk"), industry_id__in=own)
        return self.order_by(Exists(shared).desc(), "sort_key", "pk")

    def count_by_county(self) -> dict[str, int]:
        """Return the number of entries by county code; one query."""
        return dict(
            self.order_by().values_list("county_code").annotate(number=Count("pk", distinct=True))
        )
