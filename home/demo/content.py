"""Reading the demonstration's content: texts in two languages, Markdown, links by key."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent
SOURCE = "sv"
LANGUAGES = {"sv", "en"}

_markdown = MarkdownIt("commonmark")


@cache
def read(name: str) -> Any:
    """Return the content of ``content/<name>.yaml``."""
    text = (FOLDER / "content" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def in_language(node: Any, language: str) -> Any:
    """Return ``node`` with every ``{sv: …, en: …}`` in it replaced by the text in ``language``.

    A text without that language is given in Swedish, the source.
    """
    if isinstance(node, dict):
        if node and node.keys() <= LANGUAGES:
            return node.get(language, node.get(SOURCE))
        return {key: in_language(value, language) for key, value in node.items()}
    if isinstance(node, list):
        return [in_language(value, language) for value in node]
    return node


def rich_text(markdown: str, page_ids: dict[str, int]) -> str:
    """Return Wagtail's rich text for ``markdown``; ``page:KEY`` links lead to the page's id.

    Raises ``KeyError`` when a link names a page that there is not.
    """
    html = _markdown.render(markdown).strip()
    html = html.replace("strong>", "b>").replace("em>", "i>")
    html = re.sub(r"<li>\s*<p>(.*?)</p>\s*</li>", r"<li>\1</li>", html, flags=re.DOTALL)
    html = re.sub(r"\n(?=<)|(?<=>)\n", "", html)
    return re.sub(
        r'<a href="page:([\w-]+)">',
        lambda match: f'<a linktype="page" id="{page_ids[match[1]]}">',
        html,
    )
