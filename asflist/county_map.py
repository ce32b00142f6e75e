"""The counties with their numbers of enterprises, for the map and the list beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from asflist.places import MAP_VIEW_BOX, County, counties_by_name

STEPS = 4


@dataclass(frozen=True)
class MapCounty:
    """A county on the map: hits, shade (0 for none, then 1 to ``STEPS``), and where its link leads.

    ``url`` is empty where there is nothing to find.
    """

    county: County
    count: int
    step: int
    url: str
    selected: bool


@dataclass(frozen=True)
class CountyMap:
    """Every county, in alphabetical order, so that tabbing through the map follows the list."""

    counties: list[MapCounty]
    view_box: str = MAP_VIEW_BOX


def make_map(counts: dict[str, int], url: Callable[[str], str], selected: str = "") -> CountyMap:
    """Return the map for ``counts`` (county code → hits); ``url`` gives the address of a county."""
    most = max(counts.values(), default=0)
    rows = []
    for county in counties_by_name():
        count = counts.get(county.code, 0)
        rows.append(
            MapCounty(
                county=county,
                count=count,
                step=ceil(STEPS * count / most) if count else 0,
                url=url(county.code) if count else "",
                selected=county.code == selected,
            )
        )
    return CountyMap(rows)
