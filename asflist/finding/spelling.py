"""What a reader may have meant by a word that is nowhere on the list."""

from __future__ import annotations

from collections.abc import Iterator

from asflist.finding.index import Snapshot

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
SHORTEST = 4


def near_words(word: str) -> Iterator[str]:
    """Yield every spelling that is one letter away: one less, more, other or two swapped."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in LETTERS)


def correct(word: str, snapshot: Snapshot, language: str) -> str:
    """Return the commonest word of the list that is one letter away from ``word``, else “”."""
    if len(word) < SHORTEST:
        return ""
    counted = {
        other: sum(segment.frequency(other, language) for segment, _alive in snapshot.parts)
        for other in set(near_words(word))
    }
    best = max(counted, key=lambda other: (counted[other], other))
    return best if counted[best] else ""
