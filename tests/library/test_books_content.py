"""A book is what visitors may read now, whole, in the tree's order."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.dates import swedish_today
from library.blocks import LIBRARY_BLOCKS
from library.books import nodes
from library.books.content import READERS, book_of
from library.books.rich_text import read
from library.models import ChapterPage, FilmPage, GlossaryTerm, HandbookPage, ShortAddress
from tests.library.books import every_block, full_book
from tests.library.factories import add, handbook, stream


@pytest.fixture
def book(home, make_image):
    """A handbook of two chapters with every type of block."""
    return full_book(home, make_image(size=(640, 480)))


def test_every_type_of_block_is_read():
    assert set(READERS) == {name for name, _block in LIBRARY_BLOCKS}


def test_the_book_is_its_chapters_in_the_tree_s_order(home):
    page = handbook(home, 3)
    first, last = page.get_children().first(), page.get_children().last()
    last.move(first, pos="left")
    made = book_of(HandbookPage.objects.get(pk=page.pk))
    assert [chapter.title for chapter in made.chapters] == [
        "Kapitlet C",
        "Kapitlet A",
        "Kapitlet B",
    ]
    assert [chapter.number for chapter in made.chapters] == [1, 2, 3]


def test_a_chapter_holds_its_blocks_as_nodes(book):
    chapter = book_of(book).chapters[0]
    kinds = [node.kind for node in chapter.nodes]
    assert set(kinds) == {
        "box",
        "figure",
        "film",
        "heading",
        "key_figures",
        "links",
        "list",
        "paragraph",
        "quote",
        "table",
    }
    assert [
        (node.level, node.number) for node in chapter.nodes if isinstance(node, nodes.Heading)
    ] == [(2, "1.1"), (3, ""), (2, "1.2"), (3, "")]
    (described, decorative) = (n for n in chapter.nodes if isinstance(n, nodes.Figure))
    assert described.alt.startswith("Ett kafé")
    assert decorative.alt == ""
    assert described.ratio == pytest.approx(4 / 3)
    film = next(node for node in chapter.nodes if isinstance(node, nodes.Film))
    code = ShortAddress.objects.get(page=FilmPage.objects.get()).code
    assert film.short_url == f"http://localhost:8000/b/{code}/?t=83"
    assert film.url == "http://localhost:8000/kunskapsbank/pengar/?t=83"
    assert film.length == "3 min 20 s"


def test_links_are_whole_addresses_places_in_the_book_or_nothing(book):
    text = book_of(book).chapters[0].nodes
    runs = [run for node in text if isinstance(node, nodes.Paragraph) for run in node.runs]
    urls = {run.text: run.url for run in runs}
    assert urls["boken"] == "#preface"
    assert urls["mallen"].startswith("http://localhost:8000/documents/")
    assert urls["Ute"] == "https://example.org/"
    assert urls["farligt"] == ""


def test_a_link_to_a_chapter_of_the_book_leads_within_it(home):
    page = handbook(home, 2)
    first, second = ChapterPage.objects.order_by("path")
    link = f'<p><a linktype="page" id="{second.pk}">nästa</a></p>'
    ChapterPage.objects.filter(pk=first.pk).update(body=stream(("text", link)))
    (paragraph,) = book_of(page).chapters[0].nodes
    assert paragraph.runs[0].url == "#chapter-2"


def test_drafts_and_restricted_chapters_are_not_in_the_book(home):
    page = handbook(home, 3)
    first, second, _third = ChapterPage.objects.order_by("path")
    first.unpublish()
    PageViewRestriction.objects.create(page=second, restriction_type="login")
    made = book_of(HandbookPage.objects.get(pk=page.pk))
    assert [(chapter.number, chapter.title) for chapter in made.chapters] == [(1, "Kapitlet C")]


def test_a_change_that_is_not_published_is_not_in_the_book(home):
    page = handbook(home, 1)
    chapter = ChapterPage.objects.get()
    chapter.title = "Utkast"
    chapter.body = [("text", "<p>Utkast</p>")]
    chapter.save_revision()
    assert "Utkast" not in str(asdict(book_of(page)))


def test_a_picture_is_not_in_the_book_when_its_consent_has_ended(home, make_image):
    image = make_image()
    page = full_book(home, image)
    day = swedish_today()
    image.consent_expires_on = day
    image.save()
    made = book_of(page)
    assert made.pictures()
    assert made.good_until == day
    image.consent_expires_on = day - timedelta(days=1)
    image.save()
    made = book_of(page)
    assert made.pictures() == []
    assert made.good_until is None


def test_a_film_that_is_not_public_is_not_in_the_book(book):
    FilmPage.objects.get().unpublish()
    kinds = {node.kind for node in book_of(book).chapters[0].nodes}
    assert "film" not in kinds


def test_the_glossary_explains_the_words_that_stand_in_the_book(book, home):
    add_term = GlossaryTerm.objects.create
    add_term(term="övrigt", forms="sist\nmindre köp", definition="Annat.", locale=home.locale)
    add_term(term="upphandling", definition="Köp.", locale=home.locale)
    made = book_of(book)
    assert [word.term for word in made.glossary] == ["ASF", "övrigt"]


def test_a_book_in_english_is_english(home, english_home, locales):
    page = handbook(home, 1)
    translated = page.copy_for_translation(locales["en"], copy_parents=True)
    translated.title = "Becoming an ASF"
    translated.save_revision().publish()
    made = book_of(HandbookPage.objects.get(pk=translated.pk))
    assert (made.title, made.language, made.chapters) == ("Becoming an ASF", "en", [])
    assert made.url.startswith("http://localhost:8000/en/")
    assert made.identifier != book_of(page).identifier


def test_the_number_of_queries_is_the_same_for_any_number_of_chapters(home, make_image):
    page = full_book(home, make_image(), chapters=2)
    book_of(page)  # The short addresses are made once.
    image, film = make_image(), FilmPage.objects.get()

    def count():
        with CaptureQueriesContext(connection) as captured:
            made = book_of(HandbookPage.objects.get(pk=page.pk))
        assert made.chapters
        return len(captured)

    before = count()
    for number in range(12):
        body = every_block(image, film, page, str(number))
        add(page, ChapterPage, title=f"Till {number}", slug=f"till-{number}", body=body)
    assert count() == before


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<p></p><p> </p>", []),
        ("lösa ord", ["paragraph"]),
        (
            "<p>a</p><ul><li>b<ol><li>c</li></ol></li></ul><h2>d</h2>",
            ["paragraph", "list", "heading"],
        ),
        ("<ul><li>aldrig <b>slut", ["list"]),
        ("</ul></b></a><p>a</p>", ["paragraph"]),
    ],
)
def test_rich_text_that_is_odd_loses_no_words(html, expected):
    assert [node.kind for node in read(html, lambda attributes: "")] == expected


def test_the_day_the_book_was_made_is_now(book):
    assert abs(book_of(book).made_at - timezone.now()) < timedelta(minutes=1)
