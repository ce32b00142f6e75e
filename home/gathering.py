"""Everything on a development area, of all kinds: a few of each, and all of one when asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from core.models import BasePage
from library.querysets import LibraryQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from home.models import ThemePage

#: So many of each kind stand on the area's page, and so many on a page of one kind.
FEW = 3
PER_PAGE = 24
#: The kinds in the order that readers meet them; every other comes after.
ORDER = (
    "campaignpage",
    "handbookpage",
    "filmseriespage",
    "filmpage",
    "guidancepage",
    "templatepage",
    "theoryofchangepage",
    "impactreportpage",
    "impactstorypage",
    "pressreleasepage",
    "debatearticlepage",
)
#: Chapters are in their books; an area and a series page only lead on.
LEFT_OUT = ("chapterpage", "themepage", "sectionpage", "homepage", "campaignseriespage")


@dataclass(frozen=True)
class Shelf:
    """The newest pages of one kind, and how many there are."""

    kind: str
    title: StrOrPromise
    pages: list[BasePage]
    number: int

    @property
    def has_more(self) -> bool:
        """Whether there are more than stand here."""
        return self.number > len(self.pages)


def gathered(area: ThemePage) -> LibraryQuerySet:
    """Return the public pages on the area, in its language."""
    return (
        LibraryQuerySet(BasePage)
        .listed()
        .filter(locale=area.locale_id, themes=area.theme_id)
        .exclude(content_type__model__in=LEFT_OUT)
        .without_earlier_editions()
    )


def shelves(area: ThemePage) -> list[Shelf]:
    """Return a shelf for each kind that the area has; one query however much there is."""
    place = Window(
        RowNumber(), partition_by="content_type", order_by=["-first_published_at", "-pk"]
    )
    rows = (
        gathered(area)
        .annotate(place=place, number=Window(Count("pk"), partition_by="content_type"))
        .filter(place__lte=FEW)
        .order_by("place")
    )
    by_model: dict[str, list[BasePage]] = {}
    for row in rows:
        by_model.setdefault(row.content_type.model, []).append(row)
    return [
        Shelf(
            kind=model.removesuffix("page"),
            title=pages[0].specific_class.kind_plural,
            pages=pages,
            number=pages[0].number,
        )
        for model, pages in sorted(by_model.items(), key=lambda item: place_of(item[0]))
    ]


def place_of(model: str) -> tuple[int, str]:
    """Return what kinds are sorted by."""
    return (ORDER.index(model) if model in ORDER else len(ORDER), model)


def one_kind(area: ThemePage, kind: str, page: str | None) -> Slice | None:
    """Return a page of all that the area has of one kind, or None where there is no such kind."""
    pages = gathered(area).filter(content_type__model=f"{kind}page").newest_first()
    made = Paginator(pages, PER_PAGE)
    return made.get_page(page) if made.count else None
