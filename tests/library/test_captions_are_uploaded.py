"""Text tracks come as files too: what is wrong with a file is said beside it, nothing is lost."""

from __future__ import annotations

import pytest

from library.captions import MAX_BYTES
from tests.library.factories import VTT, film
from tests.library.film_forms import PUBLISH, captions_of, edit, rows_of, saved, vtt_file

OTHER = VTT.replace("Vi är", "Vi har blivit")
BROKEN = "WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nHej\n"
HOSTILE = {
    "broken": (vtt_file(BROKEN), "3:"),
    "too large": (vtt_file(VTT + "\n" * MAX_BYTES), "1,0"),
    "latin-1": (vtt_file("WEBVTT\n\n00:01.000 --> 00:02.000\nÅ\n".encode("latin-1")), "4:"),
    "utf-16": (vtt_file(VTT.encode("utf-16")), "UTF-8"),
    "binary": (vtt_file(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "UTF-8"),
    "empty": (vtt_file(b""), ""),
    "a film": (vtt_file(b"\x00\x00\x00\x18ftypmp42", "film.mp4"), "UTF-8"),
    "subtitles of another kind": (vtt_file("1\n00:00:01,000 --> 00:00:02,000\nHej\n"), "1:"),
}


def with_upload(page, file, **changes):
    (row, *_others) = rows_of(page)
    row = {name: value for name, value in row.items() if name != "confirmed"} | changes
    return {"captions": [row], "captions-0-upload": file}


def test_an_uploaded_file_replaces_the_text(home, admin_client_sv):
    page = film(home)
    file = vtt_file("\ufeff" + OTHER.replace("\n", "\r\n"))
    assert edit(admin_client_sv, page, **with_upload(page, file)).status_code == 302
    assert captions_of(page).text == OTHER


def test_a_new_row_needs_nothing_but_the_file(home, admin_client_sv):
    page = film(home)
    rows = [*rows_of(page), {"language": "en", "text": ""}]
    response = edit(admin_client_sv, page, captions=rows, **{"captions-1-upload": vtt_file(OTHER)})
    assert response.status_code == 302, response.context["form"].formsets["captions"].errors
    assert {row.language: row.text for row in saved(page).captions.all()} == {
        "sv": VTT,
        "en": OTHER,
    }


def test_a_row_without_text_and_file_says_so(home, admin_client_sv):
    page = film(home)
    rows = [*rows_of(page), {"language": "en", "text": ""}]
    response = edit(admin_client_sv, page, captions=rows)
    assert list(response.context["form"].formsets["captions"].errors[1]) == ["text"]


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_wrong_with_a_file_is_said_beside_it_and_nothing_is_lost(
    home, admin_client_sv, kind
):
    page = film(home)
    file, words = HOSTILE[kind]
    file.seek(0)
    response = edit(admin_client_sv, page, transcript="Nyskriven.", **with_upload(page, file))
    assert response.status_code == 200
    (errors,) = response.context["form"].formsets["captions"].errors
    assert list(errors) == ["upload"]
    assert words in errors["upload"][0]
    html = response.content.decode()
    assert "Nyskriven." in html
    assert "Vi är ett ASF." in html
    assert captions_of(page).text == VTT


def test_a_name_of_a_thousand_characters_is_no_hindrance(home, admin_client_sv):
    page = film(home)
    file = vtt_file(OTHER, "å" * 996 + ".vtt")
    assert edit(admin_client_sv, page, **with_upload(page, file)).status_code == 302
    assert captions_of(page).text == OTHER


def test_an_uploaded_text_is_kept_when_something_else_in_the_form_is_wrong(home, admin_client_sv):
    page = film(home)
    response = edit(admin_client_sv, page, title="", **with_upload(page, vtt_file(OTHER)))
    assert response.status_code == 200
    assert "Vi har blivit ett ASF." in response.content.decode()


def test_descriptions_are_uploaded_and_checked_in_the_same_way(home, admin_client_sv):
    page = film(home)
    row = {"language": "sv", "text": ""}
    name = "descriptions-0-upload"
    refused = edit(admin_client_sv, page, descriptions=[row], **{name: vtt_file(BROKEN)})
    assert list(refused.context["form"].formsets["descriptions"].errors[0]) == ["upload"]
    accepted = edit(admin_client_sv, page, descriptions=[row], **{name: vtt_file(OTHER)}, **PUBLISH)
    assert accepted.status_code == 302
    assert page.descriptions.get().text == OTHER


def test_the_form_can_carry_files(home, admin_client_sv):
    html = admin_client_sv.get(f"/admin/pages/{film(home).pk}/edit/").content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert 'name="captions-0-upload"' in html
    assert 'accept=".vtt,text/vtt"' in html


def test_saving_in_the_background_puts_the_uploaded_text_in_its_field(home, admin_client_sv):
    page = film(home)
    from tests.library.film_forms import form_of

    response = admin_client_sv.post(
        f"/admin/pages/{page.pk}/edit/",
        form_of(page, **with_upload(page, vtt_file(OTHER))),
        headers={"accept": "application/json"},
    )
    updates = response.json()["field_updates"]
    assert updates["captions-0-text"] == OTHER
    assert updates["captions-0-upload"] == ""
