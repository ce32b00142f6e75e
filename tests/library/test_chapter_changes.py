"""What has changed in a chapter, told on its page and on the book's."""

from datetime import date

import pytest

from library.models import ChapterChange
from tests.library.factories import chapter_of, handbook
from tests.library.queries import queries_of

BOOK = "/kunskapsbank/boken/"


def change(chapter, day, note):
    return ChapterChange.objects.create(
        chapter=chapter, changed_on=day, note=note, locale=chapter.locale
    )


@pytest.fixture
def book(home):
    return handbook(home, 0)


def test_the_newest_change_stands_at_the_head_and_the_rest_are_folded(book, client):
    chapter = chapter_of(book, "ett", "<p>Text.</p>")
    change(chapter, date(2026, 1, 2), "Den gamla gränsen.")
    change(chapter, date(2026, 5, 3), "En <ny> gräns.")
    html = client.get(f"{BOOK}ett/").content.decode()
    newest, folded = html.index("En &lt;ny&gt; gräns."), html.index("Den gamla gränsen.")
    assert newest < html.index("<details>", newest) < folded
    assert '<time datetime="2026-05-03">3 maj 2026</time>' in html


def test_a_chapter_without_changes_says_nothing_of_them(book, client):
    chapter_of(book, "ett", "<p>Text.</p>")
    assert 'class="changes"' not in client.get(f"{BOOK}ett/").content.decode()


def test_the_book_tells_of_its_latest_changes_and_not_of_drafts(book, client):
    chapter = chapter_of(book, "ett", "<p>Text.</p>", title="Kapitlet")
    for day in range(1, 8):
        change(chapter, date(2026, 5, day), f"Ändring {day}.")
    draft = chapter_of(book, "tva", "<p>Text.</p>", title="Hemligt", publish=False)
    change(draft, date(2026, 6, 1), "Hemlig ändring.")
    html = client.get(BOOK).content.decode()
    told = [day for day in range(1, 8) if f"Ändring {day}." in html]
    assert told == [3, 4, 5, 6, 7]
    assert html.index("Ändring 7.") < html.index("Ändring 3.")
    assert "Hemlig" not in html


def test_more_changes_cost_no_more_queries(book, client):
    chapters = [chapter_of(book, f"k-{n}", "<p>Text.</p>") for n in range(5)]
    change(chapters[0], date(2026, 5, 1), "En.")
    few = queries_of(client, BOOK), queries_of(client, f"{BOOK}k-0/")
    for chapter in chapters:
        for day in range(1, 6):
            change(chapter, date(2026, 4, day), "Fler.")
    assert (queries_of(client, BOOK), queries_of(client, f"{BOOK}k-0/")) == few
