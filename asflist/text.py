"""Words, the plain text of HTML, and the order of the Swedish alphabet."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from django.utils.html import strip_tags

WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]*>")
# After z in every collation, also where the database knows no Swedish.
SWEDISH_LETTERS = str.maketrans({"å": "zzza", "ä": "zzzb", "æ": "zzzb", "ö": "zzzc", "ø": "zzzc"})


def words(text: str) -> list[str]:
    """Return the words of ``text``, lower-cased; “Städ” gives “städ”, never “stad”."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def plain(html: str) -> str:
    """Return the text of ``html``, the words of two paragraphs apart."""
    return unescape(strip_tags(TAG.sub(lambda tag: f" {tag[0]}", html)))


def sort_key(name: str) -> str:
    """Return what puts names in the order of the Swedish alphabet under any collation."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(SWEDISH_LETTERS)
    decomposed = unicodedata.normalize("NFKD", letters)
    return " ".join(WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))))
