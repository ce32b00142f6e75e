"""Which handbooks are touched by a change: those that hold the thing, or refer to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.models import Page, ReferenceIndex

from library.models import ChapterPage, HandbookPage


def books_of(page: Page) -> set[int]:
    """Return the ids of the handbooks that a page is, stands in, or is shown or linked in."""
    if page.specific_class is HandbookPage:
        return {page.pk}
    if page.specific_class is ChapterPage:
        return book_above(page)
    versions = Page.objects.filter(translation_key=page.translation_key)
    return books_that_refer_to(Page, versions.values_list("pk", flat=True))


def book_above(page: Page) -> set[int]:
    """Return the id of the handbook that a chapter stands in."""
    return set(
        HandbookPage.objects.filter(path=page.path[: -page.steplen]).values_list("pk", flat=True)
    )


def books_around(page: Page) -> set[int]:
    """Return the ids of the handbooks above, at and below a page, and of those that show it.

    A book shows the version in its own language of what it has chosen, and an alias is hidden
    together with its source.
    """
    inside = Page.objects.filter(path__startswith=page.path)
    hidden = Page.objects.filter(
        Q(pk__in=inside.values("pk")) | Q(alias_of__in=inside.values("pk"))
    )
    ways = {
        path[:end]
        for path in (page.path, *hidden.values_list("path", flat=True))
        for end in range(page.steplen, len(path) + 1, page.steplen)
    }
    around = HandbookPage.objects.filter(path__in=ways)
    keys = hidden.order_by().values("translation_key")
    shown = Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    return {book.pk for book in around.only("pk")} | books_that_refer_to(Page, shown)


def books_that_use(thing: Model) -> set[int]:
    """Return the ids of the handbooks whose texts use an image or a document."""
    return books_that_refer_to(type(thing), [thing.pk])


def books_that_refer_to(model: type[Model], ids: Iterable[int]) -> set[int]:
    """Return the ids of the handbooks that refer, themselves or in a chapter, to these objects."""
    types = ContentType.objects.get_for_models(HandbookPage, ChapterPage)
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(pk) for pk in ids],
        content_type__in=types.values(),
    )
    referring = {int(pk) for pk in found.values_list("object_id", flat=True)}
    if not referring:
        return set()
    chapters = ChapterPage.objects.filter(pk__in=referring).values_list("path", flat=True)
    paths = {path[: -ChapterPage.steplen] for path in chapters}
    books = HandbookPage.objects.filter(path__in=paths) | HandbookPage.objects.filter(
        pk__in=referring
    )
    return set(books.values_list("pk", flat=True))
