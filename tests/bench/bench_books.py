"""How long a handbook's files take by its number of chapters; run by `make bench-books`.

Nothing is asserted but that the time grows no faster than the book by far: what is measured on a
machine that others use is for reading, not for failing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from library.books.content import book_of
from library.books.epub import epub_of
from library.books.pdf import pdf_of
from library.models import ChapterPage, FilmPage, HandbookPage
from tests.library.books import every_block, full_book
from tests.library.factories import add

SIZES = (10, 50, 200)


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    """Return what ``action`` returns, and the seconds it took."""
    start = time.perf_counter()
    result = action()
    return result, time.perf_counter() - start


def test_bench_books(home, make_image):
    image = make_image(size=(640, 480))
    page = full_book(home, image, chapters=1)
    body = every_block(image, FilmPage.objects.get(), page)
    first = 0.0
    print(f"\n{'chapters':>8} {'content':>8} {'PDF':>8} {'EPUB':>8} {'together':>9} {'ratio':>6}")  # noqa: T201
    for size in SIZES:
        for number in range(ChapterPage.objects.count() + 1, size + 1):
            add(page, ChapterPage, title=f"Kapitel {number}", slug=f"k-{number}", body=body)
        book, content = timed(lambda: book_of(HandbookPage.objects.get(pk=page.pk)))
        _file, pdf = timed(lambda made=book: pdf_of(made))
        _file, epub = timed(lambda made=book: epub_of(made))
        together = content + pdf + epub
        first = first or together
        print(  # noqa: T201
            f"{size:>8} {content:>7.2f}s {pdf:>7.2f}s {epub:>7.2f}s {together:>8.2f}s"
            f" {together / first:>6.1f}"
        )
    assert len(book.chapters) == SIZES[-1]
