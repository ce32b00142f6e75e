"""Pages of the library for tests, where a page needs its place in the tree."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from wagtail.models import Collection, Page
from wagtailmedia.models import Media

from core.models import CustomDocument, Theme
from library.models import (
    Captions,
    ChapterPage,
    FilmPage,
    GlossaryTerm,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    LibraryIndexPage,
    TemplatePage,
)

P = TypeVar("P", bound=Page)

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nVi är ett ASF.\n"
PAGE_TYPES = [
    FilmPage,
    HandbookPage,
    GuidancePage,
    TemplatePage,
    ImpactStoryPage,
    ImpactReportPage,
]
REQUIRED: dict[type[Page], dict[str, Any]] = {ImpactReportPage: {"year": 2022}}


def stream(*blocks: tuple[str, Any]) -> str:
    """Return the JSON data of a stream of ``(type, value)`` blocks."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def add(parent: Page, model: type[P], *, publish: bool = True, **fields: Any) -> P:
    """Put a page under ``parent``; ``themes`` are set as well, and what a film must have."""
    themes = fields.pop("themes", [])
    captions = fields.pop("captions", [])
    complete = fields.pop("complete", True)
    fields = {"title": model.__name__, "locale": parent.locale} | REQUIRED.get(model, {}) | fields
    page = model(**fields, live=False)
    if themes:
        page.themes = themes
    for language, text in captions:
        page.captions.add(Captions(language=language, text=text, confirmed=True))
    if isinstance(page, FilmPage) and complete:
        complete_film(page)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
        page.refresh_from_db()
    return page


def complete_film(film: FilmPage) -> None:
    """Give a film, in memory, what it must have to be public and does not have yet."""
    if not film.video_id and not film.external_url:
        film.video = video()
    if film.own_captions is None:
        language = film.locale.language_code
        film.captions.add(Captions(language=language, text=VTT, confirmed=True))
    film.transcript = film.transcript or "Allt som sägs."
    if not film.audio_description:
        film.audio_description = "not_needed"
        film.description_reason = "Allt som syns sägs också."


def film(home: Page, **fields: Any) -> FilmPage:
    """A film that may be published, in a library of its own."""
    return add(library(home), FilmPage, **{"title": "Filmen", "slug": "filmen"} | fields)


def library(home: Page) -> LibraryIndexPage:
    """The library under the home page."""
    return add(home, LibraryIndexPage, title="Kunskapsbank", slug="kunskapsbank")


def handbook(home: Page, chapters: int, **fields: Any) -> HandbookPage:
    """A handbook with this many chapters, in a library of its own."""
    book = add(library(home), HandbookPage, title="Att bli ett ASF", slug="boken")
    for number in range(1, chapters + 1):
        add(
            book,
            ChapterPage,
            title=f"Kapitlet {'ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ'[number - 1]}",
            slug=f"kapitel-{number}",
            **fields,
        )
    book.refresh_from_db()
    return book


def theme(slug: str, locale: Any, name: str = "", **fields: Any) -> Theme:
    """A development area."""
    return Theme.objects.create(
        name=name or slug.capitalize(), slug=slug, summary="Om området.", locale=locale, **fields
    )


def ensure_collection() -> None:
    """Let there be a place for files in a database that an earlier test has emptied."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def video(name: str = "film.mp4", content: bytes = b"0123456789") -> Media:
    """A film file."""
    ensure_collection()
    return Media.objects.create(
        title="Film", type="video", duration=200, file=ContentFile(content, name=name)
    )


def document(title: str = "Mall", name: str = "mall.docx", **fields: Any) -> CustomDocument:
    """A document to download."""
    ensure_collection()
    return CustomDocument.objects.create(
        title=title, file=ContentFile(b"x" * 2048, name=name), file_size=2048, **fields
    )


def word(
    term: str, definition: str = "Vad ordet betyder.", *, locale: Any, forms: str = ""
) -> GlossaryTerm:
    """A word of the glossary."""
    return GlossaryTerm.objects.create(term=term, definition=definition, forms=forms, locale=locale)


def chapter_of(book: HandbookPage, slug: str, *texts: str, **fields: Any) -> ChapterPage:
    """A chapter whose body is these pieces of running text (HTML)."""
    body = stream(*(("text", text) for text in texts))
    return add(book, ChapterPage, slug=slug, body=body, **({"title": slug.capitalize()} | fields))
