"""The library's filters: what a visitor has chosen, and what each choice would give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.enums import Audience, ContentLanguage
from core.facets import Facet, FacetChoice
from core.models import BasePageQuerySet, Theme
from library import counts
from library.enums import Length
from library.kinds import KINDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEGENDS = {
    "kind": _("Kind"),
    "theme": _("Development area"),
    "audience": _("Written for"),
    "language": _("Can be had in"),
    "year": _("Year"),
    "length": _("Length"),
}
LONGEST_SHOWN = 60
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class Removable:
    """A choice that is made, the address without it, and what that gives where it is worth saying.

    ``label`` and ``count`` are what ``core/components/chosen_filters.html`` shows.
    """

    label: StrOrPromise
    url: str
    count: int | None = None


class LibraryFilter:
    """What the address asks for, each filter at most once.

    A value that there is no choice for is left out and told of in ``unknown``.
    """

    def __init__(self, params: QueryDict, pages: BasePageQuerySet) -> None:
        self.asked = {name: params.get(name, "").strip() for name in LEGENDS}
        self.pages = pages

    @cached_property
    def themes(self) -> dict[str, StrOrPromise]:
        """Slug → name of each development area in the reader's language; one query."""
        languages = [settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE]
        themes = Theme.objects.filter(locale__language_code__in=languages).select_related("locale")
        by_slug: dict[str, StrOrPromise] = {}
        for theme in themes:
            if theme.locale.language_code == languages[1] or theme.slug not in by_slug:
                by_slug[theme.slug] = theme.name
        return by_slug

    def labels(self, name: str) -> dict[str, StrOrPromise]:
        """Value → what readers call it, of one filter; a year is its own name."""
        match name:
            case "kind":
                return {kind.value: kind.label for kind in KINDS}
            case "theme":
                return self.themes
            case "audience":
                return dict(Audience.choices)
            case "language":
                names = {value: capfirst(label) for value, label in ContentLanguage.choices}
                return {**names, counts.EASY_READ: _("Easy to read")}
            case "length":
                return dict(Length.choices)
        asked = self.asked["year"]
        return {asked: asked} if YEAR.fullmatch(asked) else {}

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Filter → value, where a choice is made."""
        return {name: value for name, value in self.asked.items() if value in self.labels(name)}

    @property
    def unknown(self) -> list[tuple[StrOrPromise, str]]:
        """The filters asked for by a value that does not exist: legend and value."""
        return [
            (LEGENDS[name], value[:LONGEST_SHOWN])
            for name, value in self.asked.items()
            if value and name not in self.chosen
        ]

    def apply(self, *, but: str = "") -> BasePageQuerySet:
        """Return the pages narrowed by every choice except the one of the filter ``but``."""
        pages = self.pages
        for name, value in self.chosen.items():
            if name != but:
                pages = narrow(pages, name, value)
        return pages

    def removable(self, hits: int) -> list[Removable]:
        """Return the choices that are made, each with what takes it away.

        Where they give no ``hits`` together, each says what the others give without it.
        """
        return [
            Removable(
                self.labels(name)[value],
                "?" + urlencode({key: self.chosen[key] for key in self.chosen if key != name}),
                None if hits else self.apply(but=name).count(),
            )
            for name, value in self.chosen.items()
        ]

    def facets(self) -> list[Facet]:
        """Return the filters, each choice with its hits under the other filters; one query."""
        counted = counts.count(lambda name: self.apply(but=name))
        return [
            Facet(name, str(legend), self.choices(name, counted.get(name, {})))
            for name, legend in LEGENDS.items()
        ]

    def choices(self, name: str, counted: dict[str, int]) -> list[FacetChoice]:
        """Return the choices of one filter that give something, and the one that is made."""
        labels = self.labels(name)
        if name == "year":
            labels = {year: year for year in sorted({*labels, *counted}, reverse=True)}
        return [
            FacetChoice(value, str(label), counted.get(value, 0), selected)
            for value, label in labels.items()
            if (selected := self.chosen.get(name) == value) or counted.get(value)
        ]


def narrow(pages: BasePageQuerySet, name: str, value: str) -> BasePageQuerySet:
    """Return those of ``pages`` that a choice of a filter leaves."""
    match name:
        case "kind":
            return pages.filter(next(kind.condition for kind in KINDS if kind.value == value))
        case "theme":
            return pages.on_theme(value)
        case "audience":
            return pages.for_audience(value)
        case "language":
            return pages.filter(counts.in_language(value))
        case "length":
            measured = pages.annotate(minutes_in_all=counts.minutes_in_all())
            return measured.filter(counts.LENGTHS[Length(value)])
    return pages.annotate(year=counts.year_of()).filter(year=int(value))
