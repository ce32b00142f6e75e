"""The listing of films says what each lacks, and finds those that lack something."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from library.completeness import in_short
from library.models import Captions, FilmPage
from tests.library.factories import add, film

LIST = "films:index"


def listing(client, **query):
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return response.content.decode()


def titles(html):
    return set(re.findall(r"(Hel|Trasig) film", html))


def broken(page, **fields):
    made = add(page.get_parent().specific, FilmPage, publish=False, complete=False, **fields)
    assert made.lacking()
    return made


def test_the_listing_says_what_each_film_lacks(home, admin_client_sv):
    page = film(home, title="Hel film")
    lacking = broken(page, title="Trasig film", slug="trasig")
    html = listing(admin_client_sv)
    assert titles(html) == {"Hel", "Trasig"}
    with translation.override("sv"):
        assert in_short(lacking) in html
        assert in_short(page) == ""


def test_the_listing_finds_films_that_lack_something(home, admin_client_sv):
    page = film(home, title="Hel film")
    broken(page, title="Trasig film", slug="trasig")
    assert titles(listing(admin_client_sv, missing="yes")) == {"Trasig"}
    assert titles(listing(admin_client_sv, missing="no")) == {"Hel"}


def test_tracks_and_files_of_all_films_are_fetched_together(home, admin_client_sv):
    """Beside them, wagtail-localize asks two questions a row for its own button."""
    page = film(home)
    numbers = []
    for batch in (2, 8):
        for number in range(batch):
            made = broken(page, slug=f"film-{batch}-{number}")
            Captions.objects.create(film=made, language="sv", text="WEBVTT", confirmed=True)
        listing(admin_client_sv)
        with CaptureQueriesContext(connection) as captured:
            listing(admin_client_sv)
        asked = [query["sql"] for query in captured.captured_queries]
        tables = ("library_captions", "library_descriptions", "wagtailmedia_media")
        numbers.append(sum(any(table in sql for table in tables) for sql in asked))
    assert numbers == [2, 2]
