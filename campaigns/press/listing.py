"""The press room as one request asks for it: filters, items, and what other choices would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as Slice
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from asflist.listing import ChosenFilter
from asflist.places import counties_by_name
from campaigns.enums import PressKind
from campaigns.models import PressRoomPage
from campaigns.press.items import WHOLE_COUNTRY, Cell, PressItemQuerySet, as_items, press_items
from core.facets import Facet, FacetChoice
from core.models import BasePage, Theme
from core.pagination import CountedPaginator

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PER_PAGE = 20
LONGEST_SHOWN = 60
LEGENDS = {
    "kind": _("Kind"),
    "year": _("Year"),
    "theme": _("Development area"),
    "county": _("County"),
}
#: What feeds can be filtered by; a year is over, and nothing new comes to it.
FEED_FILTERS = ("kind", "theme", "county")


class PressFilter:
    """What an address asks for: kind, year, theme and county, each at most once.

    A county gives the news of that county; that of the whole country is a choice of its own.
    ``unknown`` holds the legend and value of what there is no choice for; it is left out.
    """

    def __init__(self, params: Mapping[str, str], years: Iterable[str] = ()) -> None:
        places = counties_by_name()
        self.labels: dict[str, dict[str, StrOrPromise]] = {
            "kind": {kind.value: kind.label for kind in PressKind},
            "year": {year: year for year in years},
            "theme": dict(theme_names()),
            "county": {
                WHOLE_COUNTRY: _("The whole country"),
                **{place.code: place.name for place in places},
            },
        }
        asked = {name: params.get(name, "").strip() for name in LEGENDS}
        self.chosen = {
            name: value for name, value in asked.items() if value and value in self.labels[name]
        }
        self.unknown = [
            (LEGENDS[name], value[:LONGEST_SHOWN])
            for name, value in asked.items()
            if value and name not in self.chosen
        ]

    @property
    def feed_words(self) -> list[str]:
        """What feeds are filtered by, as readers call it."""
        return [
            str(self.labels[name][value])
            for name, value in self.chosen.items()
            if name in FEED_FILTERS
        ]

    @property
    def feed_query(self) -> str:
        """The choices as the feeds take them."""
        return self.query(*FEED_FILTERS)

    @property
    def mail_query(self) -> str:
        """The choices as the form for mail takes them; the whole country is no county there."""
        national = self.chosen.get("county") == WHOLE_COUNTRY
        return self.query("kind", *([] if national else ["county"]))

    def query(self, *names: str) -> str:
        """Return the choices of these filters for an address, ``"?kind=debate"``, or nothing."""
        chosen = {name: self.chosen[name] for name in names if name in self.chosen}
        return f"?{urlencode(chosen)}" if chosen else ""

    def apply(self, items: PressItemQuerySet) -> PressItemQuerySet:
        """Return those of ``items`` that every choice lets through."""
        if kind := self.chosen.get("kind"):
            items = items.of_kind(kind)
        if year := self.chosen.get("year"):
            items = items.from_year(year)
        if theme := self.chosen.get("theme"):
            items = items.on_theme(theme)
        if county := self.chosen.get("county"):
            items = items.in_county(county)
        return items


class PressListing:
    """The answer to one request.

    Three queries: the items counted, the themes' names, and the rows.
    """

    def __init__(self, room: PressRoomPage, request: HttpRequest) -> None:
        self.path = request.path
        everything = press_items().filter(locale=room.locale_id)
        self.cells: list[Cell] = everything.tally()
        years = sorted({cell.year for cell in self.cells}, reverse=True)
        self.filter = PressFilter(request.GET, years)
        self.count = self.hits(self.filter.chosen)
        rows = self.filter.apply(everything).newest_first()
        paginator = CountedPaginator(rows, PER_PAGE, self.count)
        self.page: Slice[BasePage] = paginator.get_page(request.GET.get("page"))
        self.items = list(as_items(self.page)) if self.count else []

    def hits(self, chosen: Mapping[str, str]) -> int:
        """Return how many items these choices give; no query."""
        theme = chosen.get("theme", "")
        return sum(
            cell.number
            for cell in self.cells
            if cell.theme == theme
            and all(getattr(cell, name) == value for name, value in chosen.items())
        )

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters, each choice with the items it gives under the other choices.

        What no item has in any case is no choice, so that the filters keep their shape.
        """
        found = {name: {getattr(cell, name) for cell in self.cells} for name in LEGENDS}
        return [
            Facet(
                name,
                str(legend),
                [
                    FacetChoice(
                        value,
                        str(label),
                        self.hits({**self.filter.chosen, name: value}),
                        selected=self.filter.chosen.get(name) == value,
                    )
                    for value, label in self.filter.labels[name].items()
                    if value in found[name] or self.filter.chosen.get(name) == value
                ],
            )
            for name, legend in LEGENDS.items()
        ]

    @cached_property
    def chosen(self) -> list[ChosenFilter]:
        """Each filter in use with the address without it; with counts when there are no items."""
        filters = []
        for name, value in self.filter.chosen.items():
            others = {key: other for key, other in self.filter.chosen.items() if key != name}
            filters.append(
                ChosenFilter(
                    str(self.filter.labels[name][value]),
                    f"{self.path}{self.filter.query(*others)}",
                    None if self.count else self.hits(others),
                )
            )
        return filters


def theme_names() -> dict[str, str]:
    """Map each development area's slug to its name in the reader's language; one query.

    An area without a translation keeps its own name.
    """
    language = get_language() or settings.LANGUAGE_CODE
    rows = Theme.objects.filter(
        locale__language_code__in={language, settings.LANGUAGE_CODE}
    ).values_list("slug", "name", "locale__language_code")
    names: dict[str, str] = {}
    for slug, name, code in rows:
        if code == language or slug not in names:
            names[slug] = name
    return names
