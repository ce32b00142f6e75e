"""A book's files stand at the handbook's address while the handbook is public, and nowhere else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.models import PageViewRestriction

from library.books.builder import build, want
from library.models import BookFile, ChapterPage, HandbookPage
from tests.library.factories import add, handbook

PDF = "/kunskapsbank/boken/boken.pdf"
EPUB = "/kunskapsbank/boken/boken.epub"


@pytest.fixture
def book(home):
    """A public handbook with its files made."""
    page = handbook(home, 1)
    build(page.pk)
    return page


def body(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(
    ("address", "content_type", "disposition"),
    [
        (PDF, "application/pdf", 'inline; filename="Att bli ett ASF.pdf"'),
        (EPUB, "application/epub+zip", 'attachment; filename="Att bli ett ASF.epub"'),
    ],
)
def test_a_public_book_is_served_with_a_name_to_keep(
    book, client, address, content_type, disposition
):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == disposition
    assert int(response.headers["Content-Length"]) == len(body(response))
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("title", ["…", "?", '"; filename="x.exe', "Bok/../../etc", "Bok\\x"])
def test_a_book_of_any_title_is_served(book, client, title):
    HandbookPage.objects.filter(pk=book.pk).update(title=title)
    response = client.get(PDF)
    assert response.status_code == 200
    name = response.headers["Content-Disposition"]
    assert name.endswith('.pdf"')
    assert name.count('"') == 2
    assert "/" not in name


def test_parts_of_the_file_are_served(book, client):
    whole = body(client.get(PDF))
    response = client.get(PDF, headers={"Range": "bytes=10-19"})
    assert response.status_code == 206
    assert body(response) == whole[10:20]
    assert client.get(PDF, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_a_part_of_a_newer_file_is_not_put_to_the_rest_of_an_older(book, client):
    etag = client.get(PDF).headers["ETag"]
    part = {"Range": "bytes=10-19", "If-Range": etag}
    assert client.get(PDF, headers=part).status_code == 206
    want([book.pk])
    build(book.pk)
    response = client.get(PDF, headers=part)
    assert response.status_code == 200
    assert response.headers["ETag"] != etag


def test_who_has_the_file_already_is_told_so(book, client):
    etag = client.get(PDF).headers["ETag"]
    assert client.get(PDF, headers={"If-None-Match": etag}).status_code == 304


def test_a_book_that_is_not_public_has_no_files(book, client):
    BookFile.objects.update(needed=0)
    book.unpublish()
    for address in (PDF, EPUB):
        assert client.get(address).status_code == 404
    book.save_revision().publish()
    BookFile.objects.update(needed=0)
    assert client.get(PDF).status_code == 200
    PageViewRestriction.objects.create(page=book.get_parent(), restriction_type="login")
    BookFile.objects.update(needed=0)
    assert client.get(PDF).status_code == 404


def test_no_other_address_leads_to_the_files(book, client, superuser):
    name = BookFile.objects.get(format="pdf").file.name
    for address in (f"/media/{name}", "/kunskapsbank/boken/annan.pdf", f"/en{PDF}", "/boken.pdf"):
        assert client.get(address).status_code == 404
    client.force_login(superuser)
    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_that_has_vanished_is_not_found(book, client):
    file = BookFile.objects.get(format="pdf").file
    file.storage.delete(file.name)
    assert client.get(PDF).status_code == 404


def show(book):
    with CaptureQueriesContext(connection) as captured:
        html = Template("{% load book_tags %}{% book_files book %}").render(Context({"book": book}))
    assert len(captured) == 1
    return html


def test_readers_see_format_size_and_day_and_that_a_newer_one_is_coming(book):
    book.get_url()
    html = show(book)
    assert PDF in html
    assert EPUB in html
    assert html.index(".pdf") < html.index(".epub")
    assert "<p " not in html
    want([book.pk])
    assert show(book).count("<p ") == 1
    BookFile.objects.update(needed=99)
    assert "<a" not in show(book)
    assert "<p " in show(book)
    BookFile.objects.all().delete()
    assert show(book).strip() == ""


def test_editors_see_how_it_is_in_the_book_its_chapters_and_the_list(book, admin_client_sv):
    BookFile.objects.filter(format="pdf").update(failed_at="2026-01-01T00:00Z", error="det brann")
    for page in (book, ChapterPage.objects.get()):
        html = admin_client_sv.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "det brann" in html
        assert reverse("book_files_admin", args=[book.pk]) in html


def test_the_list_of_handbooks_asks_for_all_files_at_once(book, admin_client_sv):
    for number in range(4):
        other = add(book.get_parent(), HandbookPage, title=f"Bok {number}", slug=f"bok-{number}")
        want([other.pk])
    with CaptureQueriesContext(connection) as captured:
        html = admin_client_sv.get(reverse("handbooks:index")).content.decode()
    assert html.count("EPUB: ") == 5
    asked = [query["sql"] for query in captured if "library_bookfile" in query["sql"]]
    assert len(asked) == 1


def test_the_list_of_handbooks_asks_no_more_for_five_than_for_two(
    book, admin_client_sv, monkeypatch
):
    """But for wagtail-localize, whose “Translate” in each row's menu is asked for row by row."""
    every = hooks.get_hooks

    def without_localize(name):
        return [hook for hook in every(name) if not hook.__module__.startswith("wagtail_localize")]

    monkeypatch.setattr(hooks, "get_hooks", without_localize)

    def asked(numbers):
        for number in numbers:
            slug = f"bok-{number}"
            other = add(book.get_parent(), HandbookPage, title=f"Bok {number}", slug=slug)
            want([other.pk])
        admin_client_sv.get(reverse("handbooks:index"))
        with CaptureQueriesContext(connection) as captured:
            admin_client_sv.get(reverse("handbooks:index"))
        return len(captured)

    assert asked(range(1)) == asked(range(1, 4))


def test_who_may_publish_has_the_files_made_again(
    book, admin_client_sv, django_capture_on_commit_callbacks
):
    address = reverse("book_files_admin", args=[book.pk])
    assert admin_client_sv.get(address).status_code == 200
    before = BookFile.objects.get(format="pdf").built
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client_sv.post(address).status_code == 302
    assert BookFile.objects.get(format="pdf").built == before + 1


def test_nobody_else_has(book, client):
    address = reverse("book_files_admin", args=[book.pk])
    assert client.post(address).status_code == 302
    editor = User.objects.create_user("editor", password="editor")
    editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    client.force_login(editor)
    assert client.post(address).status_code in (302, 403)
    assert BookFile.objects.get(format="pdf").wanted == BookFile.objects.get(format="pdf").built
