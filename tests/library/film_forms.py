"""What the editor of films posts."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from library.models import Captions, FilmPage

PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}
FORMSETS = ("captions", "descriptions", "comments")


def rows_of(film: FilmPage) -> list[dict[str, Any]]:
    """The rows of captions as the editor shows them: what is confirmed is ticked, for its words."""
    return [
        {"id": row.pk or "", "language": row.language, "text": row.text}
        | ({"confirmed": row.confirmed_digest} if row.is_confirmed else {})
        for row in film.captions.all()
    ]


def without(film: FilmPage) -> list[dict[str, Any]]:
    """The rows of captions with all of them deleted."""
    return [row | {"DELETE": "1"} for row in rows_of(film)]


def form_of(film: FilmPage, **changes: Any) -> dict[str, Any]:
    """The edit form of ``film`` as it is shown, with ``changes``; lists are rows of child forms."""
    film = film.get_latest_revision_as_object() if film.pk else film
    fields: dict[str, Any] = {
        "title": film.title,
        "slug": film.slug,
        "film_kind": film.film_kind,
        "video": film.video_id or "",
        "external_url": film.external_url,
        "duration": film.duration or "",
        "audio_description": film.audio_description,
        "described_video": film.described_video_id or "",
        "description_reason": film.description_reason,
        "description_due_on": film.description_due_on or "",
        "transcript": film.transcript,
        "chapters": streamfield([]),
        "speakers": streamfield([]),
        "body": streamfield([]),
        "tags": "",
        "comment_notifications": "",
        "captions": rows_of(film),
        "descriptions": [],
        "comments": [],
    } | changes
    for name in FORMSETS:
        rows = fields[name]
        initial = sum(1 for row in rows if row.get("id"))
        fields[name] = inline_formset(rows, initial=initial)
    data: dict[str, Any] = nested_form_data(fields)
    return {name: value for name, value in data.items() if value is not None}


def edit(client: Any, film: FilmPage, **changes: Any) -> Any:
    """Post the edit form of ``film``."""
    url = reverse("wagtailadmin_pages:edit", args=[film.pk])
    return client.post(url, form_of(film, **changes))


def saved(film: FilmPage) -> FilmPage:
    """The film as it was last saved, draft or not."""
    newest: FilmPage = FilmPage.objects.get(pk=film.pk).get_latest_revision_as_object()
    return newest


def captions_of(film: FilmPage) -> Captions:
    """The film's own captions as they were last saved."""
    captions = saved(film).own_captions
    assert captions is not None
    return captions


def vtt_file(content: bytes | str, name: str = "film.vtt") -> SimpleUploadedFile:
    """A file that is uploaded."""
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data, content_type="text/vtt")
