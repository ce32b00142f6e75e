"""A book as EPUB 3.3 (W3C Recommendation) that meets EPUB Accessibility 1.1 at WCAG 2.2 AA."""

from __future__ import annotations

import io
import mimetypes
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from core.text import xml_text
from library.books.nodes import Book, Heading, Node
from library.books.pdf import AUTHOR, cover_of

TEMPLATES = "library/epub"
#: The container's first file, stored as it is, tells what it is (OCF 3.3 § 4.3).
MEDIA_TYPE = "application/epub+zip"
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="book/package.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


@dataclass(frozen=True)
class Picture:
    """A picture: its id and file name in the book, its media type, its name in the storage."""

    id: str
    file: str
    media_type: str
    stored: str


def epub_of(book: Book) -> bytes:
    """Return the book as an EPUB. Raises ``OSError`` when a picture cannot be read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        with translation.override(book.language):
            for name, content in files_of(book):
                archive.writestr(name, content)
    return made.getvalue()


def files_of(book: Book) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name and the content of every file but the first."""
    pictures = pictures_of(book)
    documents = ["cover", "imprint", *(["preface"] if book.preface else [])]
    documents += [chapter.anchor for chapter in book.chapters]
    documents += ["glossary"] if book.glossary else []
    context = {
        "book": book,
        "author": AUTHOR,
        "documents": documents,
        "pictures": pictures.values(),
        "files": {stored: picture.file for stored, picture in pictures.items()},
        "modified": modified(book),
        "places": places(book),
    }
    yield "META-INF/container.xml", CONTAINER
    yield "book/package.opf", render("package.opf", context)
    yield "book/nav.xhtml", render("nav.xhtml", context)
    yield "book/book.css", render("book.css", context)
    yield "book/cover.png", cover_of(book)
    for picture in pictures.values():
        with default_storage.open(picture.stored) as file:
            yield f"book/{picture.file}", file.read()
    for name in documents:
        if not name.startswith("chapter-"):
            yield f"book/{name}.xhtml", render(f"{name}.xhtml", context)
    for chapter in book.chapters:
        yield (
            f"book/{chapter.anchor}.xhtml",
            render("chapter.xhtml", context | {"chapter": chapter}),
        )


def render(name: str, context: dict[str, Any]) -> str:
    """Return a file of the book, without the control characters that no XML may hold."""
    return xml_text(render_to_string(f"{TEMPLATES}/{name}", context))


def pictures_of(book: Book) -> dict[str, Picture]:
    """Map each picture's name in the storage to what it is in the book."""
    return {
        stored: Picture(
            id=f"picture-{number}",
            file=f"picture-{number}{PurePosixPath(stored).suffix}",
            media_type=mimetypes.guess_type(stored)[0] or "image/jpeg",
            stored=stored,
        )
        for number, stored in enumerate(book.pictures(), start=1)
    }


def places(book: Book) -> dict[str, str]:
    """Map each place that a link within the book may lead to, to the file where it is."""
    found = {f"#{chapter.anchor}": f"{chapter.anchor}.xhtml" for chapter in book.chapters}
    return found | ({"#preface": "preface.xhtml"} if book.preface else {})


def sections_of(nodes: list[Node]) -> list[Heading]:
    """Return the headings of a chapter that begin a numbered section."""
    return [node for node in nodes if isinstance(node, Heading) and node.number]


def modified(book: Book) -> str:
    """Return when the book was made as EPUB 3.3 § 5.5.3.2 writes it: ``2026-11-22T00:00:00Z``."""
    return book.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
