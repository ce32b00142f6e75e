"""A campaign's places as visitors look for them: by county, and on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from asflist.places import County, counties
from core.facets import Facet, FacetChoice

if TYPE_CHECKING:
    from campaigns.models import CampaignPlace


@dataclass(frozen=True)
class CountyPlaces:
    """A county and the places in it."""

    county: County
    places: list[CampaignPlace]


@dataclass(frozen=True)
class MapPoint:
    """A municipality with places, where the map shows it.

    ``x`` and ``y`` are in ``asflist.places.MAP_VIEW_BOX``, written with a decimal point whatever
    the reader's language.
    """

    x: str
    y: str
    name: str
    count: int


@dataclass(frozen=True)
class Programme:
    """Places per county in county order, their points on the map, and the choice of county."""

    counties: list[CountyPlaces]
    points: list[MapPoint]
    county: County | None
    facet: Facet
    shown: int
    total: int


def programme(places: Sequence[CampaignPlace], county_code: str = "") -> Programme:
    """Return the places of one county, or of all when ``county_code`` is empty or unknown.

    A code is official and has two digits (``"21"``). The choices count every place, whatever is
    chosen.
    """
    by_county: dict[str, list[CampaignPlace]] = {}
    for place in places:
        if place.county:
            by_county.setdefault(place.county.code, []).append(place)
    groups = [
        CountyPlaces(county, by_county[county.code])
        for county in counties()
        if county.code in by_county
    ]
    chosen = next((group for group in groups if group.county.code == county_code), None)
    shown = [chosen] if chosen else groups
    total = sum(len(group.places) for group in groups)
    choices = [
        FacetChoice(
            group.county.code, group.county.name, len(group.places), selected=group is chosen
        )
        for group in groups
    ]
    return Programme(
        counties=shown,
        points=map_points(shown),
        county=chosen.county if chosen else None,
        facet=Facet("county", gettext("County"), choices),
        shown=sum(len(group.places) for group in shown),
        total=total,
    )


def map_points(groups: Sequence[CountyPlaces]) -> list[MapPoint]:
    """Return one point for each municipality that has places, in the order of the list."""
    counts = Counter(place.municipality for group in groups for place in group.places)
    return [
        MapPoint(f"{town.map_x:.1f}", f"{town.map_y:.1f}", town.name, count)
        for town, count in counts.items()
        if town
    ]
