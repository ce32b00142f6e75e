"""Template tags of books: their files to take, and short addresses for print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.typesetting import qr_code
from library import short_addresses
from library.models import BookFile

register = template.Library()


@dataclass(frozen=True)
class Download:
    """A handbook's file with the address where visitors take it."""

    file: BookFile
    url: str


@register.inclusion_tag("library/components/book_files.html")
def book_files(handbook: Page) -> dict[str, Any]:
    """Show the handbook's files with format, size and day; nothing where there are none. One query.

    ``handbook`` may be known as a plain page, as it is among the pages above a chapter.
    """
    files = BookFile.objects.filter(handbook=handbook.pk).order_by("-format")
    url = handbook.get_url()
    return {
        "downloads": [
            Download(file, f"{url}{handbook.slug}.{file.format}")
            for file in files
            if url and file.is_servable
        ],
        "newer_is_coming": any(file.newer_is_coming for file in files),
    }


@register.inclusion_tag("library/components/short_address.html")
def short_address(page: Page) -> dict[str, Any]:
    """Show the page's short address and its code, on paper only. One query.

    It is given when the page is published; before that there is none to show.
    """
    url = short_addresses.known_url(page)
    code = SafeString(qr_code(url)) if url else ""
    return {"url": url, "shown": short_addresses.shown(url), "code": code}
