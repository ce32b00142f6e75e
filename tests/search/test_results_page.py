"""The results page: hits in groups, marked and counted, and no dead end."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from campaigns.models import PressReleasePage, PressRoomPage
from core.analysis import query_terms
from core.snippets import snippet
from library.models import ChapterPage, FilmPage, HandbookPage
from search.enums import Group
from search.results import search
from tests.asflist.factories import make_list_page
from tests.library.factories import add, library
from tests.search.factories import downloads, make_document, make_page, publish_enterprise, titles

HOSTILE = [
    "& | ! : * ( ) \\ ' \" < > %% %s {} $1",
    "städ' OR 1=1 --",
    "städ:* & !(lampa)",
    "_ % \\",
    "\x00\x01\x1b städ\x00",
    "\ud7ff\ufffe\ufeff\u202e",
    "ord " * 10_000,
    "å" * 10_000,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "<script>alert(1)</script>",
    "🙂 ß İ ﬀ",
    "  ",
]


def get(client, query, path="/sok/", **parameters):
    response = client.get(path, {"q": query} | parameters)
    assert response.status_code == 200
    return response.content.decode()


class Document(HTMLParser):
    """What a browser makes of a page: element ids, and the text of marks."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.marks, self.scripts, self.inside = [], [], 0, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]
        self.scripts += tag == "script"
        self.inside = tag == "mark"

    def handle_data(self, data):
        if self.inside:
            self.marks.append(data)
        self.inside = False


def test_search_stands_at_an_address_in_each_language(home):
    with translation.override("sv"):
        assert reverse("search") == "/sok/"
    with translation.override("en"):
        assert reverse("search") == "/en/search/"


def test_the_other_language_s_word_is_no_address(home, english_home, client):
    assert client.get("/search/").status_code == 404
    assert client.get("/en/sok/").status_code == 404


def test_the_query_is_kept_and_the_number_of_hits_told(home, client):
    make_page(home, "Städning")
    make_page(home, "Städrutiner")
    html = get(client, "  städ  ")
    assert 'value="städ"' in html
    assert re.search(r"<h2>2 \w+ \w+ “städ”</h2>|<h2>2 \w+ \w+ ”städ”</h2>", html)


def test_results_are_not_for_crawlers_and_set_no_cookie(home, client):
    response = client.get("/sok/", {"q": "städ"})
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_only_reading_is_allowed(home, client):
    assert client.post("/sok/", {"q": "städ"}).status_code == 405
    assert client.head("/sok/", {"q": "städ"}).status_code == 200


def test_hits_are_marked_in_title_and_snippet(home, client):
    make_page(home, "Om städning", "Vi städar kontor. Staden är vår.")
    assert Document(get(client, "städ")).marks == ["städning", "städar"]


def test_both_spellings_of_a_word_are_marked(home, client):
    make_page(home, "Ett café", "Kaféer har kaffe.")
    assert Document(get(client, "kafé")).marks == ["café", "Kaféer"]


def test_everything_is_escaped(home, client):
    make_page(home, "<script>alert('städ')</script>", "x < städ & <b>")
    publish_enterprise("<img src=x onerror=städ()>", summary="städ <i>")
    html = get(client, "städ <script>")
    scripts = Document(get(client, "lampa")).scripts
    assert Document(html).scripts == scripts
    html = get(client, "städ")
    assert Document(html).scripts == scripts
    assert "<img src=x" not in html
    assert "&lt;<mark>" not in get(client, "städ")
    assert "&lt;script&gt;alert(&#x27;<mark>städ</mark>&#x27;)&lt;/script&gt;" in html
    assert "<mark>städ</mark> &lt;i&gt;" in html


@pytest.mark.parametrize("before", [0, 30, 100, 500, 5_000])
@pytest.mark.parametrize("filler", ["ord ", "å", "a-b-"])
def test_a_snippet_is_short_and_holds_the_hit(before, filler):
    text = f"{(filler * before)[:before]} städning {filler * 200}".strip()
    words = snippet(text, query_terms("städ", "sv"), "sv")
    assert "<mark>städning</mark>" in words
    plain = re.sub(r"</?mark>", "", words)
    assert len(plain) <= 200
    assert plain.strip("…") in text


def test_a_snippet_without_a_hit_is_the_text_s_beginning():
    text = "Ull och lin. " * 50
    assert snippet(text, query_terms("städ", "sv"), "sv").startswith("Ull och lin. Ull")
    assert snippet("", query_terms("städ", "sv"), "sv") == ""


@pytest.fixture
def house(home):
    """Something with the word “lykta” in most groups."""
    room = add(home, PressRoomPage, title="Press", slug="press")
    books = library(home)
    add(room, PressReleasePage, title="Ny lykta", slug="ny")
    add(books, FilmPage, title="Lyktan på film", slug="film")
    book = add(books, HandbookPage, title="Lyktans handbok", slug="bok")
    add(book, ChapterPage, title="Tänd lyktan", slug="ett")
    make_page(home, "Lyktor", body=downloads(make_document("Lyktmall lykta")))
    make_list_page(home)
    publish_enterprise("Lyktan")
    return home


def test_groups_are_counted_and_give_as_many_when_chosen(house, client):
    results = search("lykta", "sv")
    assert results.counts == {
        Group.ENTERPRISES: 1,
        Group.PRESS: 1,
        Group.FILMS: 1,
        Group.HANDBOOKS: 2,
        Group.PAGES: 1,
        Group.DOCUMENTS: 1,
    }
    assert results.total == 7
    html = get(client, "lykta")
    assert html.count('class="search-hit"') == 7
    for group, count in results.counts.items():
        assert f"kind={group.value}" in html
        chosen = get(client, "lykta", kind=group.value)
        assert chosen.count('class="search-hit"') == count == len(titles("lykta", "sv", group))


def test_every_hit_leads_somewhere(house, client):
    html = get(client, "lykta")
    addresses = re.findall(r'search-hit__title"><a href="([^"]*)"', html)
    assert len(addresses) == 7
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_a_chosen_group_without_hits_leads_to_the_others(house, client):
    html = get(client, "tänd", kind="films")
    assert 'class="search-hit"' not in html
    assert 'href="?q=t%C3%A4nd&amp;kind=handbooks"' in html
    assert 'href="?q=t%C3%A4nd"' in html


def test_an_unknown_group_is_no_group(house, client):
    assert get(client, "lykta", kind="'; drop").count('class="search-hit"') == 7


def test_results_come_twenty_at_a_time(home, client):
    for number in range(23):
        make_page(home, f"Lykta {number}", slug=f"lykta-{number}")
    first, second = get(client, "lykta"), get(client, "lykta", page="2")
    assert first.count('class="search-hit"') == 20
    assert second.count('class="search-hit"') == 3
    assert '<ol class="search-results" start="21">' in second
    assert 'href="?q=lykta&amp;page=2"' in first
    assert get(client, "lykta", page="99").count('class="search-hit"') == 3
    assert get(client, "lykta", page="x").count('class="search-hit"') == 20


def test_the_language_switch_keeps_the_query(home, english_home, client):
    assert 'href="/en/search/?q=st%C3%A4d&amp;kind=films"' in get(client, "städ", kind="films")
    assert 'href="/sok/?q=caf%C3%A9"' in get(client, "café", "/en/search/")


def test_nothing_asked_gives_the_box_and_places_to_begin(house, client):
    html = client.get("/sok/").content.decode()
    assert 'name="q"' in html
    for address in ("/press/", "/kunskapsbank/", "/asf-listan/"):
        assert f'href="{address}"' in html


def test_no_hits_say_so_and_lead_on(house, client):
    html = get(client, "rymdraket")
    assert "rymdraket" in html
    for address in ("/press/", "/kunskapsbank/", "/asf-listan/"):
        assert f'href="{address}"' in html


def test_no_hits_tell_which_word_gave_none(house, client):
    html = get(client, "lykta rymdraket")
    assert re.search(r'href="\?q=lykta">lykta</a>:\s+7 ', html)
    assert 'href="?q=rymdraket"' not in html
    assert "<li>rymdraket" not in get(client, "xyz rymdraket").replace("\n", "").replace("  ", "")


def test_no_hits_tell_of_the_other_language(home, english_home, client):
    make_page(english_home, "Lantern")
    html = get(client, "lanterns")
    assert 'href="/en/search/?q=lanterns"' in html
    assert get(client, "nowhere").count("/en/search/?q=nowhere") == 1  # the switch alone


def test_no_hits_suggest_a_spelling_that_finds_something(house, client):
    assert 'href="?q=handbok">handbok</a>?' in get(client, "hanbbok")
    assert 'href="?q=t%C3%A4nd+lyktan">tänd lyktan</a>?' in get(client, "tänd lyyktan")
    assert 'href="?q=handbok">handbok</a>?' in get(client, "rymdraket hanbbok")
    assert "</a>?" not in get(client, "rymdraket")


def test_the_index_s_own_words_are_never_suggested(home, client):
    make_page(home, "Kommunerna")
    assert "kommunerna</a>?" in get(client, "kommuxerna")


@pytest.mark.parametrize("path", ["/sok/", "/en/search/"])
@pytest.mark.parametrize("query", HOSTILE)
def test_any_text_is_a_query(home, english_home, client, path, query):
    make_page(home, "Städning av lampor")
    get(client, query, path)


@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999", "x", "\x00", ""])
def test_any_page_is_answered(house, client, page):
    get(client, "lykta", page=page)


def test_ids_are_unique(house, client):
    for query in ("", "lykta", "rymdraket"):
        ids = Document(get(client, query)).ids
        assert len(ids) == len(set(ids))


def fill(home, numbers):
    """Add a page, a document and an enterprise for each number."""
    for number in numbers:
        document = make_document(f"Lyktmall {number}")
        make_page(home, f"Lykta {number}", slug=f"lykta-{number}", body=downloads(document))
        publish_enterprise(f"Lyktan {number}")


def asked(client, query):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        get(client, query)
    queries = [entry["sql"] for entry in captured if "SAVEPOINT" not in entry["sql"]]
    assert len(queries) == len(set(queries))
    return len(queries)


@pytest.mark.parametrize("query", ["lykt", "rymdraket", "lykt rymdraket", ""])
def test_the_number_of_queries_does_not_grow(home, english_home, client, query):
    make_list_page(home)
    fill(home, [1])
    get(client, query)  # content types are known to every process after its first pages
    few = asked(client, query)
    fill(home, range(2, 11))
    assert search("lykt", "sv").total == 30
    assert asked(client, query) == few <= 15
