"""Films of a series lead to one another, in the tree's order, and to the series' own page."""

import json
import re

from library.models import FilmPage, FilmSeriesPage
from tests.library.factories import add, library, stream
from tests.library.queries import MOST, queries_of

SERIES = "/kunskapsbank/finansiering/"


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def a_series(home, films=3, **fields):
    series = add(library(home), FilmSeriesPage, title="Finansiering", slug="finansiering", **fields)
    for number in range(1, films + 1):
        add(series, FilmPage, title=f"Film {number}", slug=f"film-{number}", duration=60 * number)
    return series


def json_ld(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_a_series_page_lists_its_films_in_order_with_the_total_length(home, client):
    series = a_series(home, body=stream(("text", "<p>Det här lär du dig.</p>")))
    add(series, FilmPage, title="Utkast", slug="utkast", publish=False)
    html = get(client, SERIES)
    listed = re.search(r'<ol class="film-list">(.*?)</ol>', html, re.S)[1]
    assert re.findall(r'<a href="([^"]*)">(Film \d)</a>', listed) == [
        (f"{SERIES}film-{number}/", f"Film {number}") for number in (1, 2, 3)
    ]
    assert "6 min" in html
    assert "Det här lär du dig." in html
    assert "Utkast" not in html


def test_moving_a_film_in_the_tree_moves_it_in_the_series(home, client):
    a_series(home)
    last, first = FilmPage.objects.get(slug="film-3"), FilmPage.objects.get(slug="film-1")
    last.move(first, pos="left")
    html = get(client, SERIES)
    assert re.findall(r">(Film \d)</a>", html) == ["Film 3", "Film 1", "Film 2"]


def test_a_film_tells_its_place_and_leads_on(home, client):
    a_series(home)
    html = get(client, f"{SERIES}film-2/")
    place = re.search(r'<p class="film-place">(.*?)</p>', html, re.S)[1]
    assert re.search(r"\b2\b.*\b3\b", place)
    assert f'<a href="{SERIES}">Finansiering</a>' in place
    assert f'<link rel="prev" href="{SERIES}film-1/">' in html
    assert f'<link rel="next" href="{SERIES}film-3/">' in html
    assert f'rel="prev" href="{SERIES}film-1/"' in html
    assert f'<a href="{SERIES}film-2/" aria-current="page">' in html
    assert "6 min" in html
    first, last = get(client, f"{SERIES}film-1/"), get(client, f"{SERIES}film-3/")
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last


def test_a_length_that_is_not_known_gives_no_total(home, client):
    series = a_series(home)
    FilmPage.objects.filter(slug="film-2").update(duration=None)
    assert FilmSeriesPage.objects.get(pk=series.pk).length == ""


def test_a_film_is_not_told_of_a_series_that_is_not_public(home, client):
    series = a_series(home)
    series.refresh_from_db()
    series.unpublish()
    html = get(client, f"{SERIES}film-2/")
    assert "film-place" not in html
    assert ">Finansiering<" not in html
    assert client.get(SERIES).status_code == 404


def test_a_series_without_films_stands(home, client):
    a_series(home, films=0)
    assert "film-list" not in get(client, SERIES)


def test_search_engines_are_told_the_parts_of_a_series(home, client):
    a_series(home)
    data = json_ld(get(client, SERIES))
    assert data["@type"] == "CreativeWorkSeries"
    assert [(part["position"], part["name"]) for part in data["hasPart"]] == [
        (1, "Film 1"),
        (2, "Film 2"),
        (3, "Film 3"),
    ]
    assert data["hasPart"][2]["duration"] == "PT3M"
    assert data["hasPart"][2]["url"] == f"http://localhost{SERIES}film-3/"


def test_a_series_takes_as_many_queries_for_three_films_as_for_twelve(home, client):
    series = a_series(home)
    few = queries_of(client, SERIES), queries_of(client, f"{SERIES}film-2/")
    for number in range(4, 13):
        add(series, FilmPage, title=f"Film {number}", slug=f"film-{number}")
    many = queries_of(client, SERIES), queries_of(client, f"{SERIES}film-2/")
    assert many == few
    assert max(few) <= MOST
