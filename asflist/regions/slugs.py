"""The counties' words in addresses, made from their names: they change as seldom as those."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.text import slugify

from asflist.places import County, counties


def county_slug(county: County, language: str) -> str:
    """Return ``"gavleborgs-lan"`` in the source language, ``"gavleborg-county"`` in others."""
    return slugify(county.name_sv if language == settings.LANGUAGE_CODE else county.name_en)


@cache
def counties_by_slug() -> dict[str, County]:
    """Return the counties by their slugs in every language."""
    return {
        county_slug(county, language): county
        for language, _name in settings.LANGUAGES
        for county in counties()
    }
