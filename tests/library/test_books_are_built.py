"""A book's files are made in the background; the old one stays until the new one is whole."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from core.dates import swedish_today
from library.books import builder
from library.books.builder import build, builds_postponed, due_books, take, want
from library.enums import BookState
from library.models import BookFile, ChapterPage, GlossaryTerm, HandbookPage
from library.models.book_file import LEASE, RETRY
from tests.library.books import full_book
from tests.library.factories import add, handbook, stream

ROOT = Path(__file__).parents[2]
QUEUE = settings.TASKS | {"books": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def book(home):
    """A handbook of two chapters, with nothing made of it yet."""
    page = handbook(home, 2)
    BookFile.objects.all().delete()
    return page


@pytest.fixture
def made(book):
    """A handbook with both files made."""
    want([book.pk])
    assert build(book.pk) == 2
    return book


def file_of(book, kind="pdf"):
    return BookFile.objects.get(handbook=book, format=kind)


def content(book, kind="pdf"):
    with file_of(book, kind).file.open() as file:
        return file.read()


def titles(book):
    """The chapters that the EPUB holds."""
    with zipfile.ZipFile(io.BytesIO(content(book, "epub"))) as archive:
        nav = archive.read("book/nav.xhtml").decode()
    return [name for name in ("Kapitlet A", "Kapitlet B", "Nytt") if name in nav]


def publish(page, capture):
    with capture(execute=True):
        page.save_revision().publish()


def test_publishing_a_chapter_makes_both_files(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = handbook(home, 2)
    for kind in ("pdf", "epub"):
        file = file_of(page, kind)
        assert file.state == BookState.MADE
        assert file.size == len(content(page, kind))
        assert not file.newer_is_coming
    assert content(page).startswith(b"%PDF-")
    assert titles(page) == ["Kapitlet A", "Kapitlet B"]


def test_the_old_file_is_deleted_when_the_new_one_is_kept(made, django_capture_on_commit_callbacks):
    old = {kind: file_of(made, kind).file.name for kind in ("pdf", "epub")}
    chapter = ChapterPage.objects.order_by("path").last()
    chapter.title = "Nytt"
    publish(chapter, django_capture_on_commit_callbacks)
    assert titles(made) == ["Kapitlet A", "Nytt"]
    for kind, name in old.items():
        assert file_of(made, kind).file.name != name
        assert not default_storage.exists(name)


def test_a_draft_makes_nothing(made, django_capture_on_commit_callbacks):
    chapter = ChapterPage.objects.first()
    chapter.title = "Utkast"
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        chapter.save_revision()
    assert callbacks == []
    assert not file_of(made).newer_is_coming


CHANGES = {
    "a chapter is unpublished": lambda book: ChapterPage.objects.first().unpublish(),
    "a chapter is deleted": lambda book: ChapterPage.objects.first().delete(),
    "a chapter is restricted": lambda book: PageViewRestriction.objects.create(
        page=ChapterPage.objects.first(), restriction_type="login"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_withdrawn_is_out_of_reach_until_the_book_is_made_anew(made, change):
    assert file_of(made).is_servable
    change(made)
    assert not file_of(made).is_servable
    assert BookFile.objects.servable().count() == 0
    build(made.pk)
    assert file_of(made).is_servable
    assert BookFile.objects.servable().count() == 2
    assert titles(made) == ["Kapitlet B"]


def test_moving_a_chapter_makes_the_book_anew_and_leaves_the_old_file_there(made):
    first, last = ChapterPage.objects.order_by("path")
    last.move(first, pos="left")
    assert file_of(made).newer_is_coming
    assert file_of(made).is_servable
    build(made.pk)
    assert not file_of(made).newer_is_coming


def test_a_film_a_word_and_a_picture_in_the_book_make_it_anew(home, make_image):
    image = make_image()
    page = full_book(home, image, chapters=1)
    build(page.pk)
    for change in (
        lambda: GlossaryTerm.objects.first().save(),
        image.save,
        lambda: PageViewRestriction.objects.create(
            page=page.get_siblings().exclude(pk=page.pk).get(), restriction_type="login"
        ),
    ):
        assert not file_of(page).newer_is_coming
        change()
        assert file_of(page).newer_is_coming
        build(page.pk)


def test_a_book_is_not_served_after_a_consent_has_ended_and_is_made_without_the_picture(
    home, make_image
):
    image = make_image()
    page = full_book(home, image, chapters=1)
    image.consent_expires_on = swedish_today()
    image.save()
    build(page.pk)
    assert file_of(page).good_until == swedish_today()
    BookFile.objects.update(good_until=swedish_today() - timedelta(days=1))
    type(image).objects.update(consent_expires_on=swedish_today() - timedelta(days=1))
    assert not file_of(page).is_servable
    call_command("build_books")
    assert file_of(page).is_servable
    assert file_of(page).good_until is None


def test_a_failed_build_keeps_the_old_file_and_says_why(made, monkeypatch):
    before = content(made)

    def burst(book):
        raise RuntimeError("sättmaskinen brann")

    monkeypatch.setitem(builder.MAKERS, "pdf", burst)
    want([made.pk])
    build(made.pk)
    file = file_of(made)
    assert (file.state, file.error) == (BookState.FAILED, "sättmaskinen brann")
    assert content(made) == before
    assert file_of(made, "epub").state == BookState.MADE
    # It is not tried every minute, but again in an hour, and at once when something is published.
    monkeypatch.undo()
    assert due_books() == []
    BookFile.objects.filter(pk=file.pk).update(failed_at=timezone.now() - RETRY * 2)
    call_command("build_books")
    assert (file_of(made).state, file_of(made).error) == (BookState.MADE, "")


def test_publishing_goes_on_when_a_build_fails(
    book, monkeypatch, django_capture_on_commit_callbacks
):
    def burst(page):
        raise RuntimeError("ingen bok")

    monkeypatch.setattr(builder, "book_of", burst)
    chapter = ChapterPage.objects.first()
    chapter.title = "Nytt"
    publish(chapter, django_capture_on_commit_callbacks)
    assert ChapterPage.objects.filter(title="Nytt", live=True).exists()
    assert {file.state for file in BookFile.objects.all()} == {BookState.FAILED}


def test_of_two_that_build_at_once_only_one_has_the_lease(book):
    want([book.pk])
    assert len(take(book.pk)) == 2
    assert take(book.pk) == []
    assert due_books() == []
    BookFile.objects.update(started_at=timezone.now() - LEASE * 2)
    assert due_books() == [book.pk]
    assert len(take(book.pk)) == 2


def test_a_build_that_has_lost_its_lease_does_not_put_back_what_is_older(book, monkeypatch):
    want([book.pk])
    slow = [file for file in take(book.pk) if file.format == "epub"]
    old = builder.book_of(book)
    BookFile.objects.update(started_at=timezone.now() - LEASE * 2)
    add(book, ChapterPage, title="Nytt", slug="nytt")
    build(book.pk)
    assert [builder.make(file, old) for file in slow] == [False]
    assert titles(book) == ["Kapitlet A", "Kapitlet B", "Nytt"]


def test_what_is_published_while_a_book_is_made_is_in_the_next(book, monkeypatch):
    want([book.pk])
    maker = builder.MAKERS["epub"]

    def publish_meanwhile(made):
        if not ChapterPage.objects.filter(slug="nytt").exists():
            add(book, ChapterPage, title="Nytt", slug="nytt")
        return maker(made)

    monkeypatch.setitem(builder.MAKERS, "epub", publish_meanwhile)
    build(book.pk)
    assert titles(book) == ["Kapitlet A", "Kapitlet B", "Nytt"]
    assert not file_of(book).newer_is_coming


def test_postponed_builds_are_made_once_at_the_end(
    book, monkeypatch, django_capture_on_commit_callbacks
):
    built = []
    monkeypatch.setattr(builder, "build", built.append)
    with django_capture_on_commit_callbacks(execute=True), builds_postponed():
        for number in range(3):
            add(book, ChapterPage, title=f"Till {number}", slug=f"till-{number}")
        assert built == []
    assert built == [book.pk]


def test_each_language_has_files_of_its_own(book, english_home, locales):
    translated = book.copy_for_translation(locales["en"], copy_parents=True)
    translated.title = "Becoming an ASF"
    translated.save_revision().publish()
    build(translated.pk)
    with pikepdf.open(io.BytesIO(content(translated))) as document:
        assert str(document.Root.Lang) == "en"
    assert not BookFile.objects.filter(handbook=book).exclude(file="").exists()


def test_the_files_go_with_the_book(made, django_capture_on_commit_callbacks):
    names = [file.file.name for file in BookFile.objects.all()]
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    assert not BookFile.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_what_dead_builds_have_left_is_cleared_away(made, monkeypatch):
    left = default_storage.save("books/left.pdf", ContentFile(b"%PDF-halv"))
    assert builder.delete_orphans() == 0
    monkeypatch.setattr(builder, "ORPHAN_AGE", timedelta())
    builder.delete_orphans()
    assert not default_storage.exists(left)
    assert default_storage.exists(file_of(made).file.name)


@pytest.fixture
def worker(tmp_path):
    """Run Python in a process of its own, on the test's database and media."""
    database = tmp_path / "db.sqlite3"
    if connection.vendor == "sqlite":
        # The test's database is in this process's memory: the others get a copy.
        with sqlite3.connect(database) as copy:
            connection.connection.backup(copy)
        url = f"sqlite:///{database}"
    else:
        known = connection.settings_dict
        user = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
        url = f"postgres://{user}@{known['HOST']}:{known['PORT']}/{known['NAME']}"

    def run(*command, dies=False):
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "tests.library.worker_settings",
                "DATABASE_URL": url,
                "MEDIA_ROOT": str(settings.MEDIA_ROOT),
                "DIES": "1" if dies else "",
            },
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return run


#: Fetches the book as a visitor; prints status and digest. “older” lets the dead build's lease end.
VISIT = """
import hashlib, sys
import django
django.setup()
from django.test import Client
from library.models import BookFile
if "older" in sys.argv:
    from datetime import timedelta
    from django.db.models import F
    earlier = F("started_at") - timedelta(hours=1)
    BookFile.objects.exclude(started_at=None).update(started_at=earlier)
response = Client().get("/kunskapsbank/boken/boken.pdf")
print(response.status_code, hashlib.sha256(b"".join(response)).hexdigest())
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_midway_leaves_the_old_pdf_and_the_next_makes_the_new_one(
    request, home, settings
):
    page = handbook(home, 2)
    build(page.pk)
    settings.TASKS = QUEUE
    chapter = ChapterPage.objects.order_by("path").last()
    chapter.body = stream(("text", "<p>Nya ord.</p>"))
    chapter.save_revision().publish()
    old = hashlib.sha256(content(page)).hexdigest()
    assert file_of(page).newer_is_coming
    assert DBTaskResult.objects.filter(task_path__endswith="make_book").count() >= 1
    worker = request.getfixturevalue("worker")  # now, with all of it in the database
    batch = ("db_worker", "--backend", "books", "--batch", "--no-startup-delay", "--interval", "0")
    dead = worker("manage.py", *batch, dies=True)
    assert dead.returncode == -signal.SIGKILL, dead.stderr
    assert worker("-c", VISIT).stdout.split() == ["200", old]
    # Within the lease the build is taken to be alive, and nobody takes it up.
    assert worker("manage.py", "build_books").returncode == 0
    assert worker("-c", VISIT, "older").stdout.split() == ["200", old]
    assert worker("manage.py", "build_books").returncode == 0
    status, new = worker("-c", VISIT).stdout.split()
    assert (status, new != old) == ("200", True)


def test_a_book_without_chapters_can_be_made(home):
    page = handbook(home, 0)
    build(page.pk)
    assert HandbookPage.objects.get(pk=page.pk).files.exclude(file="").count() == 2
