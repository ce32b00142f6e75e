"""Rich text that a person types in a plain field, there and back without loss.

An empty line begins a paragraph, “-” or “1.” a list. ``**bold**``, ``_italic_`` and
``[text](https://…)`` are what the admin's editor offers beside those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby

from django.utils.html import escape

from asflist.rich_text import clean_html

LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|tel:)[^\s()]+|(?:page|document):\d+)\)")
INTERNAL = re.compile(r"(page|document):(\d+)")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)")
BULLET = re.compile(r"[-•*–]\s+(?=\S)")
NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
MARKS = {"b": "**", "strong": "**", "i": "_", "em": "_"}


def to_html(text: str) -> str:
    """Return plain ``text`` as the HTML that ``asflist.rich_text`` allows; "" for no words."""
    lines = [line.strip() for line in text.splitlines()]
    runs = groupby(lines, kind_of)
    return clean_html("".join(block(kind, list(run)) for kind, run in runs if kind))


def kind_of(line: str) -> str:
    """Return the element that a line stands in, ``""`` for an empty line."""
    if BULLET.match(line):
        return "ul"
    if NUMBER.match(line):
        return "ol"
    return "p" if line else ""


def block(kind: str, lines: list[str]) -> str:
    """Return lines of one kind as a paragraph or a list."""
    if kind == "p":
        return f"<p>{'<br/>'.join(map(inline, lines))}</p>"
    sign = BULLET if kind == "ul" else NUMBER
    items = (sign.sub("", line, count=1) for line in lines)
    return f"<{kind}>{''.join(f'<li>{inline(item)}</li>' for item in items)}</{kind}>"


def inline(text: str) -> str:
    """Return a line's words as HTML, with its links and emphasis."""
    return "".join(link_or_words(text))


def link_or_words(text: str) -> Iterator[str]:
    """Yield the HTML of a line's parts; what stands in an address is no emphasis."""
    at = 0
    for found in LINK.finditer(text):
        yield emphasis(text[at : found.start()])
        internal = INTERNAL.fullmatch(found[2])
        target = (
            f'linktype="{internal[1]}" id="{internal[2]}"'
            if internal
            else f'href="{escape(found[2])}"'
        )
        yield f"<a {target}>{emphasis(found[1])}</a>"
        at = found.end()
    yield emphasis(text[at:])


def emphasis(text: str) -> str:
    """Return words as HTML, bold and italic where they are marked so."""
    return ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", str(escape(text))))


def to_text(html: str) -> str:
    """Return ``html`` as a person would type it: what ``to_html`` makes the same HTML of."""
    reader = TextReader()
    reader.feed(html)
    reader.close()
    blocks = ("\n".join(block).strip("\n") for block in reader.blocks)
    return "\n\n".join(filter(None, blocks))


class TextReader(HTMLParser):
    """Collects the lines of each block: ``blocks`` holds a list of lines for each."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = [[""]]
        self.lists: list[int | None] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" or (tag in ("ul", "ol") and not self.lists):
            self.blocks.append([""])
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self.blocks[-1].append(self.next_sign())
        elif tag == "br":
            self.blocks[-1].append("")
        elif tag == "a":
            given = dict(attrs)
            address = given.get("href") or f"{given.get('linktype')}:{given.get('id')}"
            self.targets.append(address)
            self.write("[")
        elif tag in MARKS:
            self.write(MARKS[tag])

    def next_sign(self) -> str:
        """Return what a list's next item begins with."""
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in ("ul", "ol", "p") and not self.lists:
            self.blocks.append([""])
        elif tag == "a" and self.targets:
            self.write(f"]({self.targets.pop()})")
        elif tag in MARKS:
            self.write(MARKS[tag])

    def handle_data(self, data: str) -> None:
        self.write(" ".join(re.split(r"\s+", data)))

    def write(self, text: str) -> None:
        """Add to the line that is being read."""
        self.blocks[-1][-1] += text
