"""The list as one request asks for it: filters, hits, and what other choices would give."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.paginator import EmptyPage, Page, PageNotAnInteger
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from asflist.cards import EnterpriseCard, industry_names, make_cards, rows
from asflist.county_map import CountyMap, make_map
from asflist.models.enterprise import Enterprise
from asflist.models.industry import IndustryName
from asflist.models.querysets import EnterpriseQuerySet
from asflist.places import County, Municipality, counties, county, municipalities, municipality
from asflist.text import sort_key
from core.facets import Facet, FacetChoice
from core.pagination import CountedPaginator

PER_PAGE = 20
MAX_TEXT = 100


@dataclass(frozen=True)
class Filters:
    """What is asked for; ``notices`` say what in the address was not understood and left out."""

    text: str = ""
    county: County | None = None
    municipality: Municipality | None = None
    industry: IndustryName | None = None
    notices: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_address(cls, params: QueryDict, industries: list[IndustryName]) -> Filters:
        """Read ``q``, ``county``, ``municipality`` (official codes) and ``industry`` (slug)."""
        notices = []
        text = " ".join(params.get("q", "").replace("\0", " ").split())[:MAX_TEXT]
        county_code = params.get("county", "").strip()
        chosen_county = county(county_code)
        if county_code and not chosen_county:
            notices.append(_("There is no such county. Every county is shown."))
        municipality_code = params.get("municipality", "").strip()
        chosen_municipality = municipality(municipality_code)
        if municipality_code and not chosen_municipality:
            notices.append(_("There is no such municipality. It is left out of the search."))
        if (
            chosen_county
            and chosen_municipality
            and chosen_municipality.county_code != chosen_county.code
        ):
            notices.append(
                _("%(municipality)s is not in %(county)s. The whole county is shown.")
                % {"municipality": chosen_municipality.name, "county": chosen_county.name}
            )
            chosen_municipality = None
        slug = params.get("industry", "").strip()
        chosen_industry = next((name for name in industries if name.slug == slug), None)
        if slug and not chosen_industry:
            notices.append(_("There is no such industry. Every industry is shown."))
        return cls(text, chosen_county, chosen_municipality, chosen_industry, tuple(notices))

    def address(self, path: str) -> str:
        """Return ``path`` with the filters: ``"/asf-listan/?county=21&industry=…"``."""
        params = QueryDict(mutable=True)
        if self.text:
            params["q"] = self.text
        if self.county:
            params["county"] = self.county.code
        if self.municipality:
            params["municipality"] = self.municipality.code
        if self.industry:
            params["industry"] = self.industry.slug
        return f"{path}?{params.urlencode()}" if params else path

    def apply(self, enterprises: EnterpriseQuerySet) -> EnterpriseQuerySet:
        """Return those of ``enterprises`` that the filters let through."""
        if self.text:
            enterprises = enterprises.matching(self.text)
        if self.county:
            enterprises = enterprises.in_county(self.county.code)
        if self.municipality:
            enterprises = enterprises.in_municipality(self.municipality.code)
        if self.industry:
            enterprises = enterprises.offering(self.industry.slug)
        return enterprises

    def lets_through(self, place: Municipality) -> bool:
        """Whether an enterprise in ``place`` passes the filters of place."""
        return (self.county is None or place.county_code == self.county.code) and (
            self.municipality is None or place.code == self.municipality.code
        )


@dataclass(frozen=True)
class ChosenFilter:
    """A filter in use: what it is, the address without it, and how many hits there are without it.

    ``count`` is known only when there are no hits.
    """

    label: str
    url: str
    count: int | None = None


class Listing:
    """The answer to one request.

    Five queries: industries' names, hits by municipality (which gives the counties and the total
    as well), hits by industry, the rows, the rows' industries. Where nothing is found: two counts
    instead of the last two.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.names = industry_names(request)
        self.filters = Filters.from_address(request.GET, list(self.names.values()))
        self.notices = list(self.filters.notices)
        self.page = self.find_page(request.GET.get("page", ""))

    @cached_property
    def all(self) -> EnterpriseQuerySet:
        """Every entry that the reader may see in her language."""
        return Enterprise.objects.published().in_reader_language()

    @cached_property
    def by_municipality(self) -> dict[str, int]:
        """Hits by municipality, the filters of place left out."""
        elsewhere = replace(self.filters, county=None, municipality=None)
        return elsewhere.apply(self.all).count_by_municipality()

    @cached_property
    def by_county(self) -> dict[str, int]:
        """Hits by county, the filters of place left out."""
        counts: dict[str, int] = {}
        for code, number in self.by_municipality.items():
            if place := municipality(code):
                counts[place.county_code] = counts.get(place.county_code, 0) + number
        return counts

    @cached_property
    def by_industry(self) -> dict[int, int]:
        """Hits by industry, the filter of industry left out."""
        return replace(self.filters, industry=None).apply(self.all).count_by_industry()

    def total(self, filters: Filters) -> int:
        """Return the hits for ``filters``; no query when only the filters of place are others."""
        if (filters.text, filters.industry) != (self.filters.text, self.filters.industry):
            return filters.apply(self.all).count()
        return sum(
            number
            for code, number in self.by_municipality.items()
            if (place := municipality(code)) and filters.lets_through(place)
        )

    @cached_property
    def count(self) -> int:
        """The number of hits."""
        return self.total(self.filters)

    def find_page(self, number: str) -> Page[Enterprise]:
        """Return the page with this number; the first, and a notice, when there is none."""
        hits = rows(self.filters.apply(self.all)).alphabetical()
        paginator = CountedPaginator(hits, PER_PAGE, self.count)
        try:
            return paginator.page(number or 1)
        except (EmptyPage, PageNotAnInteger):
            self.notices.append(_("There is no such page in the list. The first page is shown."))
            return paginator.page(1)

    @cached_property
    def cards(self) -> list[EnterpriseCard]:
        """The page's enterprises."""
        return (
            make_cards(self.page.object_list, self.request, url=self.request.path)
            if self.count
            else []
        )

    @cached_property
    def facets(self) -> list[Facet]:
        """County, municipality and industry with the hits that each choice gives."""
        return [self.county_facet, self.municipality_facet, self.industry_facet]

    @property
    def county_facet(self) -> Facet:
        """Counties with hits, and the chosen one; another county lets go of the municipality."""
        chosen = self.filters.county
        return Facet(
            "county",
            _("County"),
            [
                FacetChoice(
                    place.code, place.name, self.by_county.get(place.code, 0), place == chosen
                )
                for place in sorted(counties(), key=lambda place: sort_key(place.name))
                if place.code in self.by_county or place == chosen
            ],
        )

    @property
    def municipality_facet(self) -> Facet:
        """Municipalities with hits within the chosen county, and the chosen one."""
        within = replace(self.filters, municipality=None)
        chosen = self.filters.municipality
        return Facet(
            "municipality",
            _("Municipality"),
            [
                FacetChoice(
                    place.code, place.name, self.by_municipality.get(place.code, 0), place == chosen
                )
                for place in sorted(municipalities(), key=lambda place: sort_key(place.name))
                if within.lets_through(place)
                and (place.code in self.by_municipality or place == chosen)
            ],
        )

    @property
    def industry_facet(self) -> Facet:
        """Industries with hits, and the chosen one."""
        chosen = self.filters.industry
        return Facet(
            "industry",
            _("Industry"),
            [
                FacetChoice(name.slug, name.name, self.by_industry.get(pk, 0), name == chosen)
                for pk, name in self.names.items()
                if pk in self.by_industry or name == chosen
            ],
        )

    @cached_property
    def chosen(self) -> list[ChosenFilter]:
        """Each filter in use, with the address without it; with counts when there are no hits."""
        filters = self.filters
        without: list[tuple[str, Filters]] = []
        if filters.text:
            without.append((_("“%(text)s”") % {"text": filters.text}, replace(filters, text="")))
        if filters.county:
            # A municipality without its county would go on filtering by the county.
            without.append((filters.county.name, replace(filters, county=None, municipality=None)))
        if filters.municipality:
            without.append((filters.municipality.name, replace(filters, municipality=None)))
        if filters.industry:
            without.append((filters.industry.name, replace(filters, industry=None)))
        return [
            ChosenFilter(
                label, left.address(self.request.path), None if self.count else self.total(left)
            )
            for label, left in without
        ]

    @cached_property
    def map(self) -> CountyMap:
        """The map; choosing a county keeps the text and the industry."""
        return make_map(
            self.by_county,
            lambda code: replace(self.filters, county=county(code), municipality=None).address(
                self.request.path
            ),
            self.filters.county.code if self.filters.county else "",
        )
