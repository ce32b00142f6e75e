"""Sweden's counties and municipalities, read once from ``asflist/data`` (see SOURCE.md there).

They are not rows of the database: they are the same everywhere, and law changes them, not staff.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from asflist.text import sort_key

DATA = Path(__file__).parent / "data"
MAP_VIEW_BOX = "0 0 417 1000"


@dataclass(frozen=True)
class County:
    """A county: official two-digit code, names, and a point inside it in ``MAP_VIEW_BOX``."""

    code: str
    name_sv: str
    name_en: str
    label_x: float
    label_y: float

    @property
    def name(self) -> str:
        """The name in the reader's language, for example “Gävleborgs län”."""
        return self.name_sv if (get_language() or "sv").startswith("sv") else self.name_en


@dataclass(frozen=True)
class Municipality:
    """A municipality: official four-digit code and a point inside it.

    ``lat`` and ``lon`` are WGS 84 degrees, ``map_x`` and ``map_y`` lie in ``MAP_VIEW_BOX``.
    """

    code: str
    name: str
    county_code: str
    lat: float
    lon: float
    map_x: float
    map_y: float

    @property
    def county(self) -> County:
        """The county that the municipality lies in."""
        return counties_by_code()[self.county_code]


@cache
def counties_by_code() -> dict[str, County]:
    """Return the 21 counties by code, in the order of their codes."""
    data = json.loads((DATA / "counties.json").read_text(encoding="utf-8"))
    return {row["code"]: County(**row) for row in data["counties"]}


@cache
def municipalities_by_code() -> dict[str, Municipality]:
    """Return the 290 municipalities by code, in the order of their codes."""
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Municipality(
                code=row["code"],
                name=row["name"],
                county_code=row["county_code"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                map_x=float(row["map_x"]),
                map_y=float(row["map_y"]),
            )
            for row in csv.DictReader(file)
        }


def counties() -> list[County]:
    """Return the 21 counties in the order of their codes, Stockholm first."""
    return list(counties_by_code().values())


def counties_by_name() -> list[County]:
    """Return the 21 counties in alphabetical order of their names in the reader's language."""
    return sorted(counties(), key=lambda county: sort_key(county.name))


def municipalities() -> list[Municipality]:
    """Return the 290 municipalities in the order of their codes."""
    return list(municipalities_by_code().values())


def county(code: str) -> County | None:
    """Return the county with this code, or None."""
    return counties_by_code().get(code)


def municipality(code: str) -> Municipality | None:
    """Return the municipality with this code, or None."""
    return municipalities_by_code().get(code)


def county_choices() -> list[tuple[str, str]]:
    """Return ``(code, name)`` of each county, for a field's choices, in alphabetical order."""
    by_name = sorted(counties(), key=lambda place: sort_key(place.name_sv))
    return [(place.code, place.name_sv) for place in by_name]


def municipality_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the municipalities as choices, grouped by county, in alphabetical order."""
    by_name = sorted(municipalities(), key=lambda place: sort_key(place.name))
    return [
        (
            county.name_sv,
            [(place.code, place.name) for place in by_name if place.county_code == county.code],
        )
        for county in sorted(counties(), key=lambda county: sort_key(county.name_sv))
    ]
