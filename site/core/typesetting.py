"""Print set with Typst: the graphic profile, the site's own typeface, PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from functools import cache as keep
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import fontpkg_atkinson_hyperlegible
import segno
import typst
from fontTools.ttLib import TTFont

#: The profile's parts, which every room's own Typst files import as “brand.typ”.
SHARED = Path(__file__).parent / "typst"
FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
#: Signs that the typeface lacks, and what says the same.
STAND_INS = str.maketrans(
    {"\u2009": "\u00a0", "\u202f": "\u00a0", "\u2010": "-", "\u2011": "-", "→": "–", "✓": "•"}
)


def compile_typst(
    source: Path,
    form: Literal["pdf", "png"],
    data: Mapping[str, Any],
    files: Mapping[str, bytes] = MappingProxyType({}),
    ppi: int = 72,
) -> bytes:
    """Return what the Typst file ``source`` makes of ``data``: a PDF/UA-1, or its page as PNG.

    It is set in a folder of its own that holds the files beside it, the shared ones, ``data`` as
    ``data.json`` and ``files`` (name → content, for example pictures), and can read nothing else;
    it has no font but the site's. The data are read as values: nothing that anybody typed is ever
    markup. ``ppi`` is dots an inch of a PNG. Raises ``typst.TypstError``.
    """
    with tempfile.TemporaryDirectory(prefix="typst-") as name:
        folder = Path(name)
        for file in sources(source.parent):
            shutil.copyfile(file, folder / file.name)
        (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
        for path, content in files.items():
            (folder / path).write_bytes(content)
        return typst.compile(
            str(folder / source.name),
            root=str(folder),
            font_paths=site_fonts(),
            format=form,
            ppi=ppi if form == "png" else None,
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=0,
        )


@keep
def site_fonts() -> typst.Fonts:
    """Return the site's typeface, and no other that the machine may have."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@keep
def digest(folder: Path) -> str:
    """Return what changes when one of the folder's Typst files or of the shared ones does."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in sources(folder))).hexdigest()


def sources(folder: Path) -> list[Path]:
    """Return the shared files and those of ``folder`` that a Typst file may use."""
    return sorted(
        file
        for place in (SHARED, folder)
        for file in place.iterdir()
        if file.suffix in (".typ", ".svg")
    )


def qr_code(url: str) -> str:
    """Return a QR code (ISO/IEC 18004) of ``url`` as SVG, with the quiet zone it must have."""
    file = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(file, kind="svg", border=4, xmldecl=False, omitsize=True)
    return file.getvalue().decode()


def printable(text: str) -> str:
    """Return ``text`` on one line, without the characters that the typeface lacks.

    PDF/UA-1 allows no missing glyph (ISO 14289-1, 7.21.8): an emoji is left out.
    """
    return " ".join(printable_part(text).split(" ")).strip()


def printable_part(text: str) -> str:
    """Return a part of a line as ``printable`` does, with the white space at its ends kept."""
    composed = unicodedata.normalize("NFC", text).translate(STAND_INS)
    known = known_characters()
    kept = "".join(
        " " if char in "\t\n\r\f\v" else char
        for char in composed
        if ord(char) in known or char.isspace()
    )
    words = [word for word in kept.split(" ") if word]
    if not words:
        return " " if kept else ""
    start, end = " " * kept.startswith(" "), " " * kept.endswith(" ")
    return f"{start}{' '.join(words)}{end}"


@keep
def known_characters() -> frozenset[int]:
    """Return the code points that the typeface has in every weight."""
    weights = (TTFont(file) for file in FONTS.glob("AtkinsonHyperlegible-*.ttf"))
    return frozenset.intersection(*(frozenset(font.getBestCmap()) for font in weights))
