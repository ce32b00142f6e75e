"""Template tags of the EPUB: running text, and where links lead within the book."""

from __future__ import annotations

from typing import cast

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from library.books.epub import sections_of
from library.books.nodes import Chapter, Figure, Heading, Node, Run
from library.short_addresses import shown

register = template.Library()
register.filter("shown", shown)

LINE_BREAK = mark_safe("<br/>")


@register.filter
def sections(chapter: Chapter) -> list[Heading]:
    """Return the numbered headings of a chapter."""
    return sections_of(chapter.nodes)


@register.simple_tag(takes_context=True)
def place(context: template.Context, url: str) -> str:
    """Return a link's address as it is in the EPUB; ``""`` for a place that is not in the book."""
    return context["places"].get(url, "") if url.startswith("#") else url


@register.simple_tag(takes_context=True)
def running(context: template.Context, runs: list[Run]) -> SafeString:
    """Return running text as XHTML."""
    parts = [one_run(run, place(context, run.url)) for run in runs]
    return SafeString("".join(parts))


def one_run(run: Run, url: str) -> SafeString:
    """Return a piece of running text as XHTML."""
    html = LINE_BREAK if run.text == "\n" else format_html("{}", run.text)
    if run.bold:
        html = format_html("<strong>{}</strong>", html)
    if run.italic:
        html = format_html("<em>{}</em>", html)
    return format_html('<a href="{}">{}</a>', url, html) if url else html


@register.simple_tag(takes_context=True)
def node(context: template.Context, item: Node) -> SafeString:
    """Return a node as XHTML, made by the template of its kind."""
    engine = cast("template.Template", context.template).engine
    made = engine.get_template(f"library/epub/nodes/{item.kind}.xhtml")
    picture = context["files"][item.name] if isinstance(item, Figure) else ""
    with context.push(node=item, picture=picture):
        return made.render(context)
