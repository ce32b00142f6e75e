"""Some rows of the list in memory: which have what, as bitmaps of row numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from pyroaring import BitMap

from asflist.finding.distance import chord, kilometres, unit_vectors
from asflist.finding.postings import Postings, bitmap
from asflist.finding.rows import LANGUAGES
from asflist.models.enterprise_criteria import RESERVED_SHARE
from asflist.places import municipalities, municipality
from core.analysis import Term

#: Where a term may be found, with what a hit there is worth.
FIELDS = {"name": 3, "subject": 2, "text": 1}

#: The values of a row by facet; a bitmap is kept for each.
FACETS: dict[str, Callable[[Any], Iterable[str]]] = {
    "type": lambda row: [row.entry_type],
    "county": lambda row: [row.municipality[:2]],
    "municipality": lambda row: [row.municipality],
    "industry": lambda row: row.industries.split(),
    "procurement": lambda row: row.procurement.split(),
    "language": lambda row: row.languages.split(),
    "delivery_county": lambda row: row.delivers_to.split(),
}


@cache
def municipality_vectors(county_code: str) -> np.ndarray:
    """Return the points of a county's municipalities as ``unit_vectors``."""
    places = [place for place in municipalities() if place.county_code == county_code]
    return unit_vectors(
        np.array([place.lat for place in places]), np.array([place.lon for place in places])
    )


@cache
def place_vector(code: str) -> np.ndarray:
    """Return the point of a municipality as a unit vector, shape (3,)."""
    place = municipality(code)
    if place is None:
        raise KeyError(code)
    return unit_vectors(np.array([place.lat]), np.array([place.lon]))[0]


class Segment:
    """Rows of ``ListEntry``, numbered from 0; nothing here changes once it is made."""

    def __init__(self, unordered: Iterable[Any]) -> None:
        rows = sorted(unordered, key=lambda row: row.enterprise_id)
        self.size = len(rows)
        self.keys = np.array([row.enterprise_id for row in rows], np.int64)
        self.numbers = {row.enterprise_id: number for number, row in enumerate(rows)}
        self.facets = {name: group(rows, values) for name, values in FACETS.items()}
        self.nationwide = BitMap(n for n, row in enumerate(rows) if row.delivers_nationwide)
        self.reserved = BitMap(
            n for n, row in enumerate(rows) if (row.target_group_share or 0) >= RESERVED_SHARE
        )
        self.certified_until = days([row.certified_until for row in rows], missing=0)
        self.member_since = days([row.member_since for row in rows], missing=date.max.toordinal())
        self.set_points(rows)
        self.words = {
            (language, field): Postings(getattr(row, f"{field}_{language}") for row in rows)
            for language in LANGUAGES
            for field in FIELDS
        }
        self.sort_keys = {
            language: [getattr(row, f"sort_{language}") for row in rows] for language in LANGUAGES
        }
        self.ranks = {language: self.rank(language) for language in LANGUAGES}

    def set_points(self, rows: Sequence[Any]) -> None:
        """Know where each row is; without a point of its own it is where its municipality is."""
        points = [self.point(row) for row in rows]
        self.vectors = unit_vectors(
            np.array([lat for lat, _lon in points], float),
            np.array([lon for _lat, lon in points], float),
        )
        self.approximate = np.array([row.latitude is None for row in rows], bool)
        self.reach = np.array([row.delivers_within_km or 0 for row in rows], float)

    @staticmethod
    def point(row: Any) -> tuple[float, float]:
        """Return latitude and longitude of a row in degrees; a row that is nowhere is at (0, 0)."""
        if row.latitude is not None and row.longitude is not None:
            return row.latitude, row.longitude
        place = municipality(row.municipality)
        return (place.lat, place.lon) if place else (0.0, 0.0)

    def rank(self, language: str) -> np.ndarray:
        """Return each row's place in alphabetical order; the id decides between equal names."""
        order = sorted(range(self.size), key=self.sort_keys[language].__getitem__)
        ranks = np.empty(self.size, np.int64)
        ranks[order] = np.arange(self.size)
        return ranks

    def having(self, facet: str, values: Iterable[str]) -> BitMap:
        """Return the rows with at least one of the values."""
        bitmaps = self.facets[facet]
        return BitMap.union(BitMap(), *(bitmaps[value] for value in values if value in bitmaps))

    def certified(self, today: date) -> BitMap:
        """Return the rows whose certificate is valid ``today``."""
        return bitmap(np.flatnonzero(self.certified_until >= today.toordinal()))

    def members(self, today: date) -> BitMap:
        """Return the rows that are members ``today``."""
        return bitmap(np.flatnonzero(self.member_since <= today.toordinal()))

    def delivering(self, code: str) -> BitMap:
        """Return the rows in, and those that deliver to, the county or municipality."""
        here = self.having("county" if len(code) == 2 else "municipality", [code])
        to_county = self.having("delivery_county", [code[:2]])
        return here | self.nationwide | to_county | self.reaching(code)

    def reaching(self, code: str) -> BitMap:
        """Return the rows that have the municipality, or one in the county, within their reach."""
        able = np.flatnonzero(self.reach)
        points = municipality_vectors(code) if len(code) == 2 else place_vector(code)[None, :]
        if not able.size:
            return BitMap()
        cosines = (self.vectors[able] @ points.T).max(axis=1)
        nearest = np.sqrt(np.maximum(2 - 2 * cosines, 0))
        return bitmap(able[nearest <= chord(self.reach[able])])

    def distances(self, code: str) -> np.ndarray:
        """Return each row's kilometres from the municipality's point."""
        return kilometres(self.vectors, place_vector(code))

    def matching(self, term: Term, language: str) -> dict[str, BitMap]:
        """Return the rows where a word begins with the term or its stem, by field."""
        return {
            field: BitMap.union(
                BitMap(),
                *(self.words[language, field].starting_with(prefix) for prefix in term.prefixes),
            )
            for field in FIELDS
        }

    def frequency(self, token: str, language: str) -> int:
        """Return about how many rows hold a word; those with it in two fields count twice."""
        return sum(self.words[language, field].frequency(token) for field in FIELDS)


def group(rows: Sequence[Any], values: Callable[[Any], Iterable[str]]) -> dict[str, BitMap]:
    """Return the row numbers by value."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for value in values(row):
            found[value].append(number)
    return {value: BitMap(numbers) for value, numbers in found.items()}


def days(dates: list[date | None], *, missing: int) -> np.ndarray:
    """Return the dates as ordinals."""
    return np.array([day.toordinal() if day else missing for day in dates], np.int64)
