"""A film leads to the texts that show it, at the place and from the second that they do."""

import re

import pytest
from wagtail.models import PageViewRestriction

from library.models import ChapterPage, FilmPage, GuidancePage, HandbookPage
from tests.library.factories import add, complete_film, library, stream
from tests.library.queries import MOST, queries_of

FILM = "/kunskapsbank/filmen/"


@pytest.fixture
def index(home):
    return library(home)


@pytest.fixture
def film(index):
    return add(index, FilmPage, title="Filmen", slug="filmen")


def showing(film, *starts):
    """A body that shows the film from each of these times."""
    return stream(
        *(("film", {"film": film.pk, "play_here": True, "start": start}) for start in starts)
    )


def listed(client, address=FILM):
    html = client.get(address).content.decode()
    found = re.search(r'<ul class="shown-in">(.*?)</ul>', html, re.S)
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', found[1]) if found else []


def test_a_chapter_and_the_film_lead_to_one_another_at_the_second(index, film, client):
    book = add(index, HandbookPage, title="Boken", slug="boken")
    add(book, ChapterPage, title="Pengar", slug="pengar", body=showing(film, "1:23", ""))
    assert listed(client) == [
        (f"/kunskapsbank/boken/pengar/#film-{film.pk}", "Pengar"),
        (f"/kunskapsbank/boken/pengar/#film-{film.pk}-83", "Pengar"),
    ]
    html = client.get(FILM).content.decode()
    assert "Boken. " in html
    chapter = client.get("/kunskapsbank/boken/pengar/").content.decode()
    assert f'href="{FILM}?t=83"' in chapter
    assert f'id="film-{film.pk}-83"' in chapter


def test_guidance_that_leads_to_a_film_from_a_step_is_named_without_a_place(index, film, client):
    steps = stream(
        ("step", {"title": "Gör", "text": "", "have_ready": [], "related": [film.pk]}),
    )
    add(index, GuidancePage, title="Vägledning", slug="steg", steps=steps)
    assert listed(client) == [("/kunskapsbank/steg/", "Vägledning")]


def test_what_is_not_public_is_not_named(index, film, client):
    body = showing(film, "1:23")
    add(index, GuidancePage, title="Utkast", slug="utkast", body=body, publish=False)
    locked = add(index, GuidancePage, title="Låst", slug="last", body=body)
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    book = add(index, HandbookPage, title="Hemlig bok", slug="boken")
    add(book, ChapterPage, title="Kapitel", slug="kapitel", body=body)
    book.refresh_from_db()
    book.unpublish()
    assert [title for _url, title in listed(client)] == ["Kapitel"]
    assert "Hemlig bok" not in client.get(FILM).content.decode()


def test_a_text_in_another_language_is_named_in_that_language(
    index, film, english_home, locales, client
):
    english_index = index.copy_for_translation(locales["en"])
    english_index.slug = "library"
    english_index.save_revision().publish()
    english = film.copy_for_translation(locales["en"])
    english.slug = "the-film"
    complete_film(english)
    english.save_revision().publish()
    add(english_index, GuidancePage, title="Guidance", slug="text", body=showing(film, "0:05"))
    add(index, GuidancePage, title="Vägledning", slug="text", body=showing(film, "0:05"))
    assert [title for _url, title in listed(client)] == ["Vägledning"]
    address = f"/en/library/text/#film-{english.pk}-5"
    assert listed(client, "/en/library/the-film/") == [(address, "Guidance")]
    assert f'id="film-{english.pk}-5"' in client.get("/en/library/text/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_texts(index, film, client):
    def fill(numbers):
        for number in numbers:
            body = showing(film, f"0:{number:02}")
            add(index, GuidancePage, title=f"Text {number}", slug=f"text-{number}", body=body)

    fill([1])
    few = queries_of(client, FILM)
    fill(range(2, 12))
    assert len(listed(client)) == 11
    assert queries_of(client, FILM) == few <= MOST
