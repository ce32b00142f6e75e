"""Rich text as it is stored, read into a book's nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from library.books.nodes import Heading, Item, List, Node, Paragraph, Run

BOLD, ITALIC = ("b", "strong"), ("i", "em")
HEADINGS = {"h2": 2, "h3": 3, "h4": 4}

#: From a link's attributes to its whole address, or ``""`` where it leads nowhere.
Resolve = Callable[[Mapping[str, str]], str]


def read(html: str, resolve: Resolve) -> list[Node]:
    """Return the nodes of stored rich text. What it does not know becomes paragraphs."""
    reader = Reader(resolve)
    reader.feed(html)
    reader.close()
    return reader.finished()


class Reader(HTMLParser):
    """Collects runs into blocks; ``convert_charrefs`` has turned ``&amp;`` into “&” already."""

    def __init__(self, resolve: Resolve) -> None:
        super().__init__()
        self.resolve = resolve
        self.nodes: list[Node] = []
        self.runs: list[Run] = []
        self.level = 0
        self.lists: list[List] = []
        self.bold = self.italic = 0
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BOLD:
            self.bold += 1
        elif tag in ITALIC:
            self.italic += 1
        elif tag == "a":
            self.urls.append(self.resolve({name: value or "" for name, value in attrs}))
        elif tag == "br":
            self.runs.append(Run("\n"))
        elif tag in ("ol", "ul"):
            self.end_block()
            self.lists.append(List(tag == "ol", []))
        elif tag in ("p", "li", *HEADINGS):
            self.end_block()
            self.level = HEADINGS.get(tag, 0)

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self.bold -= 1
        elif tag in ITALIC:
            self.italic -= 1
        elif tag == "a" and self.urls:
            self.urls.pop()
        elif tag in ("ol", "ul") and self.lists:
            self.end_block()
            self.end_list(self.lists.pop())
        elif tag in ("p", "li", *HEADINGS):
            self.end_block()

    def handle_data(self, data: str) -> None:
        url = self.urls[-1] if self.urls else ""
        self.runs.append(Run(data, self.bold > 0, self.italic > 0, url))

    def end_block(self) -> None:
        """Make a node, or an item of a list, of what has been read since the last one."""
        runs, self.runs = trimmed(self.runs), []
        level, self.level = self.level, 0
        if not runs:
            return
        if self.lists:
            self.lists[-1].items.append(Item(runs))
        elif level:
            self.nodes.append(Heading(level, runs))
        else:
            self.nodes.append(Paragraph(runs))

    def end_list(self, ended: List) -> None:
        """Put a list under the item that it stands in, or among the nodes."""
        if not ended.items:
            return
        if not self.lists:
            self.nodes.append(ended)
        elif self.lists[-1].items:
            self.lists[-1].items[-1].lists.append(ended)
        else:
            self.lists[-1].items.extend(ended.items)

    def finished(self) -> list[Node]:
        """Return all nodes, also of text that ends in the middle of something."""
        self.end_block()
        while self.lists:
            self.end_list(self.lists.pop())
        return self.nodes


def trimmed(runs: list[Run]) -> list[Run]:
    """Return the runs without white space at the ends, and nothing when there is only that."""
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    return runs
