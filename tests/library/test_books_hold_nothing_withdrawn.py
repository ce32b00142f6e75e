"""A book's file is not served when something in it is hidden by a way round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import PageViewRestriction

from core.dates import swedish_today
from library.books.builder import build
from library.models import (
    BookFile,
    Captions,
    FilmPage,
    HandbookPage,
    ImpactStoryPage,
    LibraryIndexPage,
)
from tests.library.books import full_book
from tests.library.factories import VTT, add, chapter_of, handbook, stream


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def is_served(book, client):
    book.refresh_from_db()
    return client.get(f"{book.get_url()}{book.slug}.pdf").status_code == 200


@pytest.fixture
def book(home):
    """A public handbook of two chapters with its files made."""
    page = handbook(home, 2)
    build(page.pk)
    return page


@pytest.fixture
def index(book):
    return LibraryIndexPage.objects.get()


def show(book, *blocks):
    """Let the first chapter hold these blocks, and the book be made with them."""
    chapter = book.chapters().first()
    chapter.body = stream(*blocks)
    chapter.save_revision().publish()
    build(book.pk)


def test_a_chapter_is_moved_to_where_not_everybody_may_read(book, index, client):
    closed = add(index, HandbookPage, title="Stängd", slug="stangd")
    restrict(closed)
    build(closed.pk)
    assert is_served(book, client)
    book.chapters().first().move(closed, pos="last-child")
    assert not is_served(book, client)
    build(book.pk)
    assert is_served(book, client)


def test_a_page_on_a_card_is_moved_to_where_not_everybody_may_read(book, index, home, client):
    story = add(index, ImpactStoryPage, title="Berättelsen", slug="berattelsen")
    show(book, ("cards", {"title": "Läs vidare", "pages": [story.pk]}))
    closed = add(home, LibraryIndexPage, title="Stängt", slug="stangt")
    restrict(closed)
    assert is_served(book, client)
    story.move(closed, pos="last-child")
    assert not is_served(book, client)


def test_the_other_language_of_what_a_book_has_chosen_is_restricted(
    book, index, english_home, locales, client
):
    film = add(index, FilmPage, title="Filmen", slug="filmen")
    english = film.copy_for_translation(locales["en"], copy_parents=True)
    english.captions.add(Captions(language="en", text=VTT, confirmed=True))
    english.save_revision().publish()
    show(book, ("film", {"film": english.pk, "play_here": True, "start": ""}))
    assert is_served(book, client)
    restrict(film)
    assert not is_served(book, client)


def test_the_source_of_an_alias_in_the_book_is_restricted(book, index, client):
    other = add(index, HandbookPage, title="Andra", slug="andra")
    source = chapter_of(other, "kallan", "<p>Ord.</p>")
    CreatePageAliasAction(source, parent=book, update_slug="alias").execute(
        skip_permission_checks=True
    )
    build(book.pk)
    assert is_served(book, client)
    restrict(source)
    assert not is_served(book, client)


def test_the_consent_of_a_story_on_a_card_ends(book, index, client):
    story = add(
        index,
        ImpactStoryPage,
        title="Berättelsen",
        slug="berattelsen",
        consent_expires_on=swedish_today(),
    )
    show(book, ("cards", {"title": "Läs vidare", "pages": [story.pk]}))
    assert {file.good_until for file in BookFile.objects.filter(handbook=book)} == {swedish_today()}


def test_a_consent_is_shortened_and_the_book_cannot_be_made(home, make_image, client):
    image = make_image()
    page = full_book(home, image, chapters=1)
    build(page.pk)
    assert is_served(page, client)
    image.consent_expires_on = swedish_today() + timedelta(days=3)
    image.save()
    files = BookFile.objects.filter(handbook=page)
    assert {file.good_until for file in files} == {image.consent_expires_on}
    assert is_served(page, client)
