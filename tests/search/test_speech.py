"""What is said in a film is found, and the hit opens the film at that second."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.analysis import query_terms
from library.models import FilmPage
from library.transcripts import parse
from search.speech import best_line
from tests.library.factories import add, library

SAID = """[0:00] [musik]

[0:04] Handledare: Vi började med ett lån.

[1:23] Gäst: Kaféet bar sig först när lånen var betalda.

Och då firade vi med bullar <i>.
"""


def get(client, query, path="/sok/"):
    response = client.get(path, {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def hits(html):
    return re.findall(r'search-hit__title"><a href="([^"]*)"', html)


@pytest.fixture
def film(home):
    return add(library(home), FilmPage, title="Om pengar", slug="pengar", transcript=SAID)


@pytest.mark.parametrize(
    ("query", "second"),
    [
        ("lån", 4),
        ("lånet", 4),
        ("café", 83),
        ("lånen betala", 83),
        ("bulle", 83),
        ("pengar lån", 4),
    ],
)
def test_a_hit_opens_the_film_where_the_words_are_said(film, client, query, second):
    html = get(client, query)
    assert hits(html) == [f"/kunskapsbank/pengar/?t={second}#transcript"]
    page = client.get(hits(html)[0]).content.decode()
    assert f"#t={second}" in page


def test_the_excerpt_is_the_spoken_line_with_speaker_and_time(film, client):
    html = get(client, "kafé")
    assert "1:23" in html
    assert "<b>Gäst:</b> <mark>Kaféet</mark> bar sig först när lånen var betalda." in html
    assert "&lt;i&gt;" in get(client, "bullar")


def test_a_hit_in_the_title_alone_opens_the_film_itself(film, client):
    assert hits(get(client, "pengar")) == ["/kunskapsbank/pengar/"]


def test_words_without_a_time_lead_to_the_transcript(home, client):
    add(library(home), FilmPage, slug="utan", transcript="Handledare: Vi sjöng en visa.")
    assert hits(get(client, "visa")) == ["/kunskapsbank/utan/#transcript"]


def test_the_marks_of_time_are_no_words_of_the_film(film, client):
    assert "[0:04]" not in get(client, "pengar")


def test_the_line_with_most_of_the_words_is_the_one():
    turns = parse("[0:01] A: Ett lån.\n\n[0:02] B: Ett lån till ett kafé.\n\n[0:03] C: Kafé, lån.")
    assert best_line(turns, query_terms("lån kafé", "sv"), "sv").start == 2
    assert best_line(turns, query_terms("rymdraket", "sv"), "sv") is None
    assert best_line([], query_terms("lån", "sv"), "sv") is None


def test_a_draft_s_words_are_not_found(home, client):
    index = library(home)
    add(index, FilmPage, slug="utkast", transcript="[0:01] A: En lanterna.", publish=False)
    live = add(index, FilmPage, slug="live", transcript="[0:01] A: En lykta.")
    live.transcript = "[0:01] A: En lanterna."
    live.save_revision()
    assert hits(get(client, "lanterna")) == []


def test_films_cost_one_query_however_many_are_found(home, client):
    index = library(home)

    def fill(numbers):
        for number in numbers:
            said = f"[0:0{number % 10}] A: Lyktan lyser."
            add(index, FilmPage, title=f"Film {number}", slug=f"film-{number}", transcript=said)

    def asked():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            get(client, "lyktan")
        return len(captured)

    fill([1])
    get(client, "lyktan")
    few = asked()
    fill(range(2, 13))
    assert len(hits(get(client, "lyktan"))) == 12
    assert asked() == few <= 15
