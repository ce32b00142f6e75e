"""A short address that has been printed leads somewhere for ever, and tells nothing of secrets."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from wagtail.models import PageViewRestriction

from library import short_addresses
from library.models import ChapterPage, FilmPage, HandbookPage, LibraryIndexPage, ShortAddress
from tests.library.factories import add, handbook


@pytest.fixture
def book(home):
    """A handbook with two chapters."""
    return handbook(home, 2)


@pytest.fixture
def chapter(book):
    return ChapterPage.objects.order_by("path").first()


def path_of(page):
    return short_addresses.short_url(page).removeprefix("http://localhost:8000")


def test_a_page_keeps_its_one_address(chapter):
    url = short_addresses.short_url(chapter)
    assert re.fullmatch(r"http://localhost:8000/b/[0-9A-HJKMNP-TV-Z]{5}/", url)
    assert short_addresses.short_url(chapter) == url
    chapter.title = "Ett annat namn"
    chapter.save_revision().publish()
    assert short_addresses.short_url(chapter) == url


def test_it_is_given_when_the_page_is_published(chapter, book):
    assert {address.page_id for address in ShortAddress.objects.all()} >= {chapter.pk, book.pk}


def test_a_code_that_somebody_has_is_not_given_again(chapter, monkeypatch):
    ShortAddress.objects.all().delete()
    codes = iter("AAAAA" + "AAAAA" + "BBBBB")
    monkeypatch.setattr(short_addresses.secrets, "choice", lambda letters: next(codes))
    pages = list(ChapterPage.objects.order_by("path"))
    assert [short_addresses.short_url(page)[-6:-1] for page in pages] == ["AAAAA", "BBBBB"]


def test_it_leads_to_the_page_however_it_is_typed(chapter, client):
    ShortAddress.objects.filter(page=chapter).update(code="10ABC")
    for code in ("10ABC", "10abc", "IOabc", "lo" + "ABC"):
        response = client.get(f"/b/{code}/")
        assert (response.status_code, response.url) == (302, chapter.get_url())
    assert not response.cookies


def test_a_second_in_a_film_goes_along(home, book, client):
    film = add(LibraryIndexPage.objects.get(), FilmPage, title="Film", slug="film")
    assert client.get(f"{path_of(film)}?t=83").url == f"{film.get_url()}?t=83"
    assert client.get(f"{path_of(film)}?t=//evil.example").url == film.get_url()
    film.unpublish()
    assert client.get(f"{path_of(film)}?t=83").url == "/kunskapsbank/"


def test_a_code_that_was_never_given_is_not_found(book, client):
    for code in ("ZZZZZ", "x", "12345678901234567890"):
        assert client.get(f"/b/{code}/").status_code == 404


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("change", [unpublish, delete, restrict])
def test_what_is_gone_leads_to_the_nearest_page_above_and_is_not_named(
    chapter, book, client, change
):
    address = path_of(chapter)
    change(chapter)
    response = client.get(address)
    assert (response.status_code, response.url) == (302, book.get_url())
    assert b"Kapitlet A" not in response.content


@pytest.mark.parametrize("change", [unpublish, delete, restrict])
def test_when_the_book_is_gone_as_well_it_leads_to_the_library(chapter, book, client, change):
    addresses = [path_of(chapter), path_of(book)]
    for page in (*ChapterPage.objects.all(), book):
        change(page)
    assert [client.get(address).url for address in addresses] == ["/kunskapsbank/"] * 2


def test_when_the_library_is_gone_it_leads_home(chapter, client):
    address = path_of(chapter)
    LibraryIndexPage.objects.get().delete()
    response = client.get(address)
    assert (response.status_code, response.url) == (302, "/")


def test_a_page_that_has_moved_is_found_where_it_is(chapter, book, client):
    address = path_of(chapter)
    other = add(LibraryIndexPage.objects.get(), HandbookPage, title="Annan", slug="annan")
    chapter.move(other, pos="last-child")
    chapter.refresh_from_db()
    assert client.get(address).url == f"/kunskapsbank/annan/{chapter.slug}/"


def test_an_english_page_has_its_own(book, english_home, locales, client):
    page = book.copy_for_translation(locales["en"], copy_parents=True)
    page.save_revision().publish()
    page.refresh_from_db()
    address = path_of(page)
    assert client.get(address).url == page.get_url()
    assert client.get(address).url.startswith("/en/")
    page.unpublish()
    assert client.get(address).url == page.get_parent().get_url()


def test_print_shows_address_and_code(chapter, django_assert_num_queries):
    template = Template("{% load book_tags %}{% short_address page %}")
    with django_assert_num_queries(1):
        html = template.render(Context({"page": chapter}))
    code = ShortAddress.objects.get(page=chapter).code
    assert f"localhost:8000/b/{code}" in html
    assert "<svg" in html
    ShortAddress.objects.all().delete()
    assert template.render(Context({"page": chapter})).strip() == ""
