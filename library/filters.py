"""The library's filters: what a visitor has chosen, and what each choice would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.enums import Audience
from core.facets import Facet, FacetChoice
from core.models import BasePageQuerySet, Theme
from library.enums import FilmKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """A kind of content: its name in addresses, its model, and what readers call it."""

    value: str
    model: str
    label: StrOrPromise
    film_kind: str | None = None

    @property
    def condition(self) -> Q:
        """What holds for the base pages of this kind."""
        condition = Q(content_type__app_label="library", content_type__model=self.model)
        return condition & Q(filmpage__film_kind=self.film_kind) if self.film_kind else condition


KINDS = [
    Kind("film", "filmpage", _("Films"), FilmKind.FILM),
    Kind("webinar", "filmpage", _("Recorded webinars"), FilmKind.WEBINAR),
    Kind("handbook", "handbookpage", _("Handbooks")),
    Kind("guidance", "guidancepage", _("Guidances")),
    Kind("template", "templatepage", _("Templates")),
    Kind("story", "impactstorypage", _("Impact stories")),
    Kind("report", "impactreportpage", _("Impact reports")),
]
LEGENDS = {"kind": _("Kind"), "theme": _("Development area"), "audience": _("Written for")}
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Removable:
    """A choice that is made, and the address without it."""

    legend: StrOrPromise
    label: StrOrPromise
    url: str


class LibraryFilter:
    """What the address asks for: kind, theme and audience, each at most once.

    A value that there is no choice for is left out and told of in ``unknown``.
    """

    def __init__(self, params: QueryDict) -> None:
        self.asked = {name: params.get(name, "").strip() for name in LEGENDS}

    @cached_property
    def labels(self) -> dict[str, dict[str, StrOrPromise]]:
        """Filter → value → what readers call it; one query, for the themes."""
        languages = [settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE]
        themes = Theme.objects.filter(locale__language_code__in=languages).select_related("locale")
        by_slug: dict[str, StrOrPromise] = {}
        for theme in themes:
            if theme.locale.language_code == languages[1] or theme.slug not in by_slug:
                by_slug[theme.slug] = theme.name
        return {
            "kind": {kind.value: kind.label for kind in KINDS},
            "theme": by_slug,
            "audience": dict(Audience.choices),
        }

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Filter → value, where a choice is made."""
        return {name: value for name, value in self.asked.items() if value in self.labels[name]}

    @property
    def unknown(self) -> list[tuple[StrOrPromise, str]]:
        """The filters asked for by a value that does not exist: legend and value."""
        return [
            (LEGENDS[name], value[:LONGEST_SHOWN])
            for name, value in self.asked.items()
            if value and name not in self.chosen
        ]

    @property
    def removable(self) -> list[Removable]:
        """The choices that are made, each with the address that takes it away."""
        return [
            Removable(
                LEGENDS[name],
                self.labels[name][value],
                "?" + urlencode({key: self.chosen[key] for key in self.chosen if key != name}),
            )
            for name, value in self.chosen.items()
        ]

    def apply(self, pages: BasePageQuerySet, *, but: str = "") -> BasePageQuerySet:
        """Narrow ``pages`` by every choice except the one of the filter ``but``."""
        chosen = {name: value for name, value in self.chosen.items() if name != but}
        if kind := chosen.get("kind"):
            pages = pages.filter(next(row.condition for row in KINDS if row.value == kind))
        if theme := chosen.get("theme"):
            pages = pages.on_theme(theme)
        if audience := chosen.get("audience"):
            pages = pages.for_audience(audience)
        return pages

    def facets(self, pages: BasePageQuerySet) -> list[Facet]:
        """Return the filters, each choice with its hits under the other filters; three queries."""
        counts = {
            "kind": kind_counts(self.apply(pages, but="kind")),
            "theme": theme_counts(self.apply(pages, but="theme")),
            "audience": audience_counts(self.apply(pages, but="audience")),
        }
        return [
            Facet(
                name,
                str(legend),
                [
                    FacetChoice(value, str(label), counts[name].get(value, 0), selected)
                    for value, label in self.labels[name].items()
                    if (selected := self.chosen.get(name) == value) or counts[name].get(value)
                ],
            )
            for name, legend in LEGENDS.items()
        ]


def kind_counts(pages: BasePageQuerySet) -> dict[str, int]:
    """Map each kind's value to the number of ``pages`` of it."""
    rows = (
        pages.order_by()
        .values_list("content_type__model", "filmpage__film_kind")
        .annotate(Count("pk", distinct=True))
    )
    found = {(model, film_kind): number for model, film_kind, number in rows}
    return {kind.value: found.get((kind.model, kind.film_kind), 0) for kind in KINDS}


def theme_counts(pages: BasePageQuerySet) -> dict[str, int]:
    """Map each theme's slug to the number of ``pages`` on it."""
    rows = pages.order_by().values_list("themes__slug").annotate(Count("pk", distinct=True))
    return {slug: number for slug, number in rows if slug}


def audience_counts(pages: BasePageQuerySet) -> dict[str, int]:
    """Map each audience to the number of ``pages`` written for it."""
    counts: dict[str, int] = pages.order_by().aggregate(
        **{
            audience.value: Count("pk", filter=Q(audience__contains=audience.value), distinct=True)
            for audience in Audience
        }
    )
    return counts
