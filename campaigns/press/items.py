"""What stands in the press room: press pages and films, in one stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, ExtractYear, TruncDate
from django.utils import timezone

from asflist.places import County, county
from campaigns.enums import PressKind
from core.models import BasePage, BasePageQuerySet
from library import durations
from library.enums import FilmKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The page model of each kind, as content types name it.
MODEL_NAMES = {
    PressKind.RELEASE: "pressreleasepage",
    PressKind.DEBATE: "debatearticlepage",
    PressKind.RECORDING: "filmpage",
}
KINDS = {model: kind for kind, model in MODEL_NAMES.items()}
#: What stands for the whole country where a county may be chosen (Statistics Sweden's own code).
WHOLE_COUNTRY = "00"


class PressItemQuerySet(BasePageQuerySet):
    """Listings of the press room, all kinds in one query."""

    def in_press_room(self) -> Self:
        """Press pages, and the films that staff want among them, with what a row shows."""
        return self.filter(Q(presspage__isnull=False) | Q(filmpage__in_press_room=True)).annotate(
            press_day=Coalesce(
                "presspage__date",
                "filmpage__recorded_on",
                TruncDate("first_published_at", tzinfo=timezone.get_default_timezone()),
            ),
            press_county=Coalesce("presspage__county_code", Value("")),
            newspaper=F("presspage__debatearticlepage__newspaper"),
            film_kind=F("filmpage__film_kind"),
            film_length=F("filmpage__duration"),
        )

    def of_kind(self, kind: str) -> Self:
        """Items of one ``PressKind``."""
        return self.filter(content_type__model=MODEL_NAMES[PressKind(kind)])

    def from_year(self, year: str) -> Self:
        """Items released, printed or recorded in ``year`` (four digits)."""
        return self.filter(press_day__year=int(year))

    def in_county(self, code: str) -> Self:
        """Items of the county with this code, or with ``WHOLE_COUNTRY`` those of no county."""
        return self.filter(press_county="" if code == WHOLE_COUNTRY else code)

    def newest_first(self) -> Self:
        """By the day of release, print or recording, then by when they came to the site."""
        return self.order_by("-press_day", "-first_published_at", "-pk")

    def tally(self) -> list[Cell]:
        """Count the items by kind, year and county, and once more by theme as well; one query.

        An item with two themes counts in both, and one with none only among all.
        """
        among_all = counted(self.annotate(press_theme=Value("")))
        on_themes = counted(self.annotate(press_theme=F("themes__slug")))
        return [
            Cell(KINDS[model], str(year), code or WHOLE_COUNTRY, theme, number)
            for model, year, code, theme, number in among_all.union(on_themes, all=True)
            if theme is not None
        ]


@dataclass(frozen=True)
class Cell:
    """How many items have this kind, year (four digits) and county code.

    ``theme`` is the slug of the one that they are on, or empty where all are counted.
    """

    kind: str
    year: str
    county: str
    theme: str
    number: int


def counted(items: PressItemQuerySet) -> Any:
    """Return the numbers of ``items`` by kind, year, county and ``press_theme``, not asked yet."""
    return (
        items.order_by()
        .annotate(press_year=ExtractYear("press_day"))
        .values_list("content_type__model", "press_year", "press_county", "press_theme")
        .annotate(Count("pk"))
    )


@dataclass(frozen=True)
class PressItem:
    """A page as a row of the press room: ``county`` is None for news of the whole country.

    ``newspaper`` and ``length`` (a film's, as readers write it) are empty where there is none.
    """

    page: BasePage
    kind: PressKind
    label: StrOrPromise
    day: date
    county: County | None
    newspaper: str
    length: str


def press_items() -> PressItemQuerySet:
    """Return the live, public items of the press room in every language."""
    # A film that has never been published by the ordinary way has no day to stand at.
    return PressItemQuerySet(BasePage).listed().in_press_room().filter(press_day__isnull=False)


def as_items(rows: Iterable[BasePage]) -> Iterator[PressItem]:
    """Yield the rows of a ``PressItemQuerySet`` as items."""
    for page in rows:
        row = cast("Any", page)  # the annotations of in_press_room()
        kind = KINDS[page.content_type.model]
        yield PressItem(
            page=page,
            kind=kind,
            label=FilmKind(row.film_kind).label if kind == PressKind.RECORDING else kind.label,
            day=row.press_day,
            county=county(row.press_county),
            newspaper=row.newspaper or "",
            length=durations.spoken(row.film_length) if row.film_length else "",
        )
