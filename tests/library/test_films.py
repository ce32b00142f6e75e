"""A film page plays its film, and says what there is when there is none."""

import re

import pytest
from django.utils import translation

from library import durations
from library.models import FilmPage, GuidancePage
from tests.library.factories import VTT, add, complete_film, library, stream, video


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_film_plays_with_captions_and_poster(home, client, make_image):
    media = video("ett-asf.mp4")
    add(
        library(home),
        FilmPage,
        title="Vad är ett ASF?",
        slug="filmen",
        video=media,
        duration=200,
        listing_image=make_image(size=(1280, 720)),
        captions=[("sv", VTT), ("en", VTT)],
        transcript="[0:01] Handledare: Allt som sägs.",
        speakers=stream(("speaker", {"role": "handledare på ett café", "name": ""})),
    )
    html = get(client, "/kunskapsbank/filmen/")
    player = re.search(r"<video.*?</video>", html, re.S)[0]
    assert 'preload="none"' in player
    assert "poster=" in player
    assert "controls" in player
    assert f'<source src="{media.url}" type="video/mp4">' in player
    tracks = re.findall(r"<track[^>]*>", player)
    assert [re.search(r'src="([^"]*)"', track)[1] for track in tracks] == [
        "/kunskapsbank/filmen/captions/sv.vtt",
        "/kunskapsbank/filmen/captions/en.vtt",
    ]
    assert 'srclang="sv" label="Svenska" default' in tracks[0]
    assert 'srclang="en" label="English">' in tracks[1]
    assert "3 min 20 s" in html
    assert "Allt som sägs." in html
    assert "handledare på ett café" in html
    assert "(MP4, 10" in html
    assert client.get(media.url).status_code == 200
    assert client.get(tracks and "/kunskapsbank/filmen/captions/en.vtt").status_code == 200


def test_a_film_without_poster_fetches_its_metadata(home, client):
    add(library(home), FilmPage, slug="filmen", video=video())
    assert 'preload="metadata"' in get(client, "/kunskapsbank/filmen/")


def test_a_draft_without_file_says_so_and_shows_its_transcript(home):
    index = library(home)
    drafts = {"publish": False, "complete": False}
    with_text = add(index, FilmPage, slug="med-text", transcript="Allt som sägs.", **drafts)
    without = add(index, FilmPage, slug="utan-text", **drafts)
    shown, empty = (page.make_preview_request().content.decode() for page in (with_text, without))
    assert "<video" not in shown + empty
    with translation.override("sv"):
        assert translation.gettext("The film is coming soon.") in empty
        assert (
            translation.gettext(
                "The film itself is not here yet. You can read all that is said in it below."
            )
            in shown
        )
    assert "Allt som sägs." in shown


def test_a_film_whose_file_is_gone_from_the_disk_still_has_its_page(home, client):
    media = video()
    media.file.storage.delete(media.file.name)
    add(library(home), FilmPage, slug="filmen", video=media)
    get(client, "/kunskapsbank/filmen/")


@pytest.mark.parametrize(
    ("seconds", "spoken", "iso"),
    [
        (45, "45 s", "PT45S"),
        (200, "3 min 20 s", "PT3M20S"),
        (3600, "1 h", "PT1H"),
        (3725, "1 h 2 min", "PT1H2M5S"),
    ],
)
def test_lengths_are_written_for_people_and_for_machines(seconds, spoken, iso):
    with translation.override("en"):
        assert durations.spoken(seconds) == spoken
    assert durations.iso(seconds) == iso


def test_a_recorded_webinar_says_what_it_is(home, client):
    add(library(home), FilmPage, slug="samtalet", film_kind="webinar")
    with translation.override("sv"):
        label = translation.gettext("Recorded webinar")
    assert label in get(client, "/kunskapsbank/samtalet/")
    assert label in get(client, "/kunskapsbank/")


def test_a_film_in_a_text_is_played_in_place_or_led_to(home, client):
    index = library(home)
    film = add(
        index, FilmPage, title="Filmen", slug="filmen", video=video(), captions=[("sv", VTT)]
    )
    for slug, play_here in (("spela", True), ("led", False)):
        body = stream(("film", {"film": film.pk, "play_here": play_here}))
        add(index, GuidancePage, slug=slug, body=body)
    played, led = (get(client, f"/kunskapsbank/{slug}/") for slug in ("spela", "led"))
    assert "<video" in played
    assert "/kunskapsbank/filmen/captions/sv.vtt" in played
    assert "<video" not in led
    for html in (played, led):
        assert '<a href="/kunskapsbank/filmen/">Filmen</a>' in html


def test_a_film_in_a_text_begins_where_the_text_says(home, client):
    index = library(home)
    media = video()
    film = add(index, FilmPage, title="Filmen", slug="filmen", video=media)
    body = stream(
        ("film", {"film": film.pk, "play_here": True, "start": "1:23"}),
        ("film", {"film": film.pk, "play_here": True, "start": "1:23"}),
        ("film", {"film": film.pk, "play_here": False, "start": ""}),
    )
    add(index, GuidancePage, slug="text", body=body)
    html = get(client, "/kunskapsbank/text/")
    assert html.count(f'<source src="{media.url}#t=83"') == 2
    assert html.count('<a href="/kunskapsbank/filmen/?t=83">Filmen</a>') == 2
    assert html.count(f'id="film-{film.pk}-83"') == 1
    assert html.count(f'id="film-{film.pk}"') == 1


def test_an_outside_film_in_a_text_opens_the_policy_of_that_page_alone(home, client):
    index = library(home)
    film = add(index, FilmPage, slug="filmen", external_url="https://youtu.be/dQw4w9WgXcQ")
    block = {"film": film.pk, "play_here": True, "start": "0:05"}
    add(index, GuidancePage, slug="text", body=stream(("film", block)))
    add(index, GuidancePage, slug="ledd", body=stream(("film", block | {"play_here": False})))
    shown, led = (client.get(f"/kunskapsbank/{slug}/") for slug in ("text", "ledd"))
    assert "frame-src https://www.youtube" in shown.headers["Content-Security-Policy"]
    assert "start=5" in shown.content.decode()
    assert "<iframe" not in shown.content.decode()
    assert "frame-src" not in led.headers["Content-Security-Policy"]


def test_a_film_that_is_not_public_leaves_no_trace_in_a_text(home, client):
    index = library(home)
    film = add(index, FilmPage, title="Hemlig film", slug="hemlig", publish=False)
    add(index, GuidancePage, slug="text", body=stream(("film", {"film": film.pk})))
    assert "Hemlig film" not in get(client, "/kunskapsbank/text/")


def test_an_english_text_shows_the_films_english_version(home, english_home, locales, client):
    index = library(home)
    film = add(index, FilmPage, title="Filmen", slug="filmen")
    english_index = index.copy_for_translation(locales["en"])
    english_index.slug = "library"
    english_index.save_revision().publish()
    english = film.copy_for_translation(locales["en"])
    english.title, english.slug = "The film", "the-film"
    complete_film(english)
    english.save_revision().publish()
    add(english_index, GuidancePage, slug="text", body=stream(("film", {"film": film.pk})))
    html = get(client, "/en/library/text/")
    assert '<a href="/en/library/the-film/">The film</a>' in html
    english.refresh_from_db()
    english.unpublish()
    assert '<a href="/kunskapsbank/filmen/">Filmen</a>' in get(client, "/en/library/text/")
