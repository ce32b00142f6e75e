"""WebVTT is refused with the line that is wrong; what is right is served as it was written."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from library.captions import check_vtt, normalise
from library.models import Captions, FilmPage
from tests.library.factories import VTT, add, library

GOOD = """WEBVTT – Vad är ett ASF?

NOTE Textat av oss

STYLE
::cue { color: yellow }

1
00:00:01.000 --> 00:00:04.000 align:start
– Vi säljer varor och tjänster.
– Och tjänster!

01:00:05.500 --> 01:00:09.000
Hej då.
"""


def test_good_captions_pass():
    check_vtt(normalise(GOOD))


def test_windows_line_ends_and_byte_order_mark_are_taken_away():
    text = normalise("\ufeff" + GOOD.replace("\n", "\r\n"))
    check_vtt(text)
    assert "\r" not in text
    assert text.startswith("WEBVTT")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("00:00:01.000 --> 00:00:04.000\nHej\n", 1),
        ("WEBVTTX\n\n00:00:01.000 --> 00:00:04.000\nHej\n", 1),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nHej\n", 3),
        ("WEBVTT\n\n1\n00:00:01.000 -> 00:00:04.000\nHej\n", 3),
        ("WEBVTT\n\n1\n0:0:1.0 --> 00:00:04.000\nHej\n", 4),
        ("WEBVTT\n\n00:00:04.000 --> 00:00:01.000\nHej\n", 3),
        ("WEBVTT\n\n00:00:04.000 --> 00:00:04.000\nHej\n", 3),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n\nHej\n", 3),
        ("WEBVTT\n\n00:00:05.000 --> 00:00:06.000\nA\n\n00:00:01.000 --> 00:00:02.000\nB\n", 6),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA\n00:00:03.000 --> 00:00:04.000\nB\n", 3),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000 slant:left\nA\n", 3),
    ],
)
def test_the_message_names_the_line(text, line):
    with pytest.raises(ValidationError) as error:
        check_vtt(normalise(text))
    assert error.value.messages[0].startswith(f"Rad {line}:") or error.value.messages[0].startswith(
        f"Line {line}:"
    )


def test_every_wrong_line_is_named_at_once():
    text = (
        "WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nHej\n\n"
        "00:00:05.000 --> 00:00:06.000\nBra\n\nlösa ord\n"
    )
    with translation.override("en"), pytest.raises(ValidationError) as error:
        check_vtt(text)
    assert [message.split(":")[0] for message in error.value.messages] == ["Line 3", "Line 9"]


@pytest.mark.parametrize("text", ["", "WEBVTT\n", "WEBVTT\n\nNOTE bara en anteckning\n"])
def test_captions_without_captions_are_refused(text):
    with pytest.raises(ValidationError):
        check_vtt(normalise(text))


def form_data(**changes):
    """What the edit view posts for a film with one row of captions."""
    return nested_form_data(
        {
            "title": "Filmen",
            "slug": "filmen",
            "introduction": "Om filmen.",
            "film_kind": "film",
            "series": "other",
            "video": "",
            "duration": "200",
            "recorded_on": "",
            "speakers": streamfield([]),
            "body": streamfield([]),
            "transcript": rich_text("<p>Hela utskriften.</p>"),
            "captions": inline_formset([{"language": "sv", "text": VTT}]),
            "comments": inline_formset([]),
            "themes": [],
            "tags": "",
            "audience": [],
            **changes,
        }
    )


def test_broken_captions_are_refused_in_the_admin_and_nothing_is_lost(home, admin_client_sv):
    film = add(library(home), FilmPage, title="Filmen", slug="filmen")
    broken = "WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nOrden som inte får försvinna\n"
    response = admin_client_sv.post(
        f"/admin/pages/{film.pk}/edit/",
        form_data(captions=inline_formset([{"language": "sv", "text": broken}])),
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "Rad 3:" in page
    assert "Orden som inte får försvinna" in page
    assert "Hela utskriften." in page
    assert not Captions.objects.exists()


def test_good_captions_are_saved_and_published_in_the_admin(home, admin_client_sv):
    film = add(library(home), FilmPage, title="Filmen", slug="filmen")
    data = form_data() | {"action-publish": "1"}
    response = admin_client_sv.post(f"/admin/pages/{film.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    assert Captions.objects.get().text == VTT


def test_two_rows_in_the_same_language_are_refused(home, admin_client_sv):
    film = add(library(home), FilmPage, title="Filmen", slug="filmen")
    rows = [{"language": "sv", "text": VTT}, {"language": "sv", "text": VTT}]
    response = admin_client_sv.post(
        f"/admin/pages/{film.pk}/edit/", form_data(captions=inline_formset(rows))
    )
    assert response.status_code == 200
    assert not Captions.objects.exists()
