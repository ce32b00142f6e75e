"""What is asked of the snippets around the list."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from asflist.places import County, counties_by_code
from core.text import tel


class TranslatedQuerySet(models.QuerySet[Any]):
    """Named questions about translatable rows."""

    def source(self) -> Self:
        """Rows in the source language."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def for_reader(self) -> list[Any]:
        """Return each thing once, in the reader's language, else in the source's; one query."""
        language = get_language() or settings.LANGUAGE_CODE
        rows = self.select_related("locale").filter(
            locale__language_code__in={settings.LANGUAGE_CODE, language}
        )
        found: dict[Any, Any] = {}
        for row in rows:
            if row.translation_key not in found or row.locale.language_code == language:
                found[row.translation_key] = row
        return list(found.values())


class RegionalQuerySet(TranslatedQuerySet):
    """Named questions about translatable rows with a ``counties`` field."""

    def in_county(self, code: str) -> Self:
        """Rows that name the county with this two-digit code; codes are kept with commas between.

        Every code has two digits, so that none is a part of another or of two beside each other.
        """
        return self.filter(counties__contains=code)


class InCounties:
    """What is in counties and can be rung; it has no fields of its own."""

    counties: Any
    phone: Any

    @property
    def places(self) -> list[County]:
        """The counties that it is in."""
        known = counties_by_code()
        return [known[code] for code in self.counties or [] if code in known]

    @property
    def tel(self) -> str:
        """The phone number for a ``tel:`` link (RFC 3966)."""
        return tel(self.phone)
