"""The few words of a text around what was found, with the hits marked."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.analysis import Term, Token, analyse, initial, tokens

SNIPPET_LENGTH = 200  # characters
BEFORE_HIT = 60  # characters


def hits(text: str, terms: list[Term], language: str) -> Iterator[Token]:
    """Yield the words of ``text`` that the terms find.

    Most words begin with another letter and need no analysis.
    """
    initials = {initial(term.word) for term in terms}
    for token in tokens(text):
        if initial(token.text) in initials:
            forms = analyse(token.text, language)
            if any(term.matches(forms) for term in terms):
                yield token


def mark(text: str, terms: list[Term], language: str) -> SafeString:
    """Return ``text`` escaped, with each hit in a ``mark`` element."""
    parts: list[str] = []
    position = 0
    for token in hits(text, terms, language):
        parts += [text[position : token.start], format_html("<mark>{}</mark>", token.text)]
        position = token.end
    parts.append(text[position:])
    return format_html_join("", "{}", ((part,) for part in parts))


def snippet(text: str, terms: list[Term], language: str) -> SafeString:
    """Return at most 200 characters around the first hit, escaped and marked.

    Where only the title or a tag was hit, it is the beginning of the text.
    """
    first = next(hits(text, terms, language), None)
    start = 0
    if first and first.end > SNIPPET_LENGTH - BEFORE_HIT:
        start = text.find(" ", first.start - BEFORE_HIT, first.start) + 1 or first.start
    end = start + SNIPPET_LENGTH - 2  # the dots before and after
    if end < len(text):
        space = text.rfind(" ", first.end if first else start, end + 1)
        end = space if space > start else end
    return format_html(
        "{}{}{}",
        "…" if start else "",
        mark(text[start:end], terms, language),
        "…" if end < len(text) else "",
    )
