"""Captions stand at the film's address while the film is public."""

from django.contrib.auth.models import User
from wagtail.models import PageViewRestriction

from library.models import FilmPage
from tests.library.factories import VTT, add, library

ADDRESS = "/kunskapsbank/filmen/captions/sv.vtt"


def a_film(home, **fields):
    return add(
        library(home), FilmPage, title="Filmen", slug="filmen", captions=[("sv", VTT)], **fields
    )


def test_a_public_films_captions_are_served_as_webvtt(home, client):
    a_film(home)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode() == VTT
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_a_language_that_has_no_captions_is_not_found(home, client):
    a_film(home)
    assert client.get(ADDRESS.replace("sv.vtt", "en.vtt")).status_code == 404
    assert client.get(ADDRESS.replace("sv.vtt", "xx.vtt")).status_code == 404


def test_a_drafts_captions_are_for_staff_only(home, client, superuser):
    a_film(home, publish=False)
    assert client.get(ADDRESS).status_code == 404
    client.force_login(User.objects.create_user("reader", password="reader"))
    assert client.get(ADDRESS).status_code == 404
    client.force_login(superuser)
    response = client.get(ADDRESS)
    assert response.content.decode() == VTT
    assert "no-store" in response.headers["Cache-Control"]


def test_a_restricted_films_captions_are_not_public(home, client):
    film = a_film(home)
    PageViewRestriction.objects.create(page=film, restriction_type="login")
    assert client.get(ADDRESS).status_code == 404


def test_an_english_films_captions_stand_under_its_english_address(home, english_home, client):
    index = add(english_home, type(library(home)), title="Library", slug="library")
    add(index, FilmPage, title="The film", slug="the-film", captions=[("en", VTT)])
    assert client.get("/en/library/the-film/captions/en.vtt").status_code == 200
    assert client.get("/library/the-film/captions/en.vtt").status_code == 404
