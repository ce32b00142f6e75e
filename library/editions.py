"""Editions of a handbook: which comes after which, and making the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from library.models import HandbookPage


@dataclass(frozen=True)
class Editions:
    """What readers of one edition should know of the others, in their language.

    ``newest`` is None for readers of the newest that is public; ``earlier`` are the public editions
    before this one, the latest first.
    """

    newest: HandbookPage | None
    earlier: list[HandbookPage]


def editions_of(key: UUID, language: str, books: Iterable[HandbookPage]) -> Editions:
    """Return the other editions of the book with this translation key.

    ``books`` are all handbooks of the site, as ``HandbookPageQuerySet.with_editions`` has them.
    Which edition comes before which holds in every language, whichever version an editor said it
    in. A newer edition that is not public leads nobody, but what is public beyond it does.
    """
    rows = list(books)
    earlier_of: dict[UUID, UUID] = {}
    public: dict[UUID, HandbookPage] = {}
    for row in rows:
        if row.earlier_edition is not None:
            earlier_of.setdefault(row.translation_key, row.earlier_edition.translation_key)
        if row.live and not row.restricted and row.locale.language_code == language:
            public[row.translation_key] = row
    later = follow({before: after for after, before in earlier_of.items()}, key)
    newest = next((public[other] for other in reversed(later) if other in public), None)
    earlier = [public[other] for other in follow(earlier_of, key) if other in public]
    return Editions(newest, earlier)


def follow(steps: dict[UUID, UUID], start: UUID) -> list[UUID]:
    """Return what one comes to from ``start``, step by step; a circle is walked once."""
    way: list[UUID] = []
    key = steps.get(start)
    while key is not None and key != start and key not in way:
        way.append(key)
        key = steps.get(key)
    return way


def all_books() -> Iterable[HandbookPage]:
    """Return every handbook with what ``editions_of`` asks for; one query."""
    from library.models import HandbookPage  # Its pages ask for their editions.

    return HandbookPage.objects.with_editions()


def may_make_edition(handbook: HandbookPage, user: User | AnonymousUser) -> bool:
    """Whether the user may put a copy of the book and its chapters beside it."""
    allowed: bool = handbook.permissions_for_user(user).can_copy_to(
        handbook.get_parent(), recursive=True
    )
    return allowed


def new_edition(handbook: HandbookPage, by: User, edition: str, slug: str) -> HandbookPage:
    """Copy the book and its chapters as drafts: the next edition, which replaces ``handbook``.

    ``edition`` is what the new one is called and ``slug`` its address, which must be free. What
    has changed in the chapters is told of the edition that it changed in and is not copied.
    Raises ``PermissionDenied`` when ``by`` may not make the copy.
    """
    if not may_make_edition(handbook, by):
        raise PermissionDenied
    with transaction.atomic():
        return handbook.copy(
            recursive=True,
            copy_revisions=False,
            keep_live=False,
            user=by,
            update_attrs={
                "slug": slug,
                "title": handbook.title,
                "edition": edition,
                "earlier_edition": handbook,
            },
        )
