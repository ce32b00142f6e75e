"""A part of the map: its municipalities with their hits, and the list beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import hypot, sqrt

from asflist.finding.filters import Filters
from asflist.places import Municipality, counties, county, municipalities, municipality
from asflist.text import sort_key

#: Units of the map's view box in a kilometre: Sweden is 1572 km and 1000 units from south to north.
UNITS_PER_KM = 1000 / 1572
#: The largest circle's radius, as a part of the picture's longer side.
LARGEST = 0.075
SMALLEST = 0.022
MARGIN = 0.14
#: Kilometres to each side of a place: less shows no coast or border to know it by.
LEAST_REACH = 80
BORDER = 0.004


@dataclass(frozen=True)
class Cluster:
    """A municipality with hits. Lengths are in the map's units, as text with a decimal point.

    ``x`` is empty where the municipality lies outside the picture.
    """

    municipality: Municipality
    count: int
    url: str
    selected: bool
    x: str = ""
    y: str = ""
    radius: str = ""
    font_size: str = ""


@dataclass(frozen=True)
class Land:
    """A county in the picture; ``here`` is what the map is about."""

    code: str
    here: bool


@dataclass(frozen=True)
class MunicipalityMap:
    """A part of the map; ``clusters`` in alphabetical order, ``drawn`` the largest first.

    ``line`` is the width of the borders.
    """

    name: str
    view_box: str
    clusters: list[Cluster]
    counties: list[Land]
    line: str
    whole_country_url: str

    @property
    def drawn(self) -> list[Cluster]:
        """The clusters in the picture, so that a small circle lies upon a large one."""
        inside = [cluster for cluster in self.clusters if cluster.x]
        return sorted(inside, key=lambda cluster: -cluster.count)

    @property
    def outside(self) -> int:
        """The number of hits outside the picture."""
        return sum(cluster.count for cluster in self.clusters if not cluster.x)


@dataclass(frozen=True)
class Frame:
    """What the picture shows: left, top, width and height in the map's units."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        """The frame as SVG's ``viewBox``."""
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def side(self) -> float:
        """The longer side."""
        return max(self.width, self.height)

    def holds(self, place: Municipality) -> bool:
        """Whether the municipality's point is in the picture."""
        across, down = place.map_x - self.left, place.map_y - self.top
        return 0 <= across <= self.width and 0 <= down <= self.height


def frame_of_county(code: str) -> Frame:
    """Return the frame round the points of a county's municipalities, at least 40 units wide."""
    places = [place for place in municipalities() if place.county_code == code]
    xs, ys = [place.map_x for place in places], [place.map_y for place in places]
    side = max(max(xs) - min(xs), max(ys) - min(ys), 30)
    width = max(max(xs) - min(xs), side * 0.6) + 2 * MARGIN * side
    height = max(max(ys) - min(ys), side * 0.6) + 2 * MARGIN * side
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Frame(middle_x - width / 2, middle_y - height / 2, width, height)


def frame_of_place(place: Municipality, km: int) -> Frame:
    """Return the frame round all that is within ``km`` of the place, and what it lies in."""
    reach = max(km, LEAST_REACH) * UNITS_PER_KM * 1.2
    return Frame(place.map_x - reach, place.map_y - reach, 2 * reach, 2 * reach)


def make_municipality_map(
    counts: Mapping[str, int], filters: Filters, path: str
) -> MunicipalityMap | None:
    """Return the map for ``counts`` (municipality code → hits), None for the whole country."""
    chosen = county(filters.county or filters.municipality[:2])
    place = municipality(filters.near)
    if place:
        name, frame = place.name, frame_of_place(place, filters.km)
    elif chosen:
        name, frame = chosen.name, frame_of_county(chosen.code)
    else:
        return None
    within = {
        code: count for code, count in counts.items() if chosen is None or code[:2] == chosen.code
    }
    most = max(within.values(), default=1)
    clusters = [
        make_cluster(found, count, most, frame, filters, path)
        for code, count in within.items()
        if (found := municipality(code))
    ]
    country = replace(filters, county="", municipality="", near="", km=0)
    return MunicipalityMap(
        name=name,
        view_box=frame.view_box,
        clusters=sorted(clusters, key=lambda cluster: sort_key(cluster.municipality.name)),
        counties=[Land(land.code, chosen is None or land == chosen) for land in counties()],
        line=f"{frame.side * BORDER:.2f}",
        whole_country_url=country.address(path),
    )


def make_cluster(
    place: Municipality, count: int, most: int, frame: Frame, filters: Filters, path: str
) -> Cluster:
    """Return a municipality's cluster; the circle's area grows with the hits."""
    url = replace(filters, municipality=place.code).address(path)
    selected = place.code == filters.municipality
    if not frame.holds(place):
        return Cluster(place, count, url, selected)
    radius = frame.side * (SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most))
    return Cluster(
        place,
        count,
        url,
        selected,
        x=f"{place.map_x:.1f}",
        y=f"{place.map_y:.1f}",
        radius=f"{radius:.2f}",
        font_size=f"{radius * 2 / hypot(len(str(count)), 1):.2f}",
    )
