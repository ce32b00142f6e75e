"""What an enterprise is found by, read from the database as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from asflist.models import Enterprise, EnterpriseTag, Industry, ListEntry
from asflist.text import plain, sort_key
from core.analysis import compose, index_words

LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class IndustryWords:
    """A source-language industry: slug, id of the wider one, and its words in every language."""

    slug: str
    parent: int | None
    words: str


def industry_words() -> dict[int, IndustryWords]:
    """Return every industry by the source's id; one query."""
    rows = list(
        Industry.objects.values_list(
            "pk",
            "slug",
            "parent_id",
            "translation_key",
            "locale__language_code",
            "name",
            "synonyms",
        )
    )
    said: defaultdict[object, list[str]] = defaultdict(list)
    for *_rest, key, _language, name, synonyms in rows:
        said[key] += [name, synonyms]
    return {
        pk: IndustryWords(slug, parent, ", ".join(said[key]))
        for pk, slug, parent, key, language, _name, _synonyms in rows
        if language == settings.LANGUAGE_CODE
    }


def grouped(pairs: Iterable[tuple[int, object]]) -> dict[int, list[object]]:
    """Return the second of each pair by the first."""
    found: defaultdict[int, list[object]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def distinct_tokens(language: str, *texts: str) -> str:
    """Return the tokens of the texts (HTML or plain), each once, with spaces between."""
    text = compose(" ".join(plain(text) for text in texts))
    return " ".join(dict.fromkeys(index_words(text, language).split()))


def make_rows(keys: list[int]) -> dict[int, ListEntry]:
    """Return an unsaved row for each published enterprise of these source ids; five queries."""
    public = Enterprise.objects.published().select_related("locale").of_sources(keys)
    versions: defaultdict[object, dict[str, Enterprise]] = defaultdict(dict)
    for enterprise in public.order_by("pk"):
        versions[enterprise.translation_key][enterprise.language] = enterprise
    sources = [by[settings.LANGUAGE_CODE] for by in versions.values() if "sv" in by]
    if not sources:
        return {}
    listed = [source.pk for source in sources]
    of_enterprise = Enterprise.industries.through.objects.filter(enterprise_id__in=listed)
    industries = grouped(of_enterprise.values_list("enterprise_id", "industry_id"))
    tagged = EnterpriseTag.objects.filter(content_object_id__in=listed)
    tags = grouped(tagged.values_list("content_object_id", "tag__name"))
    membership = Enterprise.members.through.objects.filter(
        from_enterprise_id__in=listed, to_enterprise__live=True
    )
    members = grouped(membership.values_list("from_enterprise_id", "to_enterprise__name"))
    known = industry_words()
    return {
        source.pk: make_row(
            source,
            versions[source.translation_key],
            with_wider([known[pk] for pk in industries.get(source.pk, []) if pk in known], known),
            [str(name) for name in tags.get(source.pk, [])],
            [str(name) for name in members.get(source.pk, [])],
        )
        for source in sources
    }


def with_wider(
    industries: list[IndustryWords], known: dict[int, IndustryWords]
) -> list[IndustryWords]:
    """Return the industries and the wider ones that they are parts of, each once."""
    wider = [known[industry.parent] for industry in industries if industry.parent in known]
    return list(dict.fromkeys([*industries, *wider]))


def make_row(
    source: Enterprise,
    versions: dict[str, Enterprise],
    industries: list[IndustryWords],
    tags: list[str],
    members: list[str],
) -> ListEntry:
    """Return the row; a language without a translation has the source's text."""
    row = ListEntry(
        enterprise_id=source.pk,
        entry_type=source.entry_type,
        municipality=source.municipality,
        industries=" ".join(industry.slug for industry in industries),
        languages=" ".join(source.languages or []),
        procurement=" ".join(source.procurement or []),
        delivers_nationwide=source.delivers_nationwide,
        delivers_to=" ".join(source.delivers_to or []),
        delivers_within_km=source.delivers_within_km,
        certified_until=source.certified_until,
        member_since=source.member_since,
        target_group_share=source.target_group_share,
        latitude=source.latitude,
        longitude=source.longitude,
    )
    subject = [*(industry.words for industry in industries), *tags]
    for language in LANGUAGES:
        text = versions.get(language, source)
        setattr(row, f"sort_{language}", sort_key(text.name))
        setattr(row, f"name_{language}", distinct_tokens(language, text.name))
        setattr(row, f"subject_{language}", distinct_tokens(language, *subject))
        said = [text.summary, text.offer, text.social_benefit, *place_names(source), *members]
        setattr(row, f"text_{language}", distinct_tokens(language, *said))
    return row


def place_names(enterprise: Enterprise) -> list[str]:
    """Return the names of where it is, in every language, so that any of them finds it."""
    place = enterprise.place
    county = [place.name, place.county.name_sv, place.county.name_en] if place else []
    return [enterprise.locality, *county]
