"""Every address below the page of counties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from asflist.models import District, Survey, SurveyRound
from asflist.places import counties
from asflist.regions.slugs import county_slug
from home.counties.slugs import DISTRICTS, SURVEYS
from home.models import CountyIndexPage


@dataclass(frozen=True)
class Region:
    """A county, a district or a survey: its path by language; nobody notes when it was changed."""

    paths: dict[str, str]
    last_published_at: datetime | None = None


def counties_urls(request: HttpRequest | None) -> dict[str, str]:
    """Return the path of the public page of counties by language; one query."""
    pages = CountyIndexPage.objects.live().public().select_related("locale")
    found = {page.locale.language_code: page.get_url(request) for page in pages}
    return {language: url for language, url in found.items() if url}


def regions(request: HttpRequest) -> list[Region]:
    """Return all that stands below the page of counties; three queries."""
    bases = counties_urls(request)
    if not bases:
        return []
    published = SurveyRound.objects.filter(published=True).values("survey__translation_key")
    surveys = Survey.objects.source().filter(translation_key__in=published)
    tails = [
        *({code: county_slug(county, code) for code in bases} for county in counties()),
        *part_tails(bases, DISTRICTS, District.objects.source().values_list("slug", flat=True)),
        *part_tails(bases, SURVEYS, surveys.values_list("slug", flat=True)),
    ]
    return [
        Region({language: f"{bases[language]}{tail}/" for language, tail in tails_of.items()})
        for tails_of in tails
    ]


def part_tails(
    bases: dict[str, str], words: dict[str, str], slugs: Iterable[str]
) -> list[dict[str, str]]:
    """Return by language what follows the page of counties in the address of each slug."""
    return [{code: f"{words[code]}/{slug}" for code in bases} for slug in slugs]
