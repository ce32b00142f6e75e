"""The list as one request asks for it: the form, the hits, the map, and what to try instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.core.paginator import EmptyPage, Page, PageNotAnInteger
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asflist.cards import EnterpriseCard, industry_names, make_cards, rows
from asflist.county_map import CountyMap, make_map
from asflist.enums import EntryType
from asflist.finding.filters import Filters, place_name
from asflist.finding.form import FinderForm
from asflist.finding.search import Hit, find
from asflist.mentions import county_page
from asflist.models import Enterprise
from asflist.municipality_map import MunicipalityMap, make_municipality_map
from asflist.places import County, county
from core.pagination import CountedPaginator

PER_PAGE = 20
#: Pairs of filters that are offered to be taken away together.
MOST_PAIRS = 3


@dataclass(frozen=True)
class ChosenFilter:
    """A filter in use: what it is, the address without it, and how many hits there are without it.

    ``count`` is told only where there are no hits now and some without it.
    """

    label: str
    url: str
    count: int | None = None


class Listing:
    """The answer to one request.

    Four queries: industries' names, whether the list has changed, the rows, the rows' industries.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE
        self.names = industry_names(request)
        self.filters = Filters.from_address(request.GET, self.names.values())
        self.notices = list(self.filters.notices)
        self.hits = find(self.filters, self.language)
        self.count = self.hits.count
        self.page = self.find_page(request.GET.get("page", ""))

    def find_page(self, number: str) -> Page[Hit]:
        """Return the page with this number; the first, and a notice, when there is none."""
        paginator = CountedPaginator(HitSlices(self), PER_PAGE, self.count)
        try:
            return paginator.page(number or 1)
        except (EmptyPage, PageNotAnInteger):
            self.notices.append(_("There is no such page in the list. The first page is shown."))
            return paginator.page(1)

    @cached_property
    def cards(self) -> list[EnterpriseCard]:
        """The page's enterprises in order; one that has just left the list is left out."""
        hits = {hit.key: hit for hit in self.page.object_list}
        if not hits:
            return []
        public = Enterprise.objects.published().in_reader_language().of_sources(hits)
        found = list(rows(public).with_source_id())
        order = {key: place for place, key in enumerate(hits)}
        found.sort(key=lambda enterprise: order[enterprise.source_id])
        cards = make_cards(found, self.request, url=self.request.path)
        return [
            replace(card, hit=hits[enterprise.source_id])
            for card, enterprise in zip(cards, found, strict=True)
        ]

    @property
    def enterprises(self) -> int:
        """How many of the hits are social enterprises."""
        return self.hits.by_type[EntryType.ENTERPRISE]

    @property
    def sales_organisations(self) -> int:
        """How many of the hits are sales organisations."""
        return self.hits.by_type[EntryType.SALES_ORGANISATION]

    @cached_property
    def form(self) -> FinderForm:
        """The filters with the hits that each choice gives."""
        return FinderForm(self.hits, self.names, self.request.GET)

    @cached_property
    def chosen(self) -> list[ChosenFilter]:
        """Each filter in use, with the address without it.

        Where there are no hits, those that stand alone in the way come first, with their counts.
        """
        parts = list(self.filters.parts(self.names.values()))
        if self.count:
            return [self.without(label, left) for label, left in parts]
        counted = [self.without(label, left, counts=True) for label, left in parts]
        return sorted(counted, key=lambda one: -(one.count or 0))

    @cached_property
    def loosened(self) -> list[ChosenFilter]:
        """What to take away where there are no hits and no filter is in the way alone: two, or all.

        The ``MOST_PAIRS`` that give most; empty where one is enough.
        """
        if self.count or any(one.count for one in self.chosen):
            return []
        names = list(self.names.values())
        pairs = {
            left: _("%(one)s and %(other)s") % {"one": one, "other": other}
            for one, first in self.filters.parts(names)
            for other, left in first.parts(names)
            if left
        }
        counted = [self.without(label, left, counts=True) for left, label in pairs.items()]
        found = [pair for pair in counted if pair.count]
        found.sort(key=lambda pair: -(pair.count or 0))
        every = self.without(_("All filters"), Filters(), counts=True)
        return [*found[:MOST_PAIRS], *([every] if every.count else [])]

    def without(self, label: str, left: Filters, *, counts: bool = False) -> ChosenFilter:
        """Return the way to ``left``, with the number of its hits where there are any."""
        count = self.hits.instead(left).count if counts else 0
        return ChosenFilter(label, left.address(self.request.path), count or None)

    @cached_property
    def better(self) -> ChosenFilter | None:
        """The same question with words spelt as the list spells them, where nothing was found."""
        text = "" if self.count or not self.filters.text else self.hits.better_text()
        if not text:
            return None
        other = replace(self.filters, text=text)
        return ChosenFilter(text, other.address(self.request.path), self.hits.instead(other).count)

    @property
    def order(self) -> str:
        """What decides the order of the hits, in a sentence."""
        if self.filters.near:
            return _(
                "The nearest first, as the crow flies from the middle of %(place)s. "
                "Those who deliver there are included, wherever they are."
            ) % {"place": place_name(self.filters.near)}
        if self.filters.text:
            return _(
                "Best match first: your words in the name, then in the industry, then in the rest "
                "of the entry. Equals stand by name."
            )
        return _("In order of name.")

    @property
    def is_rough(self) -> bool:
        """Whether a distance on the page is counted from a municipality's middle."""
        return any(hit.approximate and hit.is_apart for hit in self.page.object_list)

    @cached_property
    def map(self) -> CountyMap:
        """The map of the counties; choosing one keeps the other filters."""
        return make_map(
            dict(self.hits.counts["county"]),
            lambda code: replace(self.filters, county=code, municipality="").address(
                self.request.path
            ),
            self.filters.county,
        )

    @property
    def county(self) -> County | None:
        """The county that is asked for."""
        return county(self.filters.county)

    @property
    def county_url(self) -> str:
        """The path of that county's own page."""
        return county_page(self.county, self.request)

    @cached_property
    def municipality_map(self) -> MunicipalityMap | None:
        """The map of a part of the country, where a county or a place is chosen."""
        return make_municipality_map(self.hits.by_municipality, self.filters, self.request.path)


class HitSlices:
    """The hits as a paginator takes them."""

    def __init__(self, listing: Listing) -> None:
        self.hits = listing.hits

    def __getitem__(self, part: slice) -> list[Hit]:
        return self.hits.page(part.start, part.stop)
