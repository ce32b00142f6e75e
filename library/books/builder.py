"""Books' files are made in the background, and swapped for the old ones when they are whole.

A wish is a number in the database (``BookFile.wanted``), raised with whatever changed the book. A
task that dies with its worker loses nothing: ``build_books``, run every minute, finds the wish that
has not been fulfilled once the dead build's lease is out. Two that build at the same time do no
harm: only the one that holds the lease swaps.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from library.books.content import book_of
from library.books.epub import epub_of
from library.books.nodes import Book
from library.books.pdf import pdf_of
from library.enums import BookFormat
from library.models import BookFile, HandbookPage

logger = logging.getLogger(__name__)

FOLDER = "books"
LONGEST_ERROR = 500  # characters
#: A file that no row knows is left by a build that died; a younger one may be about to be known.
ORPHAN_AGE = timedelta(hours=1)
MAKERS: dict[str, Callable[[Book], bytes]] = {BookFormat.PDF: pdf_of, BookFormat.EPUB: epub_of}

_postponed: ContextVar[set[int] | None] = ContextVar("postponed_books", default=None)


def want(handbook_ids: Iterable[int], *, withdrawn: bool = False, create: bool = True) -> None:
    """Have the files of these handbooks made anew once the transaction is committed.

    ``withdrawn``: the files there are hold what visitors may no longer read, and are not served
    until they have been made anew. Without ``create`` only files that exist are made.
    """
    ids = set(handbook_ids)
    if not ids:
        return
    if create:
        live = HandbookPage.objects.live().filter(pk__in=ids).values_list("pk", flat=True)
        rows = [BookFile(handbook_id=pk, format=kind) for pk in live for kind in BookFormat.values]
        BookFile.objects.bulk_create(rows, ignore_conflicts=True)
    changes = {"wanted": F("wanted") + 1, "failed_at": None}
    if withdrawn:
        changes["needed"] = F("wanted") + 1
    BookFile.objects.filter(handbook__in=ids).update(**changes)
    postponed = _postponed.get()
    if postponed is not None:
        postponed |= ids
    else:
        transaction.on_commit(partial(leave_to_worker, ids), robust=True)


def leave_to_worker(handbook_ids: set[int]) -> None:
    """Put a task for each book in the queue; what fails there is no concern of the publisher's."""
    from library.books.tasks import make_book  # which itself builds with what is here

    for pk in sorted(handbook_ids):
        make_book.enqueue(pk)


@contextmanager
def builds_postponed() -> Iterator[None]:
    """Within this block nothing is built; at its end each book that was wanted is, once."""
    wanted: set[int] = set()
    token = _postponed.set(wanted)
    try:
        yield
    finally:
        _postponed.reset(token)
    for pk in sorted(wanted):
        build(pk)


def build(handbook_id: int) -> int:
    """Make the files of a handbook that are due, until none is; return how many were made."""
    made = 0
    while files := take(handbook_id):
        made += sum(make_all(handbook_id, files))
    return made


def take(handbook_id: int) -> list[BookFile]:
    """Take the lease of the handbook's files that are due, and return them as they then are."""
    now = timezone.now()
    due = BookFile.objects.due(now).filter(handbook=handbook_id).order_by("pk")
    free = BookFile.objects.free(now)
    # Asked once more by the update, of the row alone: of two who are there at once one gets it.
    taken = [
        pk
        for pk in due.values_list("pk", flat=True)
        if free.filter(pk=pk).update(started_at=now, failed_at=None)
    ]
    return list(BookFile.objects.filter(pk__in=taken, started_at=now).order_by("pk"))


def make_all(handbook_id: int, files: list[BookFile]) -> list[bool]:
    """Make these files of a handbook, and tell of each whether it was."""
    try:
        book = book_of(HandbookPage.objects.live().get(pk=handbook_id))
    except Exception as error:
        for file in files:
            fail(file, error)
        return []
    return [make(file, book) for file in files]


def make(file: BookFile, book: Book) -> bool:
    """Make one file and put it in the old one's place; tell whether that was done."""
    try:
        content = MAKERS[file.format](book)
        name = default_storage.save(f"{FOLDER}/{book.pk}.{file.format}", ContentFile(content))
    except Exception as error:
        fail(file, error)
        return False
    if swap(file, name, len(content), book):
        return True
    default_storage.delete(name)
    return False


def swap(file: BookFile, name: str, size: int, book: Book) -> bool:
    """Let the stored file ``name`` be served from now on; delete the old one when that is kept.

    False when the lease has been lost, or the book deleted, meanwhile.
    """
    with transaction.atomic():
        mine = BookFile.objects.select_for_update().filter(pk=file.pk, started_at=file.started_at)
        old = mine.values_list("file", flat=True).first()
        if old is None:
            return False
        mine.update(
            file=name,
            size=size,
            built_at=book.made_at,
            built=file.wanted,
            good_until=book.good_until,
            started_at=None,
            failed_at=None,
            error="",
        )
        if old:
            transaction.on_commit(partial(default_storage.delete, old))
    return True


def fail(file: BookFile, error: Exception) -> None:
    """Keep why a file could not be made, for the editors; the old file stays."""
    logger.error("%s could not be made", file, exc_info=error)
    message = str(error).strip() or type(error).__name__
    BookFile.objects.filter(pk=file.pk, started_at=file.started_at).update(
        started_at=None, failed_at=timezone.now(), error=message[:LONGEST_ERROR]
    )


def due_books() -> list[int]:
    """Return the ids of the handbooks that have a file to be made, and that nobody is making."""
    ids = BookFile.objects.due().values_list("handbook", flat=True)
    return list(ids.order_by("handbook").distinct())


def delete_orphans() -> int:
    """Delete the files that builds have left when they died; return how many."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    stored = {f"{FOLDER}/{name}" for name in names}
    known = set(BookFile.objects.exclude(file="").values_list("file", flat=True))
    latest = timezone.now() - ORPHAN_AGE
    orphans = [n for n in stored - known if default_storage.get_modified_time(n) < latest]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)
