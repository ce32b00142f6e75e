"""From a handbook in the database to a book: its public chapters, in the tree's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.blocks import StreamValue

from asflist.text import sort_key
from core.mail import full_url
from core.models import OrganisationSettings
from library import durations
from library.books import nodes, rich_text
from library.books.nodes import Book, Chapter, Heading, Link, Links, Node, Run, Term
from library.books.sources import Sources, outside
from library.glossary import Explainer, terms
from library.models import HandbookPage
from library.models.chapter_page import numbered
from library.sections import SectionNumbers


def book_of(handbook: HandbookPage) -> Book:
    """Return the handbook as visitors may read it now; the same queries for any number of chapters.

    Pictures whose consent has ended and films that are not public are left out.
    """
    language = handbook.locale.language_code
    with translation.override(language):
        pages = numbered(handbook.chapters())
        sources = Sources(handbook, pages)
        preface, *parts = sources.parts
        preface_nodes = Reader(sources, None, language).read(preface)
        chapters = []
        for page, blocks in zip(pages, parts, strict=True):
            read = Reader(sources, page.number, language).read(blocks)
            anchor = f"chapter-{page.number}"
            chapters.append(Chapter(page.number, page.title, page.introduction, anchor, read))
        texts = [*words_of(preface_nodes), *(w for c in chapters for w in words_of(c.nodes))]
        organisation = OrganisationSettings.current()
        return Book(
            pk=handbook.pk,
            title=handbook.title,
            introduction=handbook.introduction,
            edition=handbook.edition,
            language=language,
            url=full_url(handbook.get_url() or ""),
            short_url=sources.short_urls[handbook.pk],
            publisher=organisation.name,
            contact=organisation.email,
            keywords=keywords(handbook),
            preface=preface_nodes,
            chapters=chapters,
            glossary=glossary(texts, language),
            made_at=timezone.now(),
            good_until=good_until(sources),
            identifier=identifier(handbook),
        )


class Reader:
    """Makes nodes of a chapter's blocks; no heading is more than one level below the last."""

    def __init__(self, sources: Sources, number: int | None, language: str) -> None:
        self.sources = sources
        self.numbers = (
            SectionNumbers(number, language, prefix=f"chapter-{number}-") if number else None
        )
        self.level = 1

    def read(self, blocks: list[StreamValue.StreamChild]) -> list[Node]:
        """Return the nodes of the blocks; what shows nothing to visitors is no node."""
        return [node for block in blocks for node in READERS[block.block_type](self, block.value)]

    def heading(self, title: str) -> Heading:
        """Return a heading for what stands by itself within a section."""
        return Heading(min(self.level + 1, 3), [Run(title)])

    def text(self, value: Any) -> Iterator[Node]:
        for node in rich_text.read(value.source, self.sources.resolve):
            yield self.numbered(node) if isinstance(node, Heading) else node

    def numbered(self, heading: Heading) -> Heading:
        """Return the heading as a section of its own where it begins one."""
        if heading.level == 2 and self.numbers:
            self.level = 2
            section = self.numbers.add(escape(plain(heading.runs)))
            return Heading(2, heading.runs, section.number, section.anchor)
        self.level = min(heading.level, self.level + 1)
        return Heading(self.level, heading.runs)

    def picture(self, value: Any) -> Iterator[Node]:
        image = value["image"]
        stored = image.pictures.get("web") if image and not image.is_expired else None
        if stored:
            yield nodes.Figure(
                name=stored["name"],
                ratio=stored["width"] / stored["height"],
                alt=image.contextual_alt_text or "",
                caption=value["caption"] or "",
                credit=value["credit"] or image.credit,
            )

    def quote(self, value: Any) -> Iterator[Node]:
        yield nodes.Quote(value["text"], value["attribution"] or "")

    def fact_box(self, value: Any) -> Iterator[Node]:
        inner = rich_text.read(value["text"].source, self.sources.resolve)
        yield nodes.Box(self.heading(value["title"]), inner)

    def call_to_action(self, value: Any) -> Iterator[Node]:
        page = value["page"]
        url = self.sources.to_page(page.pk) if page else outside(value["url"] or "")
        if url:
            link = Link(value["label"], url)
            yield Links(self.heading(value["title"]), value["text"] or "", [link])

    def downloads(self, value: Any) -> Iterator[Node]:
        links = [
            Link(document.title, full_url(document.url), file_note(document))
            for document in value["documents"]
            if document
        ]
        if links:
            yield Links(self.heading(value["title"]), "", links)

    def cards(self, value: Any) -> Iterator[Node]:
        links = [
            Link(page.title, self.sources.chapters.get(url) or full_url(url), page.summary)
            for page in self.sources.cards_of(value["pages"])
            if (url := page.get_url())
        ]
        if links:
            yield Links(self.heading(value["title"]), "", links)

    def accordion(self, value: Any) -> Iterator[Node]:
        for item in value["items"]:
            yield self.heading(item["title"])
            yield from rich_text.read(item["text"].source, self.sources.resolve)

    def table(self, value: Any) -> Iterator[Node]:
        columns = [column["heading"] or "" for column in value.columns]
        if columns:
            rows = [[str(text or "") for text in row["values"]] for row in value.row_data]
            yield nodes.Table(value.caption or "", columns, rows)

    def key_figures(self, value: Any) -> Iterator[Node]:
        yield nodes.KeyFigures(
            [nodes.KeyFigure(i["value"], i["label"], i["source"] or "") for i in value["items"]]
        )

    def film(self, value: Any) -> Iterator[Node]:
        film = value.shown
        if film is None:
            return
        start = value.get("start") or ""
        at = f"?t={durations.seconds(start)}" if start else ""
        yield nodes.Film(
            title=film.title,
            kind_of_film=str(film.kind),
            length=film.length,
            start=start,
            url=f"{full_url(film.get_url() or '')}{at}",
            short_url=f"{self.sources.short_urls[film.pk]}{at}",
        )


#: What reads each type of block that a chapter may hold.
READERS: dict[str, Callable[[Reader, Any], Iterator[Node]]] = {
    "text": Reader.text,
    "picture": Reader.picture,
    "quote": Reader.quote,
    "fact_box": Reader.fact_box,
    "call_to_action": Reader.call_to_action,
    "downloads": Reader.downloads,
    "accordion": Reader.accordion,
    "table": Reader.table,
    "key_figures": Reader.key_figures,
    "cards": Reader.cards,
    "film": Reader.film,
}


def plain(runs: list[Run]) -> str:
    """Return the text of the runs."""
    return "".join(run.text for run in runs)


def words_of(parts: list[Node]) -> Iterator[str]:
    """Yield the running texts of the nodes, those in boxes and lists included."""
    for node in parts:
        if isinstance(node, nodes.Paragraph):
            yield plain(node.runs)
        elif isinstance(node, nodes.Box):
            yield from words_of(node.nodes)
        elif isinstance(node, nodes.List):
            yield from items_of(node)
        elif isinstance(node, nodes.Table):
            yield from (text for row in node.rows for text in row)


def items_of(listed: nodes.List) -> Iterator[str]:
    """Yield the texts of a list and of the lists in it."""
    for item in listed.items:
        yield plain(item.runs)
        for inner in item.lists:
            yield from items_of(inner)


def glossary(texts: list[str], language: str) -> list[Term]:
    """Return the words of the glossary that stand in the texts, in the order of the alphabet."""
    explainer = Explainer(terms(language), "word")
    explainer.explain(escape("\n".join(texts), quote=False))
    found = sorted(explainer.found, key=lambda word: sort_key(word.term))
    return [Term(word.term, word.definition) for word in found]


def file_note(document: Any) -> str:
    """Return what is said of a file beside its name: “DOCX, 24 kB”, and a language that differs."""
    facts = [document.format_name, filesizeformat(document.file_size)]
    if document.language != translation.get_language():
        facts.append(gettext("in Swedish") if document.language == "sv" else gettext("in English"))
    return ", ".join(facts)


def keywords(handbook: HandbookPage) -> list[str]:
    """Return the names of the book's development areas and its tags."""
    areas = [theme.name for theme in handbook.localized_themes]
    return list(dict.fromkeys([*areas, *(tag.name for tag in handbook.tags.all())]))


def good_until(sources: Sources) -> date | None:
    """Return the first day on which consent for a picture or a page on a card ends, or None."""
    blocks = (block for part in sources.parts for block in part if block.block_type == "picture")
    images = (block.value["image"] for block in blocks)
    shown = [*(image for image in images if image), *sources.cards.values()]
    days = [i.consent_expires_on for i in shown if i.consent_expires_on and not i.is_expired]
    return min(days, default=None)


def identifier(handbook: HandbookPage) -> str:
    """Return what the book is known by in every edition of its files (RFC 4151).

    It follows from the page and its edition, and neither from its title nor from its address.
    """
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    edition = slugify(handbook.edition) or "1"
    name = f"{handbook.translation_key}-{handbook.locale.language_code}"
    return f"tag:{host},2026:handbook:{name}:{edition}"
