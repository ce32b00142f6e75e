"""Which rows hold a word, for every word and every beginning of one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import count

import numpy as np
from pyroaring import BitMap

#: More than this many places are gone through as a mask, which does not sort them.
MANY = 20_000
LAST = "\U0010ffff"


def bitmap(rows: np.ndarray) -> BitMap:
    """Return the row numbers as a bitmap."""
    return BitMap(array("I", rows.astype(np.uint32).tobytes()))


class Postings:
    """The rows of each token, tokens in alphabetical order: a prefix is one slice of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Read each row's tokens, which have spaces between, in the order of the rows."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        places, lengths = array("I"), array("I")
        for text in texts:
            words = text.split()
            lengths.append(len(words))
            places.extend(map(numbers.__getitem__, words))
        self.size = len(lengths)
        self.tokens = sorted(numbers)
        alphabetical = np.empty(len(numbers), np.uint32)
        alphabetical[[numbers[token] for token in self.tokens]] = np.arange(len(numbers))
        token_of = alphabetical[np.frombuffer(places, np.uint32)] if numbers else np.empty(0, int)
        row_of = np.repeat(np.arange(self.size, dtype=np.uint32), np.frombuffer(lengths, np.uint32))
        self.rows = row_of[np.argsort(token_of, kind="stable")]
        counts = np.bincount(token_of, minlength=len(numbers))
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def starting_with(self, prefix: str) -> BitMap:
        """Return the rows that hold a token with this beginning."""
        first = bisect_left(self.tokens, prefix)
        after = bisect_left(self.tokens, prefix + LAST)
        rows = self.rows[self.starts[first] : self.starts[after]]
        if len(rows) <= MANY:
            return bitmap(rows)
        mask = np.zeros(self.size, bool)
        mask[rows] = True
        return bitmap(np.flatnonzero(mask))

    def frequency(self, token: str) -> int:
        """Return how many rows hold exactly this token."""
        place = bisect_left(self.tokens, token)
        if place == len(self.tokens) or self.tokens[place] != token:
            return 0
        return int(self.starts[place + 1] - self.starts[place])
