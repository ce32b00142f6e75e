"""How hard a text is to read: LIX, Björnsson's readability index.

Source: C. H. Björnsson, *Läsbarhet* (Liber, 1968): words a sentence, plus the percentage of words
with more than six letters. Under 35 is easy, 45 and more is hard (authorities' Swedish).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

EASY = 35
HARD = 45
LONG = 6  # letters: a longer word is a long one
FEWEST_WORDS = 40

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# A row of stops is tried from its first only: each of a contents list's dots would look to its end.
SENTENCE_END = re.compile(r"(?<![.!?:…])[.!?:…]+(?=\s|$)|\n+")


def lix(texts: Iterable[str]) -> int | None:
    """Return the LIX of plain ``texts``, rounded; None for fewer than ``FEWEST_WORDS`` words.

    The end of a text or a line ends a sentence: a heading and an item of a list have no full stop.
    """
    words: list[str] = []
    sentences = 0
    for text in texts:
        for sentence in SENTENCE_END.split(text):
            found = WORD.findall(sentence)
            words += found
            sentences += bool(found)
    if len(words) < FEWEST_WORDS:
        return None
    long_words = sum(len(word) > LONG for word in words)
    return round(len(words) / sentences + 100 * long_words / len(words))


def in_words(index: int) -> str:
    """Return what a LIX means, for an editor."""
    if index < EASY:
        return _("easy to read")
    if index < HARD:
        return _("of medium difficulty")
    return _("hard to read")
