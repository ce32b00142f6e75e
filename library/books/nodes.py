"""What a book consists of, whatever it is made into: a plain tree of nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class Run:
    """A piece of running text; ``url`` is a whole address, or ``#chapter-3`` within the book.

    A line break is the text ``"\\n"``.
    """

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True)
class Node:
    """Something that stands in a chapter; ``kind`` names it to templates and Typst."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Heading(Node):
    """A heading of level 2 to 4 (1 is the chapter's own); ``number`` is “3.1” or empty."""

    kind = "heading"
    level: int
    runs: list[Run]
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph(Node):
    """A paragraph of running text."""

    kind = "paragraph"
    runs: list[Run]


@dataclass(frozen=True)
class Item:
    """One item of a list, with the lists that stand under it."""

    runs: list[Run]
    lists: list[List] = field(default_factory=list)


@dataclass(frozen=True)
class List(Node):
    """A list with bullets, or with numbers from 1."""

    kind = "list"
    ordered: bool
    items: list[Item]


@dataclass(frozen=True)
class Figure(Node):
    """A picture: its JPEG's name in the storage, and alt text, ``""`` when it is decorative.

    ``ratio`` is its width through its height.
    """

    kind = "figure"
    name: str
    ratio: float
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Quote(Node):
    """Somebody's words."""

    kind = "quote"
    text: str
    attribution: str


@dataclass(frozen=True)
class Box(Node):
    """Facts set apart from the text."""

    kind = "box"
    heading: Heading
    nodes: list[Node]


@dataclass(frozen=True)
class Table(Node):
    """A table whose first row and first column are headers; every row is as long as ``columns``."""

    kind = "table"
    caption: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class KeyFigure:
    """A figure as it is read, what it counts, and where it comes from."""

    value: str
    label: str
    source: str


@dataclass(frozen=True)
class KeyFigures(Node):
    """A row of figures."""

    kind = "key_figures"
    items: list[KeyFigure]


@dataclass(frozen=True)
class Link:
    """Something to read or take elsewhere; ``note`` says what it is (“DOCX, 24 kB, Swedish”)."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Links(Node):
    """A heading, perhaps a sentence, and where to go from there."""

    kind = "links"
    heading: Heading
    text: str
    links: list[Link]


@dataclass(frozen=True)
class Film(Node):
    """A film that is seen by scanning a code or typing a short address.

    ``url`` is the film's own page; ``short_url`` is what the code says; both lead to ``start``,
    a time in the film (“1:23”) or empty.
    """

    kind = "film"
    title: str
    kind_of_film: str
    length: str
    start: str
    url: str
    short_url: str


@dataclass(frozen=True)
class Chapter:
    """A chapter; its number is from 1, ``anchor`` is ``chapter-3``."""

    number: int
    title: str
    introduction: str
    anchor: str
    nodes: list[Node]


@dataclass(frozen=True)
class Term:
    """A word of the glossary."""

    term: str
    definition: str


@dataclass(frozen=True)
class Book:
    """A handbook with all that stands in it.

    ``good_until`` is the last day that those in its pictures have said yes to, or None.
    """

    pk: int
    title: str
    introduction: str
    edition: str
    language: str
    url: str
    short_url: str
    publisher: str
    contact: str
    keywords: list[str]
    preface: list[Node]
    chapters: list[Chapter]
    glossary: list[Term]
    made_at: datetime
    good_until: date | None
    identifier: str

    def pictures(self) -> list[str]:
        """Return the names in the storage of the book's pictures, each once, in order."""
        nodes = [
            node for part in (self.preface, *(c.nodes for c in self.chapters)) for node in part
        ]
        return list(dict.fromkeys(node.name for node in nodes if isinstance(node, Figure)))
