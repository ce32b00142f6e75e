"""A book as PDF/UA-1 (ISO 14289-1), set by Typst."""

from __future__ import annotations

import dataclasses
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from core.typesetting import compile_typst, printable, printable_part, qr_code
from library import short_addresses
from library.books.nodes import Book, Box, Figure, Film, Link, Node, Run

TYPST = Path(__file__).parent.parent / "typst"
AUTHOR = "ASF Lyfter"
#: The title in the running head is cut, so that the chapter's has room beside it.
LONGEST_RUNNING_TITLE = 48  # characters
COVER_DPI = 180  # 1198 × 1694 pixels


def pdf_of(book: Book) -> bytes:
    """Return the book as PDF. Raises ``typst.TypstError``, or ``OSError`` for a picture."""
    pictures = read_pictures(book)
    with translation.override(book.language):
        data = describe(book, {name: file for name, (file, _content) in pictures.items()})
    return compile_typst(TYPST / "book.typ", "pdf", data, dict(pictures.values()))


def cover_of(book: Book) -> bytes:
    """Return the book's cover as PNG."""
    with translation.override(book.language):
        return compile_typst(TYPST / "picture.typ", "png", describe_cover(book), ppi=COVER_DPI)


def read_pictures(book: Book) -> dict[str, tuple[str, bytes]]:
    """Map each picture's name in the storage to a short file name and its content."""
    found = {}
    for number, name in enumerate(book.pictures(), start=1):
        with default_storage.open(name) as file:
            found[name] = (f"picture-{number}{PurePosixPath(name).suffix}", file.read())
    return found


def describe_cover(book: Book) -> dict[str, Any]:
    """Return what the cover shows."""
    return {
        "language": book.language,
        "author": AUTHOR,
        "document_title": printable(book.title),
        "title": printable(book.title),
        "introduction": printable(book.introduction),
        "edition": printable(book.edition),
    }


def describe(book: Book, files: dict[str, str]) -> dict[str, Any]:
    """Return what ``book.typ`` shows, every text in the book's language; ``files`` by picture."""
    title = printable(book.title)
    setter = Setter(book, files)
    return describe_cover(book) | {
        "short_title": title if len(title) <= LONGEST_RUNNING_TITLE else AUTHOR,
        "keywords": [printable(word) for word in book.keywords],
        "imprint": imprint(book),
        "qr": qr_code(book.short_url),
        "qr_alt": qr_alt(book.short_url),
        "short_url": book.short_url,
        "short_shown": short_addresses.shown(book.short_url),
        "words": {
            "contents": gettext("Contents"),
            "preface": gettext("About the book"),
            "glossary": gettext("Words in the book"),
            "page": pgettext("in a book", "Page"),
            "read_on_web": gettext("Read, watch and listen on the web:"),
        },
        "preface": setter.all(book.preface),
        "chapters": [
            {
                "title": printable(chapter.title),
                "introduction": printable(chapter.introduction),
                "running": gettext("Chapter %(number)d") % {"number": chapter.number},
                "anchor": chapter.anchor,
                "nodes": setter.all(chapter.nodes),
            }
            for chapter in book.chapters
        ],
        "glossary": [
            {"term": printable(word.term), "definition": printable(word.definition)}
            for word in book.glossary
        ],
    }


def imprint(book: Book) -> list[list[dict[str, str]]]:
    """Return what the book says of itself: who made it, when and how, whom to ask for other forms.

    Each line is in parts of text, which are links where they have an address.
    """
    day = date_format(timezone.localtime(book.made_at), "j F Y")
    published = gettext("Published by %(publisher)s.") % {"publisher": book.publisher}
    made = gettext(
        "This file was made on %(day)s from the text on the web, where the newest stands."
    )
    ask = gettext("Do you need the book in another form? Write to")
    lines = [
        [(published, "")] if book.publisher else [],
        [(made % {"day": day}, "")],
        [(f"{ask} ", ""), (book.contact, f"mailto:{book.contact}")] if book.contact else [],
        [
            (
                gettext(
                    "The file is tagged for screen readers (PDF/UA-1). The typeface is Atkinson "
                    "Hyperlegible, drawn for those who see poorly."
                ),
                "",
            )
        ],
    ]
    return [
        [{"text": printable_part(text), "url": url} for text, url in line] for line in lines if line
    ]


def qr_alt(url: str) -> str:
    """Return what a code is to those who do not see it."""
    return gettext("QR code that leads to %(url)s") % {"url": url}


class Setter:
    """Turns nodes into the values that ``nodes.typ`` reads."""

    def __init__(self, book: Book, files: dict[str, str]) -> None:
        self.files = files
        self.anchors = {f"#{chapter.anchor}" for chapter in book.chapters}
        if book.preface:
            self.anchors.add("#preface")

    def all(self, nodes: list[Node]) -> list[dict[str, Any]]:
        """Return the values of the nodes that can be shown."""
        return [self.one(node) for node in nodes]

    def one(self, node: Node) -> dict[str, Any]:
        """Return the node as values, every text with only what the typeface has."""
        values = self.value(node) | {"kind": node.kind}
        if isinstance(node, Figure):
            values |= {"file": self.files[node.name]}
        elif isinstance(node, Film):
            values |= describe_film(node)
        elif isinstance(node, Box):
            values |= {"nodes": self.all(node.nodes)}
        return values

    def value(self, item: Any) -> Any:
        """Return a node's part as JSON knows it."""
        if isinstance(item, Run):
            return self.run(item)
        if isinstance(item, str):
            return printable(item)
        if isinstance(item, list):
            return [self.value(part) for part in item]
        if dataclasses.is_dataclass(item):
            values = {f.name: self.value(getattr(item, f.name)) for f in dataclasses.fields(item)}
            return values | self.addresses(item)
        return item

    def run(self, run: Run) -> dict[str, Any]:
        text = run.text if run.text == "\n" else printable_part(run.text)
        return {"text": text, "bold": run.bold, "italic": run.italic, "url": self.url(run.url)}

    def addresses(self, item: Any) -> dict[str, Any]:
        """Return what is an address in the node: it is shown to nobody as it stands."""
        if isinstance(item, Link):
            shown = "" if item.url.startswith("#") else printable(short_addresses.shown(item.url))
            return {"url": self.url(item.url), "shown": shown}
        return {}

    def url(self, url: str) -> str:
        """Return the address; ``""`` for a place that is not in the book."""
        return "" if url.startswith("#") and url not in self.anchors else url


def describe_film(film: Film) -> dict[str, Any]:
    """Return what a film's place in the book says."""
    facts = [film.kind_of_film, film.length]
    return {
        "label": printable(", ".join(fact for fact in facts if fact)),
        "begin": gettext("Begins at %(time)s.") % {"time": film.start} if film.start else "",
        "hint": gettext("See the film: point your phone at the code, or write"),
        "short_url": film.short_url,
        "short_shown": printable(short_addresses.shown(film.short_url)),
        "qr": qr_code(film.short_url),
        "qr_alt": qr_alt(film.short_url),
    }
