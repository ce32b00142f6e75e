"""From text to what the index holds, and from a query to what it asks for.

Both databases get the same tokens: the word as written and its Snowball stem in the content's own
language. å, ä and ö are letters of their own and are never folded to a and o.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import local

import Stemmer

QUERY_LENGTH = 200  # characters
QUERY_TERMS = 10
TOKEN_LENGTH = 64  # PostgreSQL's lexemes have an end too; no Swedish word comes near
STEM_PREFIX_LENGTH = 3  # a shorter stem as a prefix would find half the dictionary

STEMMERS = {"sv": "swedish", "en": "english"}

# Letters that Swedish readers take for variants of the plain one; å, ä and ö are not among them.
VARIANTS = str.maketrans("àáâãèéêëìíîïòóôõùúûüýÿñç", "aaaaeeeeiiiioooouuuuyync")

SOFT_HYPHEN = "\u00ad"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\ufeff]")

# What a word is: letters and digits, with an ending after a colon (ASF:er) or apostrophe (ASF's).
WORD = re.compile(
    r"[^\W_]+(?:(?::(?:s|n|en|et|er|ar|are|na|erna|arna|ens|ets|ers|arnas|ernas)|['’]s)(?![^\W_]))?",
    re.IGNORECASE,
)
ENDING = re.compile(r"[:'’].*$")

# What the stemmer does not know of the words that the site is about: plurals that change their
# vowel, and the two spellings of café.
ROOTS = {
    "sv": (
        (re.compile(r"böcker(?:na)?s?$"), "bok"),
        (re.compile(r"ledamöter(?:na)?s?$"), "ledamot"),
        (re.compile(r"länder(?:na)?s?$"), "land"),
        (re.compile(r"[ck]af[eé]"), "kafé"),
    )
}

SWEDISH_STOP_WORDS = """
    alla att av blev bli blir de dem den denna deras det detta dig din ditt du där efter ej eller en
    er era ett från för ha hade han har hon hur här i icke in inom inte jag kan kunde man med men
    mig min mitt mot mycket ni nu när någon något några och om oss på samma sedan sig sin sitt ska
    skulle som så till under upp ur ut utan vad var vara vart vem vi vid vilka vilken vilket är över
"""
ENGLISH_STOP_WORDS = """
    a about after all an and any are as at be been but by can do does for from had has have he her
    his how i if in into is its me my no not of on or our she so that the their them then there
    these they this those to was we were what when where which who why will with you your
"""
STOP_WORDS = {
    "sv": frozenset(SWEDISH_STOP_WORDS.split()),
    "en": frozenset(ENGLISH_STOP_WORDS.split()),
}


@dataclass(frozen=True)
class Token:
    """A word of a text with the position of its first and after its last character."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """One word of a query: as the reader wrote it, folded, and its stem."""

    written: str
    word: str
    stem: str

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What a token may begin with to match; the shorter one stands for both where it can."""
        if len(self.stem) < STEM_PREFIX_LENGTH:
            return (self.word,)
        if self.word.startswith(self.stem):
            return (self.stem,)
        return (self.word, self.stem)

    def matches(self, forms: tuple[str, str]) -> bool:
        """Whether a text's word, given as ``(word, stem)``, is a hit."""
        return self.stem in forms or any(form.startswith(self.prefixes) for form in forms)


def compose(text: str) -> str:
    """Return ``text`` in form NFC, with a single space for white space and control characters."""
    composed = unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))
    return " ".join(CONTROL.sub(" ", composed).split())


def fold(word: str) -> str:
    """Return ``word`` in lower case with é as e and the like; å, ä and ö stay what they are."""
    return unicodedata.normalize("NFC", word.casefold()).translate(VARIANTS)


def initial(word: str) -> str:
    """Return the letter that a word, its other forms and their stems have in common."""
    return fold(word[0])[:1].replace("c", "k")


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of ``text``, which is in form NFC."""
    for match in WORD.finditer(text):
        yield Token(match.group(), match.start(), match.end())


def analyse(word: str, language: str) -> tuple[str, str]:
    """Return the folded word and its folded stem in ``language`` (``"sv"`` or ``"en"``).

    The stemmer sees é, which it knows, and not e: “kafé” keeps its last letter.
    """
    return _analyse(ENDING.sub("", word)[:TOKEN_LENGTH], language)


@lru_cache(maxsize=50_000)
def _analyse(word: str, language: str) -> tuple[str, str]:
    bare = unicodedata.normalize("NFC", word.casefold())
    root = bare
    for pattern, plain in ROOTS.get(language, ()):
        root = pattern.sub(plain, root)
    return fold(bare), fold(stemmer(language).stemWord(root))


_stemmers = local()


def stemmer(language: str) -> Stemmer.Stemmer:
    """Return this thread's stemmer for ``language``: Snowball's objects are not thread-safe."""
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, Stemmer.Stemmer(STEMMERS[language]))
    return getattr(_stemmers, language)


def index_words(text: str, language: str) -> str:
    """Return the tokens of ``text`` as the index stores them: spaces between and on both sides.

    Each word is followed by its stem where that is another, so that a prefix of either is found
    by looking for a space and the prefix.
    """
    words = []
    for token in tokens(text):
        word, stem = analyse(token.text, language)
        words.append(word if word == stem else f"{word} {stem}")
    return f" {' '.join(words)} " if words else ""


def clean_query(raw: str) -> str:
    """Return what is kept of a query: at most 200 characters, no control characters."""
    return compose(raw[: QUERY_LENGTH * 4])[:QUERY_LENGTH].strip()


def query_terms(query: str, language: str) -> list[Term]:
    """Return the first ten words of a query, each once, without words like “och” and “the”.

    A query of nothing but such words keeps them.
    """
    found: dict[str, Term] = {}
    for token in tokens(query):
        word, stem = analyse(token.text, language)
        found.setdefault(word, Term(token.text, word, stem))
    telling = [term for word, term in found.items() if word not in STOP_WORDS[language]]
    return (telling or list(found.values()))[:QUERY_TERMS]
