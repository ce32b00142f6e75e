"""How words are compared: without regard to case, with å, ä and ö as letters of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags

WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]*>")
MAX_WORDS = 8
# After z in every collation, also where the database knows no Swedish.
SWEDISH_LETTERS = str.maketrans({"å": "zzza", "ä": "zzzb", "æ": "zzzb", "ö": "zzzc", "ø": "zzzc"})


def words(text: str) -> list[str]:
    """Return the words of ``text``, lower-cased; “Städ” gives “städ”, never “stad”.

    SQLite's own comparison folds ASCII only, so what is compared is folded here, both when it is
    stored and when it is asked for.
    """
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def searchable(texts: Iterable[str]) -> str:
    """Return every word of the texts (HTML or plain) with a space before each, each word once."""
    found = dict.fromkeys(word for text in texts for word in words(plain(text)))
    return "".join(f" {word}" for word in found)


def plain(html: str) -> str:
    """Return the text of ``html``, the words of two paragraphs apart."""
    return unescape(strip_tags(TAG.sub(lambda tag: f" {tag[0]}", html)))


def sort_key(name: str) -> str:
    """Return what puts names in the order of the Swedish alphabet under any collation."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(SWEDISH_LETTERS)
    decomposed = unicodedata.normalize("NFKD", letters)
    return " ".join(WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))))
