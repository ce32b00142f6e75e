"""Easy-to-read versions of pages (lättläst): which belongs to which, and whether it is kept up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from wagtail.models import Page

from core.models import BasePage


@dataclass(frozen=True)
class EasyRead:
    """A page's live, public relatives in its own language.

    ``full`` is what an easy-to-read page is a version of; ``versions`` are a page's own easy ones.
    """

    page: BasePage
    full: Page | None = None
    versions: list[Page] = field(default_factory=list)

    @property
    def is_easy(self) -> bool:
        """Whether the page itself is an easy-to-read version."""
        return self.page.easy_read_of_id is not None

    @property
    def is_out_of_date(self) -> bool:
        """Whether the full version has been changed since the page was last published."""
        return self.full is not None and is_newer(self.full, self.page)


def is_newer(page: Page, other: Page) -> bool:
    """Whether ``page`` was published after ``other`` was."""
    moment, before = page.last_published_at, other.last_published_at
    return bool(moment and before and moment > before)


def relatives(keys: QuerySet) -> Q:
    """Return what holds for the easy and full versions, in any language, of pages with ``keys``."""
    easy = BasePage.objects.filter(easy_read_of__translation_key__in=keys)
    full = BasePage.objects.filter(easy_read_versions__translation_key__in=keys)
    return Q(translation_key__in=easy.values("translation_key")) | Q(
        translation_key__in=full.values("translation_key")
    )


def sort_out(page: BasePage, rows: Iterable[Page]) -> EasyRead:
    """Find the page's relatives among ``rows``: those on its way, its translations, ``relatives``.

    Each row knows by ``restricted`` whether a view restriction covers it.
    """
    others = [row for row in rows if row.translation_key != page.translation_key]
    full_key = next((row.translation_key for row in others if row.pk == page.easy_read_of_id), None)
    shown = [
        row
        for row in others
        if row.is_shown and not row.restricted and row.locale_id == page.locale_id
    ]
    full = next((row for row in shown if row.translation_key == full_key), None)
    if page.easy_read_of_id:
        return EasyRead(page, full=full)
    return EasyRead(page, versions=[row for row in shown if not page.path.startswith(row.path)])


def easy_read(page: BasePage) -> EasyRead:
    """Return the page's relatives; routing has often found them, else it is one query."""
    if page.known_relatives is not None:
        return sort_out(page, page.known_relatives)
    same = BasePage.objects.live().public().filter(locale=page.locale_id)
    if page.easy_read_of_id:
        key = BasePage.objects.filter(pk=page.easy_read_of_id).values("translation_key")
        return EasyRead(page, full=same.filter(translation_key__in=key).first())
    return EasyRead(
        page, versions=list(same.filter(easy_read_of__translation_key=page.translation_key))
    )
