"""Films that are found by what is said in them: the line, and the second at which it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.analysis import Term, analyse, compose, initial, tokens
from library.durations import clock
from library.models import FilmPage
from library.transcripts import Turn, parse
from search.models import SearchEntry

FILM = "filmpage"


@dataclass(frozen=True)
class SpokenLine:
    """What is said where the query's words are; ``start`` is a second, None where not known."""

    start: int | None
    speaker: str
    text: str

    @property
    def clock(self) -> str:
        """When it is said, as readers write it; an empty string where that is not known."""
        return clock(self.start) if self.start else ""

    @property
    def place(self) -> str:
        """What leads there from the film's address: ``"?t=83#transcript"``."""
        return f"?t={self.start}#transcript" if self.start else "#transcript"


def spoken_lines(
    entries: Iterable[SearchEntry], terms: list[Term], language: str
) -> dict[int, SpokenLine]:
    """Return page id → the line that says most of the words, for those that are films; one query.

    A film whose transcript has none of the words is left out.
    """
    ids = [entry.page_id for entry in entries if entry.kind == FILM and entry.page_id]
    if not ids:
        return {}
    transcripts = FilmPage.objects.filter(pk__in=ids).values_list("pk", "transcript")
    found = {pk: best_line(parse(text), terms, language) for pk, text in transcripts}
    return {pk: line for pk, line in found.items() if line}


def best_line(turns: list[Turn], terms: list[Term], language: str) -> SpokenLine | None:
    """Return the first of the lines that say most of the words; None when none says any.

    A line without a time of its own is said after the one before it, and so begins there.
    """
    best, most, start = None, 0, None
    for turn in turns:
        start = turn.start if turn.start is not None else start
        text = compose(turn.text)
        said = count_terms(text, terms, language)
        if said > most:
            best, most = SpokenLine(start, turn.speaker, text), said
    return best


def count_terms(text: str, terms: list[Term], language: str) -> int:
    """Return how many of the terms are found in ``text``."""
    initials = {initial(term.word) for term in terms}
    words = {token.text for token in tokens(text) if initial(token.text) in initials}
    forms = [analyse(word, language) for word in words]
    return sum(any(term.matches(form) for form in forms) for term in terms)
