"""How wide words are in the site's typeface, and where a line of them must be broken.

SVG 1.1 knows no line breaks: whoever draws text must know its measure beforehand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from fontTools.ttLib import TTFont

from core.typesetting import FONTS

#: Another typeface may stand in for ours where a picture is opened; most are a little wider.
LEEWAY = 1.06


def clean(text: str) -> str:
    """Return ``text`` on one line without what XML 1.0 (§ 2.2) cannot hold."""
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cs") or c.isspace())
    return " ".join("".join(c for c in kept if c not in "\ufffe\uffff").split())


@cache
def advances(bold: bool) -> dict[int, float]:
    """Map code points to their width in ems."""
    font = TTFont(FONTS / f"AtkinsonHyperlegible-{'Bold' if bold else 'Regular'}.ttf")
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide ``text`` is in the units of ``size``; a sign we lack counts as an em."""
    known = advances(bold)
    return LEEWAY * size * sum(known.get(ord(char), 1.0) for char in text)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break ``text`` into lines no wider than ``room``; a word that is wider is broken anywhere."""
    lines: list[str] = []
    for word in pieces(clean(text), room, size, bold):
        if lines and width(f"{lines[-1]} {word}", size, bold=bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def pieces(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """Yield the words of ``text``, those that are too wide in parts."""
    for word in text.split(" "):
        part = ""
        for char in word:
            if part and width(part + char, size, bold=bold) > room:
                yield part
                part = ""
            part += char
        if part:
            yield part
