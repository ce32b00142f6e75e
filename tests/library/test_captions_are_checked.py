"""WebVTT is refused with the line that is wrong; what is right is served as it was written."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from library.captions import MAX_BYTES, check_vtt, normalise
from library.models import Captions
from tests.library.factories import VTT, film
from tests.library.film_forms import PUBLISH, edit, rows_of, saved

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


def test_good_captions_at_the_size_limit_pass_and_larger_ones_are_refused():
    cue = "00:00:01.000 --> 00:00:04.000\nHej\n\n"
    check_vtt("WEBVTT\n\n" + cue * 2000)
    with pytest.raises(ValidationError):
        check_vtt("WEBVTT\n\nNOTE " + "x" * MAX_BYTES + "\n\n" + cue)


def test_no_more_errors_are_named_than_anybody_reads():
    text = "WEBVTT\n\n" + "00:00:01,000 --> 00:00:04,000\nHej\n\n" * 500
    with pytest.raises(ValidationError) as error:
        check_vtt(text)
    assert len(error.value.messages) == 20


def test_broken_captions_are_refused_in_the_admin_and_nothing_is_lost(home, admin_client_sv):
    page = film(home, transcript="Hela utskriften.")
    broken = "WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nOrden som inte får försvinna\n"
    row = {"language": "en", "text": broken}
    response = edit(admin_client_sv, page, captions=[*rows_of(page), row])
    html = response.content.decode()
    assert response.status_code == 200
    assert any(
        "3:" in error for error in response.context["form"].formsets["captions"].errors[1]["text"]
    )
    assert "Orden som inte får försvinna" in html
    assert "Hela utskriften." in html
    assert [row.language for row in saved(page).captions.all()] == ["sv"]


def test_good_captions_are_saved_and_published_in_the_admin(home, admin_client_sv):
    page = film(home, publish=False)
    text = VTT.replace("Vi är", "Nu är vi")
    (row,) = rows_of(page)
    row |= {"text": text.replace("\n", "\r\n"), "confirmed": "on"}
    response = edit(admin_client_sv, page, captions=[row], **PUBLISH)
    assert response.status_code == 302, response.context["form"].errors
    assert Captions.objects.get(film=page).text == text


def test_two_rows_in_the_same_language_are_refused(home, admin_client_sv):
    page = film(home)
    rows = [*rows_of(page), {"language": "sv", "text": VTT}]
    assert edit(admin_client_sv, page, captions=rows).status_code == 200
    assert saved(page).captions.count() == 1
