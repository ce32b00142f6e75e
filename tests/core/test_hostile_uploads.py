"""What is sent in with bad luck or bad will is refused beside its field; nothing else is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from wagtail.models import UploadedFile
from wagtailmedia.models import Media

from core.models import CustomDocument, CustomImage
from tests.core import hostile_files as files

LONG_NAME = "å" * 1000
GROWS = "skulle växa utan gräns"
OTHER = "är inte vad namnet säger"
LONG = "namn är för långt"
LARGE = "för stor"
ENDING = "Filändelsen"

Send = Callable[[Any, SimpleUploadedFile], str]


def through_the_form(client, file) -> str:
    response = client.post(
        reverse("wagtaildocs:add"),
        {"title": "Det jag skrev", "file": file, "language": "en", "tags": "garn"},
    )
    assert response.status_code == 200
    html = response.content.decode()
    assert "Det jag skrev" in html
    assert "garn" in html
    assert response.context["form"].errors.keys() == {"file"}
    return html


def many_at_once(client, file) -> str:
    response = client.post(reverse("wagtaildocs:add_multiple"), {"title": "Fil", "files[]": file})
    answer = json.loads(response.content)
    assert answer["success"] is False
    assert not UploadedFile.objects.exists()
    return answer["error_message"]


def through_the_chooser(client, file) -> str:
    prefix = "document-chooser-upload"
    response = client.post(
        reverse("wagtaildocs_chooser:create"),
        {f"{prefix}-title": "Det jag skrev", f"{prefix}-file": file, f"{prefix}-language": "sv"},
    )
    html = json.loads(response.content)["htmlFragment"]
    assert "Det jag skrev" in html
    return html


def in_place_of_another(client, file) -> str:
    before = CustomDocument.objects.create(
        title="Förut", file=SimpleUploadedFile("mall.docx", files.word("Vävstolen"))
    )
    response = client.post(
        reverse("wagtaildocs:edit", args=[before.pk]),
        {"title": "Det jag skrev", "file": file, "language": "sv"},
    )
    html = response.content.decode()
    assert "Det jag skrev" in html
    stored = CustomDocument.objects.get(pk=before.pk)
    assert stored.title == "Förut"
    assert stored.file.storage.exists(stored.file.name)
    stored.delete()
    return html


DOCUMENT_DOORS = [through_the_form, many_at_once, through_the_chooser, in_place_of_another]


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bomb.docx", files.bomb, GROWS),
        ("delar.docx", files.many_members, GROWS),
        ("ord.docx", files.with_entities, GROWS),
        ("bomb.zip", files.bomb, GROWS),
        ("mall.docx", files.scanned, OTHER),
        ("mall.pdf", lambda: files.word("Hej"), OTHER),
        ("sida.pdf", lambda: files.SVG, OTHER),
        ("sida.csv", lambda: b"<html><script>alert(1)</script>", OTHER),
        ("bild.odt", lambda: files.word("Hej"), OTHER),
        ("halv.docx", lambda: files.word("Hej")[:-300], OTHER),
        ("bild.svg", lambda: files.SVG, ENDING),
        ("program.exe", lambda: b"MZ", ENDING),
        (f"{LONG_NAME}.pdf", files.scanned, LONG),
        ("stor.pdf", lambda: files.scanned().ljust(90_000, b" "), LARGE),
    ],
    ids=[
        "bomb", "members", "entities", "zip bomb", "pdf as docx", "docx as pdf", "svg as pdf",
        "html as csv", "docx as odt", "cut off", "svg", "program", "long name", "large",
    ],
)  # fmt: skip
def test_a_document_is_refused_with_what_to_do(
    admin_client_sv, door: Send, name, content, message, monkeypatch
):
    if message == LARGE:
        monkeypatch.setattr(settings, "WAGTAILDOCS_MAX_UPLOAD_SIZE", 80_000)
    assert message in door(admin_client_sv, SimpleUploadedFile(name, content()))
    assert not CustomDocument.objects.exists()


def test_the_words_are_the_editors_own_language(admin_client_sv, superuser):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=superuser, preferred_language="en")
    answer = many_at_once(admin_client_sv, SimpleUploadedFile("a.docx", files.bomb()))
    assert "would grow without measure" in answer


@pytest.mark.parametrize("name", ["mall.docx", "MALL.DOCX"])
def test_what_is_as_it_should_be_is_taken_and_read(admin_client_sv, name):
    file = SimpleUploadedFile(name, files.word("Vävstolen"))
    response = admin_client_sv.post(
        reverse("wagtaildocs:add"), {"title": "Mall", "file": file, "language": "en"}
    )
    assert response.status_code == 302
    document = CustomDocument.objects.get()
    assert (document.text, document.text_state, document.language) == ("Vävstolen", "read", "en")


def test_many_at_once_are_there_at_once_and_their_language_is_asked_for(admin_client_sv):
    file = SimpleUploadedFile("mall.docx", files.word("Vävstolen"))
    response = admin_client_sv.post(
        reverse("wagtaildocs:add_multiple"), {"title": "Mall", "files[]": file}
    )
    answer = json.loads(response.content)
    document = CustomDocument.objects.get()
    assert answer["doc_id"] == document.pk
    assert (document.text, document.language) == ("Vävstolen", "sv")
    prefix = f"doc-{document.pk}"
    assert f'name="{prefix}-language"' in answer["form"]
    admin_client_sv.post(
        reverse("wagtaildocs:edit_multiple", args=[document.pk]),
        {f"{prefix}-title": "Mall", f"{prefix}-language": "en"},
    )
    document.refresh_from_db()
    assert document.language == "en"


@pytest.mark.parametrize(
    ("content", "warning"),
    [(files.scanned, "ingen text i filen"), (files.locked, "gick inte att läsa")],
    ids=["scanned", "locked"],
)
def test_a_document_that_cannot_be_read_is_taken_with_a_warning(admin_client_sv, content, warning):
    file = SimpleUploadedFile("mall.pdf", content())
    response = admin_client_sv.post(
        reverse("wagtaildocs:add_multiple"), {"title": "Mall", "files[]": file}
    )
    answer = json.loads(response.content)
    assert answer["success"] is True
    assert warning in answer["form"]
    document = CustomDocument.objects.get()
    for address in (
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs_chooser:choose_results"),
    ):
        assert warning in admin_client_sv.get(address).content.decode(), address
    document.text_state = "read"
    document.save(update_fields=["text_state"])
    edit = admin_client_sv.get(reverse("wagtaildocs:edit", args=[document.pk]))
    assert warning not in edit.content.decode()


def test_a_file_that_does_not_fit_in_memory_is_taken(admin_client_sv):
    size = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1
    file = SimpleUploadedFile("stor.pdf", files.scanned().ljust(size, b" "))
    response = admin_client_sv.post(
        reverse("wagtaildocs:add"), {"title": "Stor", "file": file, "language": "sv"}
    )
    assert response.status_code == 302
    assert CustomDocument.objects.get().file_size == size


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10_000)
def test_more_text_than_a_form_may_hold_is_refused(admin_client_sv):
    file = SimpleUploadedFile("mall.docx", files.word("Vävstolen"))
    response = admin_client_sv.post(
        reverse("wagtaildocs:add"), {"title": "x" * 20_000, "file": file, "language": "sv"}
    )
    assert response.status_code == 400
    assert not CustomDocument.objects.exists()


def picture_by_form(client, file) -> str:
    response = client.post(
        reverse("wagtailimages:add"), {"title": "Det jag skrev", "file": file, "description": "x"}
    )
    html = response.content.decode()
    assert "Det jag skrev" in html
    return html


def pictures_at_once(client, file) -> str:
    response = client.post(
        reverse("wagtailimages:add_multiple"), {"title": "Bild", "files[]": file}
    )
    answer = json.loads(response.content)
    assert answer["success"] is False
    return answer["error_message"]


def picture_by_chooser(client, file) -> str:
    prefix = "image-chooser-upload"
    data = {f"{prefix}-title": "Det jag skrev", f"{prefix}-file": file}
    response = client.post(reverse("wagtailimages_chooser:create"), data)
    html = json.loads(response.content)["htmlFragment"]
    assert "Det jag skrev" in html
    return html


@pytest.mark.parametrize("door", [picture_by_form, pictures_at_once, picture_by_chooser])
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bild.svg", files.SVG, "Format som stöds"),
        ("bild.png", files.SVG, "matchar inte"),
        ("bild.png", b"<html>", "giltig bild"),
        (f"{LONG_NAME}.png", files.SVG, LONG),
    ],
    ids=["svg", "svg as png", "html as png", "long name"],
)
def test_a_picture_that_is_none_is_refused(admin_client_sv, door: Send, name, content, message):
    assert message in door(admin_client_sv, SimpleUploadedFile(name, content))
    assert not CustomImage.objects.exists()
    assert not UploadedFile.objects.exists()


def film_by_form(client, file, kind="video", **more) -> str:
    response = client.post(
        reverse("wagtailmedia:add", args=[kind]),
        {"title": "Det jag skrev", "file": file, "duration": "10", **more},
    )
    html = response.content.decode()
    assert "Det jag skrev" in html
    return html


def film_by_chooser(client, file, kind="video", **more) -> str:
    prefix = "media-chooser-upload"
    data = {"title": "Det jag skrev", "file": file, "duration": "10", **more}
    response = client.post(
        reverse("wagtailmedia:chooser_upload", args=[kind]),
        {f"{prefix}-{name}": value for name, value in data.items()},
    )
    html = json.loads(response.content)["html"]
    assert "Det jag skrev" in html
    return html


@pytest.mark.parametrize("door", [film_by_form, film_by_chooser])
@pytest.mark.parametrize(
    ("kind", "name", "content", "message"),
    [
        ("video", "film.mp4", b"<html><script>", OTHER),
        ("video", "film.webm", files.mp4(), OTHER),
        ("video", "film.svg", files.SVG, ENDING),
        ("video", "film.mp4", files.mp4(2_000), LARGE),
        ("video", f"{LONG_NAME}.mp4", files.mp4(), LONG),
        ("audio", "ljud.mp3", files.SVG, OTHER),
        ("audio", "ljud.mp4", files.mp4(), ENDING),
    ],
    ids=["html", "mp4 as webm", "svg", "large", "long name", "svg as mp3", "film as sound"],
)
@override_settings(FILM_MAX_UPLOAD_SIZE=1_000)
def test_a_film_is_refused_with_what_to_do(admin_client_sv, door, kind, name, content, message):
    html = door(admin_client_sv, SimpleUploadedFile(name, content), kind)
    assert html.count(message) == 1
    assert "Filändelsen “”" not in html
    assert not Media.objects.exists()


@pytest.mark.parametrize("door", [film_by_form, film_by_chooser])
def test_a_films_picture_is_a_picture(admin_client_sv, door):
    film = SimpleUploadedFile("film.mp4", files.mp4())
    html = door(admin_client_sv, film, thumbnail=SimpleUploadedFile("bild.png", files.SVG))
    assert OTHER in html
    assert not Media.objects.exists()


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("video", "film.mp4", files.mp4()),
        ("video", "film.webm", b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"),
        ("audio", "ljud.m4a", files.mp4()),
        ("audio", "ljud.mp3", b"ID3\x04" + bytes(20)),
        ("audio", "ljud.mp3", b"\xff\xfb\x90\x64"),
        ("audio", "ljud.ogg", b"OggS\x00"),
    ],
)
def test_films_and_sound_are_taken(admin_client_sv, kind, name, content):
    response = admin_client_sv.post(
        reverse("wagtailmedia:add", args=[kind]),
        {"title": "Film", "file": SimpleUploadedFile(name, content), "duration": "10"},
    )
    assert response.status_code == 302
    assert Media.objects.get().type == kind
