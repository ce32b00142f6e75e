"""The sections of a chapter: the headings of its text, numbered by the tree, each with an address.

A section begins at a heading of the second level in running text. The headings of fact boxes and
the like belong to the section that they stand in, and have no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

if TYPE_CHECKING:
    from library.models import ChapterPage

HEADING = re.compile(r"<h2(?:\s[^>]*)?>(.*?)</h2>", re.DOTALL)
#: What an anchor begins with, per language, so that no heading takes an id of the page's frame.
ANCHOR = {"sv": "avsnitt", "en": "section"}
ANCHOR_LENGTH = 60  # characters: an address that can be printed


@dataclass(frozen=True)
class Section:
    """A part of a chapter: its number (“3.1”), its heading as plain text, and its ``id``."""

    number: str
    title: str
    anchor: str


class SectionNumbers:
    """Gives each heading of one chapter, in turn, its number and an anchor of its own.

    The anchor follows from the text alone, so that it stands while others come and go; only a
    heading that is there twice gets a number at its end. ``prefix`` tells the chapters on one page
    apart.
    """

    def __init__(self, chapter: int, language: str, prefix: str = "") -> None:
        self.chapter = chapter
        self.language = language
        self.prefix = prefix
        self.found: list[Section] = []

    def add(self, heading: str) -> Section:
        """Return the section that ``heading`` (HTML) begins."""
        title = plain_heading(heading)
        words = slugify(title)[:ANCHOR_LENGTH].strip("-")
        name = f"{self.prefix}{ANCHOR[self.language]}-{words}".rstrip("-")
        taken = {section.anchor for section in self.found}
        anchor, number = name, 2
        while anchor in taken:
            anchor, number = f"{name}-{number}", number + 1
        section = Section(f"{self.chapter}.{len(self.found) + 1}", title, anchor)
        self.found.append(section)
        return section

    def number(self, html: str) -> SafeString:
        """Return ``html`` with its headings numbered; each number is the link to its section."""
        return SafeString(HEADING.sub(self._heading, html))

    def _heading(self, match: re.Match[str]) -> str:
        if not plain_heading(match[1]):
            return ""
        section = self.add(match[1])
        return format_html(
            '<h2 id="{0}"><a class="section-number" href="#{0}">{1}</a> {2}</h2>',
            section.anchor,
            section.number,
            SafeString(match[1]),
        )


def plain_heading(html: str) -> str:
    """Return the text of a heading, with single spaces."""
    return " ".join(unescape(strip_tags(html)).split())


def number_sections(
    html: str, chapter: int, language: str = "sv", prefix: str = ""
) -> tuple[SafeString, list[Section]]:
    """Number the headings of a chapter's running text, which is rendered already."""
    numbers = SectionNumbers(chapter, language, prefix)
    return numbers.number(html), numbers.found


def headings(raw_body: Iterable[Any]) -> list[str]:
    """Return the headings that begin sections, as HTML, from a body's raw data; no query."""
    texts = (block["value"] for block in raw_body if block["type"] == "text")
    return [
        heading for text in texts for heading in HEADING.findall(text) if plain_heading(heading)
    ]


def sections(chapter: ChapterPage) -> list[Section]:
    """Return the sections of a chapter whose ``number`` is known, as its page shows them."""
    numbers = SectionNumbers(chapter.number, chapter.locale.language_code)
    for heading in headings(chapter.body.raw_data):
        numbers.add(heading)
    return numbers.found
