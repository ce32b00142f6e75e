"""The map of counties, each leading to its page."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from asflist.places import MAP_VIEW_BOX, County, counties_by_name
from asflist.regions.slugs import county_slug

#: The shades of the map, beside that for none.
SHADES = 4


@dataclass(frozen=True)
class CountyLink:
    """A county with its public ASFs: how many, the shade (0 for none), and its page's path."""

    county: County
    count: int
    step: int
    page_url: str


@dataclass(frozen=True)
class CountyLinks:
    """Every county by name, so that tabbing through the map follows the list."""

    counties: list[CountyLink]
    view_box: str = MAP_VIEW_BOX


def link_counties(counts: dict[str, int], base: str, language: str) -> CountyLinks:
    """Return the map for ``counts`` (county code → ASFs) under the page at ``base``."""
    most = max(counts.values(), default=0)
    links = [
        CountyLink(
            county,
            count := counts.get(county.code, 0),
            ceil(SHADES * count / most) if count else 0,
            f"{base}{county_slug(county, language)}/",
        )
        for county in counties_by_name()
    ]
    return CountyLinks(links)
