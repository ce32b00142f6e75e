"""A transcript is built from the captions, and never over what somebody has written."""

from __future__ import annotations

import time

import pytest

from library.models import FilmPage
from library.transcripts import Turn, built_from, from_captions, parse
from tests.library.factories import VTT, film
from tests.library.film_forms import PUBLISH, edit, rows_of, saved

TALK = """WEBVTT

00:00:00.000 --> 00:00:01.000
[mjuk musik]

00:00:01.000 --> 00:00:04.000
<v Intervjuare>Hur fick ni ihop
pengarna &amp; <i>allt</i>?</v>

00:00:04.500 --> 00:00:06.000
<v.loud Verksamhetsledare>Vi byggde av</v>

00:00:06.000 --> 00:00:07.000
<v Verksamhetsledare>flera bitar.

00:00:09.500 --> 00:00:11.000
<v Verksamhetsledare>Sedan kom lånet.

00:00:11.000 --> 00:00:12.000
<v Intervjuare>Jaha.</v> <v Verksamhetsledare>Ja.</v>

01:02:03.000 --> 01:02:04.000
– Hej då.
– Tack!
"""

WRITTEN = """[0:00] [mjuk musik]

[0:01] Intervjuare: Hur fick ni ihop pengarna & allt?

[0:04] Verksamhetsledare: Vi byggde av flera bitar.

[0:09] Sedan kom lånet.

[0:11] Intervjuare: Jaha.

[0:11] Verksamhetsledare: Ja.

[1:02:03] – Hej då.

[1:02:03] – Tack!"""


def test_voices_become_speakers_and_pauses_paragraphs():
    assert from_captions(TALK) == WRITTEN


def test_what_is_built_is_read_back():
    turns = parse(WRITTEN)
    assert turns[0] == Turn(0, "", "[mjuk musik]")
    assert turns[1] == Turn(1, "Intervjuare", "Hur fick ni ihop pengarna & allt?")
    assert turns[3] == Turn(9, "", "Sedan kom lånet.")
    assert turns[-1] == Turn(3723, "", "– Tack!")


def test_a_long_turn_is_parted_where_a_sentence_ends():
    cues = [
        f"00:{second // 60:02}:{second % 60:02}.000 --> 00:{second // 60:02}:{second % 60:02}.900\n"
        f"Det här är mening nummer {second}.\n"
        for second in range(100)
    ]
    paragraphs = from_captions("WEBVTT\n\n" + "\n".join(cues)).split("\n\n")
    assert len(paragraphs) > 4
    assert all(len(paragraph) < 600 for paragraph in paragraphs)
    assert all(paragraph.endswith(".") for paragraph in paragraphs)


def test_a_sentence_with_a_colon_names_nobody():
    assert parse("Han sa det. Så här: vi börjar.")[0].speaker == ""
    assert parse("Handledare på ett café: Vi börjar.")[0].speaker == "Handledare på ett café"
    assert parse("") == []


def test_nothing_is_built_from_broken_captions():
    assert built_from("WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nHej\n") == ""


def test_an_empty_transcript_is_built_when_the_film_is_saved(home, admin_client_sv):
    page = film(home, publish=False)
    (row,) = rows_of(page)
    row |= {"text": TALK, "confirmed": "on"}
    assert edit(admin_client_sv, page, captions=[row], transcript="").status_code == 302
    assert saved(page).transcript == WRITTEN


def test_a_film_with_captions_and_no_transcript_can_be_published(home, admin_client_sv):
    page = film(home, publish=False)
    assert edit(admin_client_sv, page, transcript="", **PUBLISH).status_code == 302
    page = FilmPage.objects.get(pk=page.pk)
    assert page.live
    assert page.transcript == "[0:01] Vi är ett ASF."


def test_a_written_transcript_stays_when_the_captions_change(home, admin_client_sv):
    page = film(home, transcript="Så här skrev vi.")
    (row,) = rows_of(page)
    edit(admin_client_sv, page, captions=[row | {"text": TALK}])
    assert saved(page).transcript == "Så här skrev vi."


def test_it_is_built_anew_when_the_editor_asks_for_it(home, admin_client_sv):
    page = film(home, transcript="Så här skrev vi.")
    (row,) = rows_of(page)
    edit(admin_client_sv, page, captions=[row | {"text": TALK}], rebuild_transcript="on")
    assert saved(page).transcript == WRITTEN


def test_it_is_not_built_over_what_is_written_at_the_same_time(home, admin_client_sv):
    page = film(home, transcript="Så här skrev vi.")
    response = edit(admin_client_sv, page, transcript="Nyskrivet.", rebuild_transcript="on")
    assert response.status_code == 200
    assert "rebuild_transcript" in response.context["form"].errors
    assert "Nyskrivet." in response.content.decode()


def test_without_captions_there_is_nothing_to_build_from(home, admin_client_sv):
    page = film(home)
    (row,) = rows_of(page)
    response = edit(
        admin_client_sv, page, captions=[row | {"language": "en"}], rebuild_transcript="on"
    )
    assert "rebuild_transcript" in response.context["form"].errors


def test_a_command_that_saves_a_film_builds_it_too(home):
    page = film(home)
    page.transcript = ""
    page.save()
    page.refresh_from_db()
    assert page.transcript == "[0:01] Vi är ett ASF."
    assert page.own_captions.text == VTT


@pytest.mark.parametrize("words", ["<v " * 20_000, f"<v{' ' * 20_000}x", "<v.a" * 20_000])
def test_tags_that_nothing_closes_take_no_time(words):
    started = time.process_time()
    assert from_captions(f"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n{words}\n")
    assert time.process_time() - started < 1
