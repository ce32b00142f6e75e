"""What is left to the worker that makes books."""

from __future__ import annotations

from django_tasks import task

from library.books.builder import build


@task(backend="books")
def make_book(handbook_id: int) -> int:
    """Make the files of a handbook that are due; return how many that was."""
    return build(handbook_id)
