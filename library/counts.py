"""How many hits each choice of each filter of the library gives: one query for them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, NullIf

from core.enums import Audience, ContentLanguage
from core.models import BasePage, BasePageQuerySet
from library.enums import Length
from library.kinds import KINDS

#: Filter → value → number of hits.
Counts = dict[str, dict[str, int]]
#: The choice among languages that is no language.
EASY_READ = "easy"
#: The most minutes of each length, but the last; see ``BasePage.minutes``.
SHORT, MEDIUM = 5, 15


def year_of() -> Coalesce:
    """Return the year that readers know a page by: recorded, reported on, finished or published."""
    return Coalesce(
        ExtractYear("filmpage__recorded_on"),
        ExpressionWrapper(F("impactreportpage__year"), IntegerField()),
        ExtractYear("templatepage__updated_on"),
        ExtractYear("first_published_at"),
    )


def minutes_in_all() -> NullIf:
    """Return the minutes of a page, a book with its public chapters, a series with its films.

    What stands in a book is asked for each time: who hides a chapter changes nothing in the book.
    """
    within = (
        BasePage.objects.live()
        .public()
        .filter(path__startswith=OuterRef("path"), depth=OuterRef("depth") + 1)
        .order_by()
        .values("depth")
        .annotate(sum=Sum("minutes"))
    )
    of_parts = Case(
        When(content_type__model__in=("handbookpage", "filmseriespage"), then=within.values("sum")),
        default=Value(0),
        output_field=IntegerField(),
    )
    own = Coalesce(F("minutes"), 0, output_field=IntegerField())
    return NullIf(own + Coalesce(of_parts, 0), Value(0))


#: What holds for pages that ``minutes_in_all`` has been asked of.
LENGTHS = {
    Length.SHORT: Q(minutes_in_all__lte=SHORT),
    Length.MEDIUM: Q(minutes_in_all__gt=SHORT, minutes_in_all__lte=MEDIUM),
    Length.LONG: Q(minutes_in_all__gt=MEDIUM),
}


def in_language(language: str) -> Q:
    """Return what holds for base pages that can be read or followed in ``language``.

    They are written in it, are translated to it, are captioned in it, or lead to a document in it.
    ``EASY_READ`` stands for easy-to-read pages.
    """
    if language == EASY_READ:
        return Q(easy_read_of__isnull=False)
    translations = (
        BasePage.objects.live()
        .public()
        .filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
    )
    captions = BasePage.objects.filter(pk=OuterRef("pk"), filmpage__captions__language=language)
    return (
        Q(Exists(translations)) | Q(Exists(captions)) | Q(templatepage__document__language=language)
    )


def count(narrowed: Callable[[str], BasePageQuerySet]) -> Counts:
    """Count every choice; ``narrowed(name)`` are the pages under all filters but that one."""
    parts = list(selects(narrowed))
    counts: Counts = defaultdict(dict)
    for facet, value, number in parts[0].union(*parts[1:], all=True):
        if value and number:
            counts[facet][value] = number
    return counts


def selects(narrowed: Callable[[str], BasePageQuerySet]) -> Iterator[QuerySet[Any, Any]]:
    """Yield a query for each filter, or for each choice where a page can fall under several."""
    kinds = Case(*[When(kind.condition, Value(kind.value)) for kind in KINDS])
    lengths = Case(*[When(holds, Value(length.value)) for length, holds in LENGTHS.items()])
    yield grouped(narrowed("kind"), "kind", kinds)
    yield grouped(narrowed("theme"), "theme", F("themes__slug"))
    yield grouped(narrowed("year"), "year", year_of())
    measured = narrowed("length").annotate(minutes_in_all=minutes_in_all())
    yield grouped(measured, "length", lengths)
    for audience in Audience:
        pages = narrowed("audience").for_audience(audience.value)
        yield grouped(pages, "audience", Value(audience.value))
    for language in (*ContentLanguage.values, EASY_READ):
        pages = narrowed("language").filter(in_language(language))
        yield grouped(pages, "language", Value(language))


def grouped(pages: BasePageQuerySet, facet: str, value: Any) -> QuerySet[Any, Any]:
    """Return rows of filter, value and number of ``pages``."""
    return (
        pages.order_by()
        .annotate(facet=Value(facet, CharField()), value=Cast(value, CharField()))
        .values("facet", "value")
        .annotate(number=Count("pk", distinct=True))
        .values_list("facet", "value", "number")
    )
