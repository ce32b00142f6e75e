"""Template tags of the design: pictures, structured data, addresses with changed parameters."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.easy_read import EasyRead, easy_read
from core.links import links_known, page_ids
from core.models import BasePage, CustomImage
from core.navigation import LanguageLink, MenuItem, breadcrumbs, language_links

register = template.Library()

SCRIPT_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.inclusion_tag("core/components/picture.html")
def picture(
    image: CustomImage | None,
    preset: str,
    *,
    alt: str = "",
    sizes: str = "100vw",
    eager: bool = False,
    css_class: str = "",
    wrap: str = "",
) -> dict[str, Any]:
    """Render ``image`` in the sizes of ``preset`` (see ``core.pictures.PRESETS``).

    An empty ``alt`` marks the picture as decorative (WCAG 1.1.1). ``eager`` is for the one
    picture above the fold; every other is loaded when it comes near. ``wrap`` is the class of a
    ``div`` around it. Nothing is rendered, not even that, when there is no picture to show or
    consent to it has ended.
    """
    stored = image.pictures.get(preset) if image and not image.is_expired else None
    if not stored:
        return {"stored": None}
    return {
        "stored": stored,
        "avif": srcset(stored["avif"]),
        "webp": srcset(stored["webp"]),
        "src": default_storage.url(stored["webp"][-1]["name"]),
        "alt": alt,
        "sizes": sizes,
        "eager": eager,
        "css_class": css_class,
        "wrap": wrap,
    }


def srcset(sources: list[dict[str, Any]]) -> str:
    """Return the value of a ``srcset`` attribute: address and width of each source."""
    return ", ".join(
        f"{default_storage.url(source['name'])} {source['width']}w" for source in sources
    )


@register.simple_tag(takes_context=True)
def get_breadcrumbs(context: template.Context, page: Page) -> list[MenuItem]:
    """Return the way from the home page to ``page``."""
    return breadcrumbs(page, context["request"])


@register.simple_tag(takes_context=True)
def get_language_links(context: template.Context) -> list[LanguageLink]:
    """Return the language switch: the same page in each other language."""
    links = context.get("language_links")
    if links is not None:
        return links
    page = context.get("page")
    return language_links(page if isinstance(page, Page) else None, context["request"])


@register.simple_tag(takes_context=True)
def json_ld(context: template.Context, page: BasePage) -> SafeString:
    """Render the page's schema.org description as a JSON-LD script element.

    The script is data and never runs; ``<``, ``>`` and ``&`` are written as escapes so that no
    text can end the element.
    """
    data = json.dumps(page.structured_data(context["request"]), ensure_ascii=False)
    escaped = SafeString(data.translate(SCRIPT_ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', escaped)


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, url: str) -> str:
    """Return ``url`` with scheme and host."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(url)


@register.simple_tag(takes_context=True)
def render_body(context: template.Context, body: StreamValue) -> SafeString:
    """Render a stream, each block in a ``div.block-<type>``; its linked pages cost one query."""
    flat = context.flatten()
    with links_known(page_ids(body.raw_data), context.get("request")):
        return format_html_join(
            "",
            '<div class="block-{}">{}</div>',
            [(child.block_type, child.render(context=flat)) for child in body],
        )


@register.simple_tag
def get_easy_read(page: Page) -> EasyRead | None:
    """Return the page's easy-to-read version, or the full version that it is one of."""
    return easy_read(page) if isinstance(page, BasePage) else None


class KnownLinksNode(template.Node):
    """What stands between ``{% known_links … %}`` and ``{% endknown_links %}``."""

    def __init__(self, nodelist: template.NodeList, sources: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.sources = sources

    def render(self, context: template.Context) -> SafeString:
        values = [source.resolve(context, ignore_failures=True) for source in self.sources]
        linked = [page_ids(getattr(value, "raw_data", value)) for value in values if value]
        with links_known(set().union(*linked), context.get("request")):
            return self.nodelist.render(context)


@register.tag
def known_links(parser: Parser, token: Token) -> KnownLinksNode:
    """Render a part of a page with every page that the named streams and rich texts link to known.

    ``{% known_links page.body page.how_to_join %}…{% endknown_links %}`` asks once for
    what ``render_body`` and ``richtext`` within it would ask for one by one.
    """
    sources = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endknown_links",))
    parser.delete_first_token()
    return KnownLinksNode(nodelist, sources)
