"""The search in one book: sections with their number, excerpt and address."""

import re

import pytest

from library.models import ChapterPage
from tests.library.factories import add, chapter_of, handbook, stream
from tests.library.queries import MOST, queries_of

BOOK = "/kunskapsbank/boken/"
SEARCH = f"{BOOK}sok/"


@pytest.fixture
def book(home):
    book = handbook(home, 0)
    chapter_of(
        book,
        "ett",
        "<p>Inledning om morötter.</p><h2>Odling</h2><p>Vi odlar gurkor.</p>",
        "<h2>Skörd</h2><p>Allt.</p>",
        title="Trädgården",
    )
    chapter_of(book, "tva", "<h2>Gurkan</h2><p>Om den gröna.</p>", title="Köket")
    return book


def hits(client, query, address=SEARCH):
    """Each hit's address, heading as text, and excerpt as HTML."""
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    html = response.content.decode()
    found = re.findall(
        r'search-hit__title"><a href="([^"]*)">(.*?)</a></h3>\s*(?:<p>(.*?)</p>)?', html, re.S
    )
    return [(url, re.sub("<[^>]*>", "", title), excerpt) for url, title, excerpt in found]


def test_a_hit_is_a_section_with_number_excerpt_and_address(book, client):
    found = hits(client, "gurkor")
    assert found[0][:2] == (f"{BOOK}tva/#avsnitt-gurkan", "2.1 Gurkan")  # its heading has the word
    assert found[1][:2] == (f"{BOOK}ett/#avsnitt-odling", "1.1 Odling")
    assert found[1][2] == "Vi odlar <mark>gurkor</mark>."


def test_what_stands_before_the_first_section_is_the_chapters(book, client):
    assert (
        hits(client, "morot")
        == [(f"{BOOK}ett/", "1 Trädgården", "Inledning om <mark>morötter</mark>.")]
        or hits(client, "morötter")[0][0] == f"{BOOK}ett/"
    )


def test_all_the_words_must_be_there(book, client):
    assert [url for url, *_rest in hits(client, "odlar gurka")] == [f"{BOOK}ett/#avsnitt-odling"]
    assert hits(client, "odlar grön") == []


def test_the_addresses_are_those_of_the_chapters_own_page(book, client):
    url = hits(client, "gröna")[0][0]
    page, _hash, anchor = url.partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


def test_other_blocks_and_the_preface_are_searched(book, client):
    body = stream(
        ("text", "<h2>Del</h2>"),
        ("fact_box", {"title": "Fakta", "text": "<p>Om sparris.</p>"}),
        ("accordion", {"items": [{"title": "Rova?", "text": "<p>Ja.</p>"}]}),
    )
    add(book, ChapterPage, title="Tre", slug="tre", body=body)
    book.refresh_from_db()
    book.introduction = "Om pumpor."
    book.save_revision().publish()
    assert hits(client, "sparris")[0][0] == f"{BOOK}tre/#avsnitt-del"
    assert hits(client, "rova")[0][0] == f"{BOOK}tre/#avsnitt-del"
    assert hits(client, "pumpor")[0][0] == BOOK


def test_nothing_found_says_what_to_do_and_nothing_asked_is_no_error(book, client):
    html = client.get(SEARCH, {"q": "zzz"}).content.decode()
    assert "/sok/?q=zzz" in html
    assert f'href="{BOOK}ett/"' in html
    for query in ("", "   ", "\x00", "!!!"):
        response = client.get(SEARCH, {"q": query})
        assert response.status_code == 200
        assert f'href="{BOOK}ett/"' in response.content.decode()
    assert client.get(SEARCH).status_code == 200


def test_markup_in_the_query_is_text(book, client):
    html = client.get(SEARCH, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_the_search_is_in_no_search_engine_and_has_one_address_a_language(book, client):
    assert '<meta name="robots" content="noindex">' in client.get(SEARCH).content.decode()
    response = client.get(f"{BOOK}search/", {"q": "gurka"})
    assert (response.status_code, response.headers["Location"]) == (301, f"{SEARCH}?q=gurka")


def test_a_draft_chapter_is_not_found(book, client):
    chapter_of(book, "tre", "<p>Hemliga rabarber.</p>", publish=False)
    assert hits(client, "rabarber") == []


def test_handbook_and_chapter_have_the_form(book, client):
    for address in (BOOK, f"{BOOK}ett/"):
        assert f'<form action="{SEARCH}" method="get">' in client.get(address).content.decode()


def test_a_book_of_thirty_chapters_takes_no_more_queries_than_one_of_three(home, client):
    book = handbook(home, 0)
    text = "<h2>Början</h2><p>Om ris och ros.</p>" + "<p>Ett ord och ett till om arbete.</p>" * 40
    for number in range(3):
        chapter_of(book, f"k-{number}", text)
    few = queries_of(client, f"{SEARCH}?q=ros")
    chapters = [
        ChapterPage(title=f"K {n}", slug=f"k-{n}", locale=book.locale, body=stream(("text", text)))
        for n in range(3, 30)
    ]
    book.refresh_from_db()
    for chapter in chapters:
        book.add_child(instance=chapter)
    assert queries_of(client, f"{SEARCH}?q=ros") == few <= MOST
    response = client.get(SEARCH, {"q": "ris ros"})
    assert response.context["page_obj"].paginator.count == 30
    assert response.content.decode().count('class="search-hit"') == 20
