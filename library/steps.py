"""A guidance’s steps as its page shows them: numbered, with what helps in the reader’s words."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.models import BasePage
from core.models.pages import restrictions_covering


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
    """Return the stream's steps; one query for what all of them lead to."""
    chosen = [[page for page in child.value["related"] if page] for child in stream]
    shown = in_readers_language([page for pages in chosen for page in pages])
    return [
        Step(number, child, [shown[page.pk] for page in pages if page.pk in shown])
        for number, (child, pages) in enumerate(zip(stream, chosen, strict=True), start=1)
    ]


def with_versions(ids: Iterable[int | None]) -> list[BasePage | None]:
    """Return the pages with these ids in any state, None for one that is gone; one query.

    Each knows its ``public_versions``.
    """
    wanted = list(ids)
    same = BasePage.objects.filter(pk__in=[pk for pk in wanted if pk])
    rows = (
        BasePage.objects.filter(translation_key__in=same.values("translation_key"))
        .annotate(restricted=Exists(restrictions_covering("path")))
        .select_related("locale", "content_type")
    )
    by_id: dict[int, BasePage] = {}
    versions: dict[UUID, dict[str, BasePage]] = {}
    for page in rows:
        by_id[page.pk] = page
        public = versions.setdefault(page.translation_key, {})
        if page.is_shown and not page.restricted:
            public[page.locale.language_code] = page
    chosen = [copy(by_id[pk]) if pk in by_id else None for pk in wanted]
    for page in filter(None, chosen):
        page.public_versions = versions[page.translation_key]
    return chosen


def in_readers_language(pages: list[Page]) -> dict[int, BasePage]:
    """Map each page's id to its public version in the reader's language, else as it was chosen.

    One that is not public in either is left out. No query for what the block has fetched, one for
    what an editor has chosen just now.
    """
    new = [page.pk for page in pages if getattr(page, "public_versions", None) is None]
    known = {page.pk: page for page in [*pages, *(with_versions(new) if new else [])] if page}
    found = {pk: shown(page.public_versions or {}, pk) for pk, page in known.items()}
    return {pk: page for pk, page in found.items() if page}


def shown(versions: dict[str, BasePage], pk: int) -> BasePage | None:
    """Return the version in the reader's language, else the chosen one if it is public."""
    own = (version for version in versions.values() if version.pk == pk)
    return versions.get(get_language() or "") or next(own, None)
