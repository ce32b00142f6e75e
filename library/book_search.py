"""The search in one book: its sections that hold the words, with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from asflist.text import plain
from core.analysis import Term, clean_query, compose, query_terms
from core.snippets import hits, mark, snippet
from library.models import ChapterPage, HandbookPage
from library.reading import joined_bodies
from library.sections import HEADING, SectionNumbers, plain_heading


@dataclass
class Part:
    """What can be found: a section, what stands before a chapter's first, or the preface."""

    number: str
    title: str
    #: The page that it stands on, and where on it.
    chapter: ChapterPage | None
    anchor: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of its text, without markup and with single spaces."""
        return compose(" ".join(plain(text) for text in self.texts))


@dataclass(frozen=True)
class Hit:
    """A part that holds every word, as the reader sees it; heading and excerpt are HTML."""

    number: str
    heading: SafeString
    excerpt: SafeString
    url: str
    chapter: ChapterPage | None


@dataclass(frozen=True)
class BookSearch:
    """What a book answers to a query: parts whose heading has every word come first."""

    query: str
    terms: list[Term]
    parts: list[Part]
    language: str

    def hit(self, part: Part, book_url: str, request: HttpRequest) -> Hit:
        """Return one of the parts with its words marked."""
        url = part.chapter.get_url(request) if part.chapter else book_url
        return Hit(
            number=part.number,
            heading=mark(part.title, self.terms, self.language),
            excerpt=snippet(part.text, self.terms, self.language),
            url=f"{url}#{part.anchor}" if part.anchor else url or "",
            chapter=part.chapter,
        )


def search_book(book: HandbookPage, chapters: Sequence[ChapterPage], raw: str) -> BookSearch:
    """Search the preface and the numbered ``chapters`` for what the reader wrote, ``raw``.

    The number of queries does not depend on the book.
    """
    language = book.locale.language_code
    query = clean_query(raw)
    terms = query_terms(query, language)
    if not terms:
        return BookSearch(query, terms, [], language)
    in_headings, in_texts = [], []
    for part in [preface(book), *parts_of(chapters)]:
        if found_in(part.title, terms, language) == len(terms):
            in_headings.append(part)
        elif found_in(f"{part.title} {part.text}", terms, language) == len(terms):
            in_texts.append(part)
    return BookSearch(query, terms, in_headings + in_texts, language)


def found_in(text: str, terms: list[Term], language: str) -> int:
    """Return how many of the terms ``text`` holds."""
    left = list(terms)
    for token in hits(text, terms, language):
        left = [term for term in left if not any(hits(token.text, [term], language))]
        if not left:
            break
    return len(terms) - len(left)


def preface(book: HandbookPage) -> Part:
    """Return the book's own page as a part."""
    return Part("", book.title, None, texts=[book.introduction, *book.get_searchable_text()])


def parts_of(chapters: Sequence[ChapterPage]) -> Iterator[Part]:
    """Yield what stands before each chapter's first section, and its sections, in order."""
    _book, blocks = joined_bodies(chapters)
    for chapter, children in zip(chapters, blocks, strict=True):
        yield from parts_of_chapter(chapter, children)


def parts_of_chapter(
    chapter: ChapterPage, blocks: Sequence[StreamValue.StreamChild]
) -> Iterator[Part]:
    """Yield the parts of one chapter."""
    numbers = SectionNumbers(chapter.number, chapter.locale.language_code)
    part = Part(str(chapter.number), chapter.title, chapter, texts=[chapter.introduction])
    for block in blocks:
        if block.block_type != "text":
            part.texts += map(str, block.block.get_searchable_content(block.value))
            continue
        before, *rest = HEADING.split(block.value.source)
        part.texts.append(before)
        for heading, text in zip(rest[::2], rest[1::2], strict=True):
            if plain_heading(heading):
                yield part
                section = numbers.add(heading)
                part = Part(section.number, section.title, chapter, section.anchor)
            part.texts.append(text)
    yield part
