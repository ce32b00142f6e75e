"""Where a film is shown: the way back from it to handbooks, guidance and other texts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Left, Length
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, get_page_models

from core.models import BasePage
from library import durations
from library.blocks import FilmBlock

if TYPE_CHECKING:
    from library.models import FilmPage

#: How the reference index names a film that a text shows, and one that helps with a step.
IN_PLACE, IN_A_STEP = ".film.film", "steps."


@dataclass(frozen=True)
class Mention:
    """A page that shows a film from the second ``start``, or leads to it from a step (None)."""

    page: BasePage
    start: int | None
    #: The id of the place in the page, an empty string where it only leads to the film.
    anchor: str
    #: The title of the handbook that the page is a chapter of.
    book: str

    @property
    def clock(self) -> str:
        """The second as readers write it, an empty string for the beginning."""
        return durations.clock(self.start) if self.start else ""


def film_anchor(film_id: int, start: int) -> str:
    """Return the id of the place in a text where a film is shown from a second on."""
    return f"film-{film_id}-{start}" if start else f"film-{film_id}"


def shown_in(film: FilmPage) -> list[Mention]:
    """Return the public pages in the reader's language that show the film, in the tree's order.

    Two queries however many they are, and one where routing has not met the film's versions. A
    text may have chosen any language's version of the film.
    """
    versions = versions_of(film)
    pages = list(pages_that_name(versions))
    starts = starts_in_bodies(pages, versions) if pages else {}
    return [
        mention
        for page in pages
        for mention in mentions_on(page, sorted(starts.get(page.pk, ())), film)
    ]


def versions_of(film: FilmPage) -> set[int]:
    """Return the ids of the film in every language."""
    if film.known_translations is not None:
        return {page.pk for page in film.known_translations} | {film.pk}
    same = type(film)._base_manager.filter(translation_key=film.translation_key)
    return set(same.values_list("pk", flat=True))


def mentions_on(page: Any, starts: list[int], film: FilmPage) -> Iterator[Mention]:
    """Yield one mention for each second that the page shows the film from, or that it names it."""
    book = page.book or ""
    for start in starts:
        yield Mention(page, start, film_anchor(film.pk, start), book)
    if not starts:
        yield Mention(page, None, "", book)


def pages_that_name(film_ids: set[int]) -> QuerySet[BasePage]:
    """Return live, public pages in the reader's language whose text or steps name the films."""
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        Q(model_path__endswith=IN_PLACE) | Q(model_path__startswith=IN_A_STEP),
        base_content_type=page_type,
        to_content_type=page_type,
        to_object_id__in=[str(pk) for pk in film_ids],
    )
    above = Left(OuterRef("path"), Length(OuterRef("path")) - BasePage.steplen)
    books = BasePage.objects.live().public().filter(path=above, content_type__model="handbookpage")
    return (
        BasePage.objects.listed()
        .in_active_language()
        .annotate(text=Cast("pk", CharField()), book=books.values("title")[:1])
        .filter(text__in=references.values("object_id"))
        .order_by("path")
    )


def starts_in_bodies(pages: list[BasePage], film_ids: set[int]) -> dict[int, set[int]]:
    """Return page id → the seconds from which its body shows one of the films; one query."""
    bodies = [
        model._base_manager.filter(pk__in=[page.pk for page in pages])
        .order_by()
        .values_list("pk", Cast("body", TextField()))
        for model in types_with_films()
    ]
    first, *others = bodies
    starts: dict[int, set[int]] = defaultdict(set)
    for pk, raw in first.union(*others, all=True):
        starts[pk] |= {
            second_of(block["value"])
            for block in json.loads(raw)
            if block["type"] == "film" and block["value"].get("film") in film_ids
        }
    return starts


def second_of(value: dict[str, Any]) -> int:
    """Return the second at which a film block's raw value begins."""
    try:
        return durations.seconds(value.get("start") or "")
    except ValueError:
        return 0


@cache
def types_with_films() -> list[type[BasePage]]:
    """Return the page types whose body may show films."""
    found = []
    for model in get_page_models():
        body = next((field for field in model._meta.fields if field.name == "body"), None)
        if isinstance(body, StreamField):
            block = body.stream_block.child_blocks.get("film")
            if isinstance(block, FilmBlock):
                found.append(model)
    return found
