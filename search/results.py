"""Answers to a query: what is found, how much of each group, and ways on where nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from django.conf import settings

from core.analysis import Term, clean_query, fold, query_terms, tokens
from search.enums import GROUP_OF_KIND, Group, group_of
from search.models import SearchEntry, SearchEntryQuerySet

SHORTEST_MISSPELLING = 4  # letters
MISSPELLINGS = 3  # words of a query that are looked up
TITLES = 2_000  # that a better spelling is looked for in
CLOSENESS = 0.75  # of difflib's ratio, 0 to 1


@dataclass(frozen=True)
class Results:
    """What a query finds in one language; the database is asked when a value is."""

    query: str
    language: str
    terms: list[Term]
    group: Group | None = None

    @property
    def found(self) -> SearchEntryQuerySet:
        """Everything visible that the query finds, in no order."""
        return SearchEntry.objects.visible(self.language).matching(self.terms)

    @cached_property
    def counts(self) -> dict[Group, int]:
        """The number of hits in each group that has any, in the groups' order; one query."""
        kinds = self.found.count_by_kind() if self.terms else {}
        counts = dict.fromkeys(Group, 0)
        for kind, number in kinds.items():
            counts[group_of(kind)] += number
        return {group: number for group, number in counts.items() if number}

    @property
    def total(self) -> int:
        """The number of hits in all groups."""
        return sum(self.counts.values())

    @property
    def chosen_total(self) -> int:
        """The number of hits in the chosen group, or in all."""
        return self.counts.get(self.group, 0) if self.group else self.total

    @property
    def entries(self) -> SearchEntryQuerySet:
        """The hits of the chosen group, or all, best first."""
        found = self.found
        if self.group == Group.PAGES:
            found = found.exclude(kind__in=GROUP_OF_KIND)
        elif self.group:
            found = found.filter(kind__in=self.group.kinds)
        return found.ranked(self.terms).for_results()


def search(query: str, language: str, group: Group | None = None) -> Results:
    """Search the whole site in ``language`` (``"sv"`` or ``"en"``); any text is a query."""
    query = clean_query(query)
    return Results(query, language, query_terms(query, language), group)


@dataclass(frozen=True)
class TermCount:
    """One word of a query, and how many hits it has by itself."""

    word: str
    count: int


def count_terms(results: Results) -> list[TermCount]:
    """Return the hits of each word by itself: which one found nothing? One query at most."""
    if len(results.terms) < 2:
        return [TermCount(term.written, results.total) for term in results.terms]
    counts = SearchEntry.objects.visible(results.language).count_by_term(results.terms)
    return [
        TermCount(term.written, count) for term, count in zip(results.terms, counts, strict=True)
    ]


def in_other_languages(results: Results) -> list[Results]:
    """Return what the same query finds in the site's other languages, where it finds anything."""
    others = [
        search(results.query, code)
        for code, _name in settings.LANGUAGES
        if code != results.language
    ]
    return [other for other in others if other.total]


def better_spelling(results: Results, counts: list[TermCount]) -> str:
    """Return the query with the nearest words of visible titles for those without hits, or ``""``.

    Where that finds nothing either, it is one such word alone, which does. At most two queries.
    """
    missing = [
        term.word for term in counts if not term.count and len(term.word) >= SHORTEST_MISSPELLING
    ]
    if not missing:
        return ""
    titles = SearchEntry.objects.visible(results.language).values_list("title", flat=True)
    words = {fold(token.text): token.text for title in titles[:TITLES] for token in tokens(title)}
    nearest = {}
    for word in missing[:MISSPELLINGS]:
        same_size = [known for known in words if abs(len(known) - len(word)) <= 2]
        if close := get_close_matches(fold(word), same_size, n=1, cutoff=CLOSENESS):
            nearest[word] = words[close[0]].lower()
    if not nearest:
        return ""
    query = " ".join(nearest.get(term.written, term.written) for term in results.terms)
    alone = next(iter(nearest.values()))
    return query if query == alone or search(query, results.language).total else alone
