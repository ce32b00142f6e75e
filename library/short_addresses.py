"""Short addresses for print: given once, good for ever."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from django.urls import reverse
from wagtail.models import Page

from core.mail import full_url
from core.models import BasePage
from library.models import LibraryIndexPage, ShortAddress

#: Crockford's base 32: no I, L, O or U, which are misread or make words.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
MISREAD = str.maketrans("ILO", "110")


def short_url(page: Page) -> str:
    """Return the page's short address, ``https://host/b/7KQ2M/``; the first call makes it."""
    return short_urls([page])[page.pk]


def known_url(page: Page) -> str:
    """Return the page's short address if it has been given one, else ``""``; one query."""
    code = codes_of([page]).get(page.pk)
    return address_of(code) if code else ""


def short_urls(pages: Sequence[Page]) -> dict[int, str]:
    """Map each page's id to its short address; one query where all have one already.

    Two who ask at once for the same page get the same address: the database keeps one a page.
    """
    codes = codes_of(pages)
    while missing := [page for page in pages if page.pk not in codes]:
        # A code that somebody has, or a page that somebody else was quicker with, is left out.
        ShortAddress.objects.bulk_create(
            [made_for(page) for page in missing], ignore_conflicts=True
        )
        codes |= codes_of(missing)
    return {pk: address_of(code) for pk, code in codes.items()}


def codes_of(pages: Sequence[Page]) -> dict[int, str]:
    """Map the ids of those pages that have a short address to its code."""
    found = ShortAddress.objects.filter(page__in=[page.pk for page in pages])
    return dict(found.values_list("page_id", "code"))


def made_for(page: Page) -> ShortAddress:
    """Return a new short address for the page, not saved, with what it leads to when it is gone."""
    parent = page.get_parent()
    return ShortAddress(
        code="".join(secrets.choice(LETTERS) for _letter in range(LENGTH)),
        page_id=page.pk,
        fallback_id=parent.pk if parent else None,
        title=page.title,
        language=page.locale.language_code,
    )


def address_of(code: str) -> str:
    """Return the whole address of a code."""
    return full_url(reverse("short_address", args=[code]))


def shown(url: str) -> str:
    """Return an address as it is printed: without scheme and last slash."""
    return re.sub(r"^https?://", "", url).rstrip("/")


def find(code: str) -> ShortAddress | None:
    """Return the short address with this code, typed in any case and with O for 0, or None."""
    typed = code.upper().translate(MISREAD)
    return ShortAddress.objects.select_related("page", "fallback").filter(code=typed).first()


def target(address: ShortAddress) -> Page | None:
    """Return the page that the address leads to: its own, else the nearest public one above.

    Where the page is gone and what it stood under as well, the library in its language; None when
    there is none.
    """
    for page in (address.page, address.fallback):
        if page and (found := nearest_public(page)):
            return found
    indexes = BasePage.objects.type(LibraryIndexPage).live().public()
    return indexes.filter(locale__language_code=address.language).order_by("path").first()


def nearest_public(page: Page) -> BasePage | None:
    """Return the page, or the nearest above it, that visitors may read."""
    way = [page.path[:end] for end in range(page.steplen * 2, len(page.path) + 1, page.steplen)]
    return BasePage.objects.filter(path__in=way).live().public().order_by("-depth").first()
