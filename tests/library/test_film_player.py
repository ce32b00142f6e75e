"""A film's player: its versions, its text tracks, and the second that an address asks for."""

import re

import pytest
from django.contrib.auth.models import User
from wagtail.models import PageViewRestriction

from library.film_chapters import as_vtt, film_chapters
from library.models import Descriptions, FilmPage
from library.outside_films import outside_film
from library.players import read_second
from tests.library.factories import VTT, add, document, library, stream, video

FILM = "/kunskapsbank/filmen/"
CHAPTERS = stream(
    ("chapter", {"start": "0:00", "title": "Början"}),
    ("chapter", {"start": "1:23", "title": "Lån & <bidrag>"}),
)


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def a_film(home, **fields):
    fields = {"title": "Filmen", "slug": "filmen", "duration": 200} | fields
    return add(library(home), FilmPage, **fields)


def player_of(html):
    return re.search(r"<video.*?</video>", html, re.S)[0]


def test_chapters_are_a_list_of_links_and_a_track(home, client):
    a_film(home, video=video(), chapters=CHAPTERS)
    html = get(client, FILM)
    track = '<track kind="chapters" src="/kunskapsbank/filmen/chapters/sv.vtt" srclang="sv"'
    assert track in player_of(html)
    listed = re.search(r'<ol class="film-chapters">(.*?)</ol>', html, re.S)[1]
    assert re.findall(r'href="([^"]*)"', listed) == ["?#player", "?t=83#player"]
    assert "Lån &amp; &lt;bidrag&gt;" in listed
    response = client.get(f"{FILM}chapters/sv.vtt")
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:01:23.000\nBörjan\n\n"
        "00:01:23.000 --> 00:03:20.000\nLån &amp; &lt;bidrag&gt;\n"
    )
    assert client.get(f"{FILM}chapters/en.vtt").status_code == 404


def test_a_draft_s_last_chapter_ends_after_it_begins_whatever_the_length_says(db):
    film = FilmPage(duration=60, chapters=CHAPTERS)
    assert film_chapters(film)[-1].end is None
    assert "00:01:23.000 --> 01:01:23.000" in as_vtt(film_chapters(film))


def test_a_film_without_chapters_has_no_such_track(home, client):
    a_film(home, video=video())
    assert "chapters" not in player_of(get(client, FILM))
    assert client.get(f"{FILM}chapters/sv.vtt").status_code == 404


def test_descriptions_are_a_track_in_each_language(home, client):
    film = a_film(home, video=video())
    film.descriptions = [Descriptions(language="sv", text=VTT)]
    film.save_revision().publish()
    html = get(client, FILM)
    assert '<track kind="descriptions" src="/kunskapsbank/filmen/descriptions/sv.vtt"' in html
    assert get(client, f"{FILM}descriptions/sv.vtt") == VTT
    assert client.get(f"{FILM}descriptions/en.vtt").status_code == 404


@pytest.mark.parametrize("kind", ["captions", "chapters", "descriptions"])
def test_tracks_of_what_is_not_public_are_for_staff(home, client, superuser, kind):
    film = a_film(home, publish=False, captions=[("sv", VTT)], chapters=CHAPTERS)
    film.descriptions = [Descriptions(language="sv", text=VTT)]
    film.save_revision()
    address = f"{FILM}{kind}/sv.vtt"
    assert client.get(address).status_code == 404
    client.force_login(User.objects.create_user("reader", password="reader"))
    assert client.get(address).status_code == 404
    client.force_login(superuser)
    response = client.get(address)
    assert response.content.startswith(b"WEBVTT")
    assert "no-store" in response.headers["Cache-Control"]
    client.logout()
    film.get_latest_revision().publish()
    assert client.get(address).status_code == 200
    PageViewRestriction.objects.create(page=film, restriction_type="login")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("time", ["83", "83s", "1:23"])
def test_an_address_with_a_second_begins_there_without_script(home, client, time):
    media = video()
    a_film(home, video=media, transcript="[0:10] A: Först.\n\n[1:20] B: Sedan.")
    html = get(client, f"{FILM}?t={time}")
    assert f'<source src="{media.url}#t=83" type="video/mp4">' in html
    current = re.findall(r'<a class="clock" href="([^"]*)"[^>]*aria-current="true"', html)
    assert current == ["?t=80#t-80"]


@pytest.mark.parametrize(
    "time", ["", "0", "-5", "x", "1e3", "9" * 30, "1:99", "\x00", "83 or 1=1", "99999999", "٣x"]
)
def test_a_second_that_cannot_be_read_is_the_beginning(home, client, time):
    media = video()
    a_film(home, video=media)
    assert f'<source src="{media.url}" ' in client.get(FILM, {"t": time}).content.decode()
    assert read_second(time) == 0


def test_other_versions_are_links_that_switch_the_file_without_script(home, client):
    main, described, signed = (video(f"{name}.mp4") for name in ("film", "syntolkad", "tecknad"))
    a_film(home, video=main, described_video=described, sign_language_video=signed)
    html = get(client, f"{FILM}?t=83")
    links = re.search(r'<ul class="film-versions".*?</ul>', html, re.S)[0]
    assert re.findall(r'href="([^"]*)"', links) == [
        "?t=83#player",
        "?version=described&amp;t=83#player",
        "?version=signed&amp;t=83#player",
    ]
    for version, file in (("main", main), ("described", described), ("signed", signed)):
        html = get(client, f"{FILM}?version={version}&t=5")
        assert f'<source src="{file.url}#t=5"' in html
        assert f'<a href="{file.url}" download' in html
        assert client.get(file.url).status_code == 200


def test_a_version_that_there_is_not_is_the_film_itself(home, client):
    media = video()
    a_film(home, video=media)
    for version in ("described", "signed", "x", ""):
        html = get(client, f"{FILM}?version={version}")
        assert f'<source src="{media.url}" ' in html
        assert "film-versions" not in html


def test_times_keep_the_version_that_is_played(home, client):
    a_film(
        home,
        video=video(),
        described_video=video("syntolkad.mp4"),
        chapters=CHAPTERS,
        transcript="[0:10] A: Först.",
    )
    html = get(client, f"{FILM}?version=described")
    assert 'href="?version=described&amp;t=83#player"' in html
    assert 'href="?version=described&amp;t=10#t-10"' in html


def test_slides_are_a_download_with_format_and_size(home, client):
    slides = document("Bilderna", "bilder.pdf")
    a_film(home, video=video(), slides=slides)
    html = get(client, FILM)
    assert f'href="{slides.url}"' in html
    assert "(PDF, 2,0" in html
    assert client.get(slides.url).status_code == 200


def test_a_transcript_is_text_with_speakers_and_times(home, client):
    a_film(
        home,
        transcript="[0:10] Handledare: Först <nu>.\n\nUtan tid.\n\n[0:10] Gäst: Samma sekund.",
    )
    html = get(client, FILM)
    turns = re.search(r'<ol class="transcript__turns".*?</ol>', html, re.S)[0]
    assert turns.count("<li") == 3
    assert "<b>Handledare</b>" in turns
    assert "Först &lt;nu&gt;." in turns
    assert turns.count('id="t-10"') == 1
    assert turns.count('href="?t=10#t-10"') + turns.count('href="?t=10#transcript"') == 2


YOUTUBE = "https://www.youtube-nocookie.com"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", f"{YOUTUBE}/embed/dQw4w9WgXcQ?"),
        ("https://youtube.com/watch?app=1&v=dQw4w9WgXcQ&t=3", f"{YOUTUBE}/embed/dQw4w9WgXcQ?"),
        ("https://youtu.be/dQw4w9WgXcQ", f"{YOUTUBE}/embed/dQw4w9WgXcQ?"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", f"{YOUTUBE}/embed/dQw4w9WgXcQ?"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?"),
        ("https://vimeo.com/76979871/8272103f6e", "h=8272103f6e"),
        ("https://vimeo.com.evil.example/76979871", ""),
        ("https://evil.example/?https://youtu.be/dQw4w9WgXcQ", ""),
        ("https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://www.youtube.com/watch?v=kort", ""),
        ("https://play.example.org/film/1", ""),
    ],
)
def test_only_known_sites_get_a_frame(url, frame):
    found = outside_film(url, 83)
    assert frame in found.frame_url
    assert bool(frame) == bool(found.frame_url) == bool(found.company) == bool(found.origin)


def test_a_film_elsewhere_begins_at_the_second():
    found = outside_film("https://youtu.be/dQw4w9WgXcQ", 83)
    assert "start=83" in found.frame_url
    assert found.url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=83s"
    assert outside_film("https://vimeo.com/76979871", 83).url.endswith("#t=83s")


def test_a_film_on_another_site_waits_for_the_reader(home, client):
    index = library(home)
    add(index, FilmPage, slug="filmen", title="Filmen", external_url="https://youtu.be/dQw4w9WgXcQ")
    add(index, FilmPage, slug="annan", external_url="https://play.example.org/film/1")
    add(index, FilmPage, slug="var", video=video())
    response = client.get(f"{FILM}?t=83")
    html = response.content.decode()
    assert "<iframe" not in html
    assert "YouTube" in html
    assert "Google" in html
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=83s"' in html
    assert f'data-frame="{YOUTUBE}/embed/dQw4w9WgXcQ' in html
    assert f"frame-src {YOUTUBE}" in response.headers["Content-Security-Policy"]
    other = client.get("/kunskapsbank/annan/")
    assert 'href="https://play.example.org/film/1"' in other.content.decode()
    assert "data-frame" not in other.content.decode()
    for address in ("/kunskapsbank/annan/", "/kunskapsbank/var/", "/kunskapsbank/"):
        assert "frame-src" not in client.get(address).headers["Content-Security-Policy"]
