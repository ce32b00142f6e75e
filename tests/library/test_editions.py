"""Editions: the earlier stays at its address and leads to the newest."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.models import BasePage
from home.access import set_up_groups
from library.editions import new_edition
from library.models import ChapterPage, HandbookPage
from library.querysets import LibraryQuerySet
from tests.library.factories import add, chapter_of, handbook
from tests.library.queries import MOST, queries_of

FIRST, SECOND, THIRD = (f"/kunskapsbank/{slug}/" for slug in ("boken", "andra", "tredje"))
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def first(home):
    book = handbook(home, 1)
    book.edition = "Första upplagan"
    book.save_revision().publish()
    return book


def replace(book, slug, **fields):
    """The edition after ``book``."""
    parent = book.get_parent().specific
    return add(parent, HandbookPage, title="Boken", slug=slug, earlier_edition=book, **fields)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_page_of_an_earlier_edition_leads_to_the_newest_and_stays(first, client):
    third = replace(replace(first, "andra"), "tredje", edition="Tredje upplagan")
    for address in (FIRST, f"{FIRST}kapitel-1/", f"{FIRST}hela-boken/", SECOND):
        html = page(client, address)
        assert f'<a href="{THIRD}">' in html
        assert NOINDEX in html
        assert f'<link rel="canonical" href="http://testserver{address}">' in html
    html = page(client, THIRD)
    assert NOINDEX not in html
    assert "newer-edition" not in html
    assert html.index(f'href="{SECOND}"') < html.index(f'href="{FIRST}"')
    third.unpublish()
    assert f'<a href="{SECOND}">' in page(client, FIRST)
    assert NOINDEX not in page(client, SECOND)


def test_a_draft_of_the_next_edition_is_known_to_nobody(first, client):
    add(
        first.get_parent().specific,
        HandbookPage,
        title="Hemliga boken",
        slug="andra",
        earlier_edition=first,
        publish=False,
    )
    html = page(client, FIRST)
    assert "newer-edition" not in html
    assert "andra" not in html


def test_an_unpublished_edition_between_two_is_passed_over(first, client):
    second = replace(first, "andra")
    replace(second, "tredje")
    HandbookPage.objects.get(pk=second.pk).unpublish()
    assert f'<a href="{THIRD}">' in page(client, FIRST)
    assert f'href="{SECOND}"' not in page(client, THIRD)
    assert f'href="{FIRST}"' in page(client, THIRD)


def test_listings_leave_out_earlier_editions(first):
    listed = LibraryQuerySet(BasePage).without_earlier_editions().type(HandbookPage)
    assert [row.slug for row in listed] == ["boken"]
    second = replace(first, "andra")
    assert [row.slug for row in listed.all()] == ["andra"]
    second.unpublish()
    assert {row.slug for row in listed.all()} == {"boken", "andra"}


def test_each_language_has_its_own_newest(first, english_home, locales, client):
    index = first.get_parent().specific.copy_for_translation(locales["en"])
    index.slug = "library"
    index.save_revision().publish()
    english = first.copy_for_translation(locales["en"])
    english.slug = "the-book"
    english.save_revision().publish()
    second = replace(first, "andra")
    assert "newer-edition" not in page(client, "/en/library/the-book/")
    listed = LibraryQuerySet(BasePage).without_earlier_editions().type(HandbookPage)
    assert {row.slug for row in listed} == {"andra", "the-book"}
    second_english = second.copy_for_translation(locales["en"])
    second_english.slug = "second"
    second_english.earlier_edition = None  # Said in Swedish, it holds in English.
    second_english.save_revision().publish()
    assert '<a href="/en/library/second/">' in page(client, "/en/library/the-book/")
    assert {row.slug for row in listed.all()} == {"andra", "second"}


def test_no_edition_comes_before_itself(first):
    second = replace(first, "andra")
    first.refresh_from_db()
    first.earlier_edition = second
    with pytest.raises(ValidationError) as error:
        first.full_clean()
    assert "earlier_edition" in error.value.message_dict


def test_a_circle_that_is_there_all_the_same_ends(first, client):
    second = replace(first, "andra")
    HandbookPage.objects.filter(pk=first.pk).update(earlier_edition=second)
    page(client, FIRST)
    page(client, SECOND)


def test_editions_cost_no_more_queries(first, client):
    few = queries_of(client, FIRST), queries_of(client, f"{FIRST}kapitel-1/")
    book = first
    for number in range(6):
        book = replace(book, f"upplaga-{number}")
    now = queries_of(client, FIRST), queries_of(client, f"{FIRST}kapitel-1/")
    assert now == few
    assert max(now) <= MOST


def test_a_new_edition_is_a_copy_of_drafts(first, superuser, client):
    chapter_of(first, "tva", "<h2>Text</h2>")
    book = new_edition(first, superuser, "Andra upplagan", "andra")
    chapters = list(ChapterPage.objects.child_of(book).order_by("path"))
    assert [chapter.slug for chapter in chapters] == ["kapitel-1", "tva"]
    assert not book.live
    assert not any(chapter.live for chapter in chapters)
    assert book.earlier_edition.pk == first.pk
    assert book.edition == "Andra upplagan"
    assert book.translation_key != first.translation_key
    assert client.get(SECOND).status_code == 404
    assert "newer-edition" not in page(client, FIRST)
    for row in (book, *chapters):
        row.get_latest_revision().publish()
    assert f'<a href="{SECOND}">' in page(client, FIRST)
    assert HandbookPage.objects.get(pk=book.pk).edition == "Andra upplagan"


def member(role):
    set_up_groups()
    user = User.objects.create_user(role, f"{role}@example.org", "x")
    user.groups.add(Group.objects.get(name=role))
    return user


def test_who_may_not_add_pages_makes_no_edition(first, client):
    translator = member("Översättare")
    with pytest.raises(PermissionDenied):
        new_edition(first, translator, "Andra", "andra")
    client.force_login(translator)
    response = client.get(reverse("library_new_edition", args=[first.pk]))
    assert response.status_code == 302  # to the admin's home, with a word on why
    assert HandbookPage.objects.count() == 1


def test_an_editor_makes_an_edition_in_the_admin(first, client):
    client.force_login(member("Redaktörer"))
    address = reverse("library_new_edition", args=[first.pk])
    assert (
        address in client.get(reverse("wagtailadmin_pages:edit", args=[first.pk])).content.decode()
    )
    taken = client.post(address, {"edition": "Andra", "slug": "boken"})
    assert "slug" in taken.context["form"].errors
    response = client.post(address, {"edition": "Andra", "slug": "andra"})
    book = HandbookPage.objects.get(slug="andra")
    assert response.headers["Location"] == reverse("wagtailadmin_explore", args=[book.pk])
    assert not book.live
