"""A guidance’s steps as its page shows them: numbered, with what helps in the reader’s words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.models import BasePage


@dataclass(frozen=True)
class Step:
    """A step with its number, counted from 1, and the public pages that help with it."""

    number: int
    child: StreamValue.StreamChild
    related: list[BasePage]

    @property
    def anchor(self) -> str:
        """The id of the step's heading, in every language the same."""
        return f"steg-{self.number}"

    @property
    def value(self) -> Any:
        """The block's value."""
        return self.child.value


def steps_of(stream: StreamValue) -> list[Step]:
    """Return the stream's steps; one query for what all of them lead to, beside Wagtail's own."""
    chosen = [[page for page in child.value["related"] if page] for child in stream]
    shown = in_readers_language([page for pages in chosen for page in pages])
    return [
        Step(number, child, [shown[page.pk] for page in pages if page.pk in shown])
        for number, (child, pages) in enumerate(zip(stream, chosen, strict=True), start=1)
    ]


def in_readers_language(pages: list[Page]) -> dict[int, BasePage]:
    """Map each page's id to its public version in the reader's language, else as it was chosen.

    One that is not public in either is left out; one query, none without pages.
    """
    if not pages:
        return {}
    keys = {page.translation_key for page in pages}
    versions: dict[UUID, dict[str, BasePage]] = {}
    by_id: dict[int, BasePage] = {}
    for page in BasePage.objects.listed().filter(translation_key__in=keys):
        versions.setdefault(page.translation_key, {})[page.locale.language_code] = page
        by_id[page.pk] = page
    found = {
        page.pk: versions.get(page.translation_key, {}).get(get_language() or "")
        or by_id.get(page.pk)
        for page in pages
    }
    return {pk: page for pk, page in found.items() if page}
