"""Handbooks: chapters in the tree's order, one at a time or the whole book on one page."""

import re
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from library.models import ChapterPage, FilmPage
from tests.library.factories import VTT, add, handbook, library, stream, video
from tests.library.queries import MOST, queries_of

BOOK = "/kunskapsbank/boken/"


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def listed(html):
    """The chapters of the contents list, in order."""
    contents = re.search(r'<ol class="contents__list[^"]*">(.*?)</ol>', html, re.S)[1]
    return re.findall(r">([^<>]+)</a>", contents)


def test_the_book_leads_to_its_chapters_in_order(home, client):
    handbook(home, 3)
    html = get(client, BOOK)
    assert listed(html) == ["Kapitlet A", "Kapitlet B", "Kapitlet C"]
    assert f'href="{BOOK}kapitel-1/"' in html
    assert f'href="{BOOK}hela-boken/"' in html


def test_a_chapter_knows_its_neighbours_and_where_the_reader_is(home, client):
    handbook(home, 3)
    html = get(client, f"{BOOK}kapitel-2/")
    links = dict(re.findall(r'<a class="turn__link[^"]*" rel="(prev|next)" href="([^"]*)"', html))
    assert links == {"prev": f"{BOOK}kapitel-1/", "next": f"{BOOK}kapitel-3/"}
    assert "1. Kapitlet A" in html
    assert "3. Kapitlet C" in html
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', html) == [f"{BOOK}kapitel-2/"]
    assert listed(html) == ["Kapitlet A", "Kapitlet B", "Kapitlet C"]


def test_the_first_and_last_chapter_lead_one_way_only(home, client):
    handbook(home, 2)
    assert 'rel="prev"' not in get(client, f"{BOOK}kapitel-1/")
    assert 'rel="next"' not in get(client, f"{BOOK}kapitel-2/")


def test_moving_a_chapter_changes_the_numbers_everywhere(home, client):
    book = handbook(home, 3)
    last = Page.objects.get(slug="kapitel-3")
    last.move(book, pos="first-child")
    assert listed(get(client, BOOK)) == ["Kapitlet C", "Kapitlet A", "Kapitlet B"]
    assert "2. Kapitlet A" in get(client, f"{BOOK}kapitel-3/")
    headings = re.findall(r'<h2 id="chapter-\d">([^<]*)</h2>', get(client, f"{BOOK}hela-boken/"))
    assert headings == ["1. Kapitlet C", "2. Kapitlet A", "3. Kapitlet B"]


def test_chapters_that_are_not_public_are_neither_listed_nor_numbered(home, client):
    handbook(home, 3)
    Page.objects.get(slug="kapitel-2").specific.unpublish()
    assert listed(get(client, BOOK)) == ["Kapitlet A", "Kapitlet C"]
    assert "2. Kapitlet C" in get(client, f"{BOOK}kapitel-1/")
    assert "Kapitlet B" not in get(client, f"{BOOK}hela-boken/")


def test_the_whole_book_has_one_h1_and_headings_in_order(home, client):
    body = stream(
        ("text", "<h2>En rubrik</h2><h3>En underrubrik</h3><p>Text.</p>"),
        ("fact_box", {"title": "Fakta", "text": "<p>Kort.</p>"}),
    )
    handbook(home, 2, body=body)
    html = get(client, f"{BOOK}hela-boken/")
    main = re.search(r"<main.*?</main>", html, re.S)[0]
    levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", main)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert levels[2:] == [2, 3, 4, 3, 2, 3, 4, 3]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert main.count("En rubrik") == 4  # in the contents, and where it stands
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert f'<link rel="canonical" href="http://testserver{BOOK}hela-boken/">' in html


def test_the_whole_book_stands_at_one_address_per_language(home, english_home, locales, client):
    book = handbook(home, 1)
    index = book.get_parent().specific.copy_for_translation(locales["en"])
    index.slug = "library"
    index.save_revision().publish()
    english = book.copy_for_translation(locales["en"])
    english.slug = "the-book"
    english.save_revision().publish()
    add(english, ChapterPage, title="The chapter")
    response = client.get(f"{BOOK}whole-book/")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{BOOK}hela-boken/"
    get(client, "/en/library/the-book/whole-book/")
    assert "/en/library/the-book/whole-book/" in get(client, "/en/library/the-book/")


def test_no_chapter_can_take_the_whole_books_address(home):
    book = handbook(home, 0)
    chapter = ChapterPage(title="Hela boken", slug="hela-boken", locale=book.locale)
    with pytest.raises(ValidationError):
        book.add_child(instance=chapter)


def full_body(home, index_slug, make_image):
    """A body with what costs queries: pictures, links, films, calls to action, documents."""
    film = FilmPage.objects.filter(slug=f"film-{index_slug}").first()
    return stream(
        (
            "text",
            f'<p><a linktype="page" id="{home.pk}">Start</a> och '
            f'<a linktype="page" id="{film.pk}">filmen</a>.</p>',
        ),
        ("picture", {"image": {"image": make_image().pk, "alt_text": "En bild"}}),
        ("film", {"film": film.pk, "play_here": True}),
        ("call_to_action", {"title": "Gör så", "text": "", "label": "Gå", "page": film.pk}),
    )


def test_the_whole_book_takes_as_many_queries_for_three_chapters_as_for_thirty(
    home, client, make_image
):
    book = handbook(home, 0)
    index = book.get_parent()

    def fill(numbers):
        for number in numbers:
            add(
                index,
                FilmPage,
                title=f"Film {number}",
                slug=f"film-{number}",
                video=video(),
                listing_image=make_image(),
                captions=[("sv", VTT)],
            )
            add(
                book,
                ChapterPage,
                title=f"Kapitel {number}",
                slug=f"k-{number}",
                body=full_body(home, number, make_image),
            )

    fill(range(3))
    few = queries_of(client, f"{BOOK}hela-boken/")
    few_in_book = queries_of(client, BOOK)
    few_in_chapter = queries_of(client, f"{BOOK}k-1/")
    fill(range(3, 30))
    html = get(client, f"{BOOK}hela-boken/")
    assert html.count("<video") == 30
    assert html.count('class="player"') == 30
    assert queries_of(client, f"{BOOK}hela-boken/") == few <= MOST
    assert queries_of(client, BOOK) == few_in_book <= MOST
    assert queries_of(client, f"{BOOK}k-1/") == few_in_chapter <= MOST


def test_a_chapter_tells_how_long_it_takes_to_read(home):
    book = handbook(home, 0)
    long = add(book, ChapterPage, slug="lang", body=stream(("text", f"<p>{'ord ' * 1000}</p>")))
    short = add(book, ChapterPage, slug="kort", body=stream(("text", "<p>Ett ord.</p>")))
    assert long.reading_minutes == 5
    assert short.reading_minutes == 1


def test_a_book_without_chapters_says_so(home, client):
    handbook(home, 0)
    assert "hela-boken" not in get(client, BOOK)
    get(client, f"{BOOK}hela-boken/")


def test_chapters_stand_under_handbooks_only(home):
    index = library(home)
    assert ChapterPage not in index.allowed_subpage_models()
