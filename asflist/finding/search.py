"""Answering ``Filters``: which enterprises, in which order, and what other choices would give.

The answer holds ids of source entries. Whoever fetches the enterprises goes through
``Enterprise.objects.published()``: what is public is never asked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce

import numpy as np
from pyroaring import BitMap

from asflist.finding.filters import DISTANCES, Filters
from asflist.finding.index import Snapshot, current
from asflist.finding.segment import FIELDS, Segment
from core.analysis import Term, query_terms
from core.dates import swedish_today

#: The facets whose values are counted, by the filters that each leaves out.
LEAVES_OUT = {
    "county": ("county", "municipality"),
    "municipality": ("county", "municipality"),
    "industry": ("industry",),
    "procurement": ("procurement",),
    "language": ("language",),
    "type": ("type",),
}
STANDINGS = ("certified", "member", "reserved")


@dataclass(frozen=True)
class Hit:
    """A found enterprise: the source entry's id, and how far it is where a place was asked for.

    ``km`` is counted from the municipality's own point where ``approximate``.
    """

    key: int
    km: float | None = None
    approximate: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether there is a distance to tell: not to the middle of its own municipality."""
        return self.km is not None and not (self.approximate and self.km < 1)


class SegmentHits:
    """The answer within one segment."""

    def __init__(
        self,
        segment: Segment,
        alive: BitMap,
        filters: Filters,
        terms: list[Term],
        language: str,
        today: date,
    ) -> None:
        self.segment, self.alive, self.filters = segment, alive, filters
        self.language, self.today = language, today
        self.terms = [segment.matching(term, language) for term in terms]
        self.masks = self.make_masks()

    def make_masks(self) -> dict[str, BitMap]:
        """Return the rows that each filter in use lets through, by the filter's name."""
        segment, filters = self.segment, self.filters
        masks = {f"text {n}": union(found.values()) for n, found in enumerate(self.terms)}
        chosen = {
            "county": [filters.county] if filters.county else [],
            "municipality": [filters.municipality] if filters.municipality else [],
            "industry": filters.industries,
            "procurement": filters.procurement,
            "language": filters.languages,
            "type": [filters.entry_type] if filters.entry_type else [],
        }
        masks |= {name: segment.having(name, values) for name, values in chosen.items() if values}
        masks |= {name: self.standing(name) for name in STANDINGS if getattr(filters, name)}
        if filters.delivers:
            masks["delivers"] = segment.delivering(filters.delivers)
        if filters.near:
            masks["near"] = self.within(filters.km)
        return masks

    def standing(self, name: str) -> BitMap:
        """Return the rows that are certified, members, or have the share for reserved contracts."""
        if name == "certified":
            return self.segment.certified(self.today)
        return self.segment.members(self.today) if name == "member" else self.segment.reserved

    @cached_property
    def km(self) -> np.ndarray:
        """How far each row is from the place asked for."""
        return self.segment.distances(self.filters.near)

    @cached_property
    def serving(self) -> BitMap:
        """The rows in the municipality asked for, and those that deliver there."""
        return self.segment.delivering(self.filters.near)

    def within(self, km: int) -> BitMap:
        """Return the rows so near the place asked for, and all that serve it."""
        near = np.flatnonzero(self.km <= km).astype(np.uint32)
        return BitMap(near) | self.serving

    def without(self, *names: str) -> BitMap:
        """Return the rows that pass every filter but these."""
        masks = [mask for name, mask in self.masks.items() if name not in names]
        return reduce(BitMap.__and__, sorted(masks, key=len), self.alive)

    @cached_property
    def found(self) -> BitMap:
        """The rows that pass every filter."""
        return self.without()

    def count(self, facet: str) -> Counter[str]:
        """Return how many rows each value of a facet gives, its own filter left out."""
        rows = self.without(*LEAVES_OUT[facet])
        return Counter(
            {
                value: number
                for value, having in self.segment.facets[facet].items()
                if (number := rows.intersection_cardinality(having))
            }
        )

    def primary(self, rows: np.ndarray) -> np.ndarray:
        """Return what orders the rows before their names: tenths of kilometres, or relevance."""
        if self.filters.near:
            return np.rint(self.km[rows] * 10).astype(np.int64)
        score = np.zeros(self.segment.size, np.int64)
        for found in self.terms:
            best = np.zeros(self.segment.size, np.int64)
            for field, worth in sorted(FIELDS.items(), key=lambda item: item[1]):
                best[np.frombuffer(found[field].to_array(), np.uint32)] = worth
            score += best
        return -score[rows]

    def first(self, number: int) -> list[tuple[int, str, int, int]]:
        """Return the first rows in order, each as what orders it, its name's key, id and number."""
        rows = np.frombuffer(self.found.to_array(), np.uint32)
        primary = self.primary(rows)
        order = primary * max(self.segment.size, 1) + self.segment.ranks[self.language][rows]
        if number < len(rows):
            nearest = np.argpartition(order, number)[:number]
            rows, primary, order = rows[nearest], primary[nearest], order[nearest]
        places = np.argsort(order)
        names = self.segment.sort_keys[self.language]
        keys = self.segment.keys
        return [(int(primary[p]), names[rows[p]], int(keys[rows[p]]), int(rows[p])) for p in places]

    def hit(self, row: int) -> Hit:
        """Return a row as a hit."""
        key = int(self.segment.keys[row])
        if not self.filters.near:
            return Hit(key)
        return Hit(key, float(self.km[row]), bool(self.segment.approximate[row]))


def union(bitmaps: Iterable[BitMap]) -> BitMap:
    """Return what is in any of the bitmaps."""
    return BitMap.union(BitMap(), *bitmaps)


class Hits:
    """The answer: counts are exact, whatever their size."""

    def __init__(self, snapshot: Snapshot, filters: Filters, language: str) -> None:
        self.snapshot, self.filters, self.language = snapshot, filters, language
        self.terms = query_terms(filters.text, language)
        today = swedish_today()
        self.parts = [
            SegmentHits(segment, alive, filters, self.terms, language, today)
            for segment, alive in snapshot.parts
        ]

    @cached_property
    def count(self) -> int:
        """The number of hits."""
        return sum(len(part.found) for part in self.parts)

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """Hits by facet and value, each facet's own filter left out."""
        return {
            facet: sum((part.count(facet) for part in self.parts), Counter())
            for facet in LEAVES_OUT
        }

    @property
    def by_municipality(self) -> Counter[str]:
        """Hits by municipality code, the filters of county and municipality left out."""
        return self.counts["municipality"]

    @cached_property
    def by_standing(self) -> dict[str, int]:
        """How many are certified, members, or may have reserved contracts."""
        return {
            name: sum(
                part.without(name).intersection_cardinality(part.standing(name))
                for part in self.parts
            )
            for name in STANDINGS
        }

    @cached_property
    def by_type(self) -> Counter[str]:
        """The hits themselves by kind of entry."""
        return sum(
            (
                Counter(
                    {
                        value: part.found.intersection_cardinality(having)
                        for value, having in part.segment.facets["type"].items()
                    }
                )
                for part in self.parts
            ),
            Counter(),
        )

    @cached_property
    def by_distance(self) -> dict[int, int]:
        """Hits within each distance of the place asked for; empty without one."""
        if not self.filters.near:
            return {}
        return {
            km: sum(
                part.without("near").intersection_cardinality(part.within(km))
                for part in self.parts
            )
            for km in DISTANCES
        }

    def page(self, start: int = 0, stop: int | None = None) -> list[Hit]:
        """Return the hits from ``start`` up to ``stop`` in order: nearest, best, then by name."""
        stop = self.count if stop is None else min(stop, self.count)
        firsts = [[(*row, part) for row in part.first(stop)] for part in self.parts]
        rows = [row for first in firsts for row in first]
        if len(firsts) > 1:
            rows.sort(key=lambda row: row[:3])
        return [part.hit(number) for *_order, number, part in rows[start:stop]]

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the ids of the source entries from ``start`` up to ``stop`` in order."""
        return [hit.key for hit in self.page(start, stop)]

    def instead(self, filters: Filters) -> Hits:
        """Return the answer to other filters at the same moment."""
        return Hits(self.snapshot, filters, self.language)

    def better_text(self) -> str:
        """Return the text with unknown words spelt as ones that the list knows, “” without any."""
        from asflist.finding.spelling import correct

        written = self.filters.text
        for term, masks in zip(self.terms, self.found_terms, strict=True):
            if not masks and (word := correct(term.word, self.snapshot, self.language)):
                written = written.replace(term.written, word)
        if written == self.filters.text:
            return ""
        return written if self.instead(replace(self.filters, text=written)).count else ""

    @property
    def found_terms(self) -> list[bool]:
        """Whether each word of the text is found by itself."""
        return [
            any(any(part.terms[n].values()) for part in self.parts) for n in range(len(self.terms))
        ]


def find(filters: Filters, language: str) -> Hits:
    """Return what the list has for ``filters`` at this moment, read in ``language``."""
    return Hits(current(), filters, language)
