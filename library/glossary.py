"""Words that books explain where they stand, without script.

The word becomes a button that opens a popover (HTML Standard § 6.12). A browser that knows no
popovers shows the explanation in brackets after the word; paper has a list of the words instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from asflist.text import sort_key

TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*)(?:[^"'>]|"[^"]*"|'[^']*')*>|<!--.*?-->""", re.DOTALL)
#: Within these no word is explained: headings, what is pressed already, captions, and no text.
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
PRESSED = {"a", "button", "summary", "label", "select", "option", "textarea"}
NO_TEXT = {"video", "audio", "svg", "script", "style", "template"}
CLOSED = HEADINGS | PRESSED | NO_TEXT | {"figcaption", "caption"}
ENTITY = r"&(?:\w+|#\w+);"
SPACE = r"(?:\s|&nbsp;|&#160;)+"
APOSTROPHE = "(?:'|’|&#39;|&#x27;)"


@dataclass(frozen=True)
class Word:
    """A word of the glossary in one language; ``forms`` has the word itself first."""

    pk: int
    term: str
    forms: tuple[str, ...]
    definition: str


def terms(language: str) -> list[Word]:
    """Return the glossary in ``language``, in alphabetical order; one query."""
    from library.models import GlossaryTerm  # The models' pages explain words, with what is here.

    rows = GlossaryTerm.objects.filter(locale__language_code=language)
    found = [
        Word(pk, term, tuple(clean_forms(term, forms)), definition)
        for pk, term, forms, definition in rows.values_list("pk", "term", "forms", "definition")
    ]
    return in_order(found)


def in_order(words: Iterable[Word]) -> list[Word]:
    """Return the words in the order of the Swedish alphabet."""
    return sorted(words, key=lambda word: sort_key(word.term))


def clean_forms(term: str, forms: str) -> list[str]:
    """Return the word and its other forms (one a row), each once and with single spaces."""
    rows = (" ".join(row.split()) for row in [term, *forms.splitlines()])
    return list(dict.fromkeys(row for row in rows if row))


def explain(
    html: str, words: Iterable[Word], prefix: str = "word"
) -> tuple[SafeString, list[Word]]:
    """Explain the first occurrence of each word in rendered ``html``; return the words found too.

    Whole words count, in any case, and the longest that fits. ``prefix`` begins the ids, and tells
    chapters on one page apart.
    """
    explainer = Explainer(words, prefix)
    return explainer.explain(html), explainer.found


class Explainer:
    """Explains words in the texts of one chapter, each word once."""

    def __init__(self, words: Iterable[Word], prefix: str) -> None:
        self.prefix = prefix
        self.found: list[Word] = []
        #: The first to claim a form has it: a form must not lead to two explanations.
        self.by_form: dict[str, Word] = {}
        for word in words:
            for form in word.forms:
                self.by_form.setdefault(folded(form), word)
        self.pattern = pattern_of(tuple(self.by_form)) if self.by_form else None

    def explain(self, html: str) -> SafeString:
        """Return ``html`` with its words explained, but for those that have been before."""
        if self.pattern is None:
            return SafeString(html)
        parts: list[str] = []
        closed: list[str] = []
        position = 0
        for tag in TAG.finditer(html):
            parts += [self._text(html[position : tag.start()], closed), tag[0]]
            position = tag.end()
            follow(closed, tag)
        parts.append(self._text(html[position:], closed))
        return SafeString("".join(parts))

    def _text(self, text: str, closed: list[str]) -> str:
        if closed or self.pattern is None or not text.strip():
            return text
        return self.pattern.sub(self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        written = match["word"]
        word = self.by_form.get(folded(unescape(written))) if written else None
        if word is None or word in self.found:
            return match[0]
        self.found.append(word)
        return popover(word, SafeString(written), f"{self.prefix}-{word.pk}")


def follow(closed: list[str], tag: re.Match[str]) -> None:
    """Keep ``closed`` the elements around what comes next in which no word is explained."""
    name = (tag[2] or "").lower()
    if name not in CLOSED or tag[0].endswith("/>"):
        return
    if not tag[1]:
        closed.append(name)
    elif name in closed:
        del closed[closed.index(name) :]


def folded(form: str) -> str:
    """Return what forms are compared by: small letters, single spaces, straight apostrophes."""
    return " ".join(form.casefold().replace("’", "'").split())


@lru_cache(maxsize=8)
def pattern_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the forms in escaped text, the longest first, and steps over entities."""
    longest_first = sorted(forms, key=len, reverse=True)
    choices = "|".join(written_as(form) for form in longest_first)
    return re.compile(rf"(?<![\w&])(?P<word>{choices})(?!\w)|{ENTITY}", re.IGNORECASE)


def written_as(form: str) -> str:
    """Return the pattern of one form as it may stand in HTML."""
    escaped = re.escape(escape(form, quote=False)).replace("'", APOSTROPHE)
    return escaped.replace(r"\ ", SPACE)


def popover(word: Word, written: SafeString, name: str) -> SafeString:
    """Return ``written`` (HTML) as a button, with what it opens right after it."""
    return format_html(
        '<button class="word" type="button" popovertarget="{name}">{written}</button>'
        '<span class="word__text" id="{name}" popover>'
        '<strong class="word__term">{term}</strong> '
        '<span class="word__meaning">{definition}</span> '
        '<button class="word__close" type="button" popovertarget="{name}"'
        ' popovertargetaction="hide">{close}</button></span>',
        name=name,
        written=written,
        term=word.term,
        definition=word.definition,
        close=_("Close"),
    )
