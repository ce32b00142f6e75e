"""The entries that a visitor means to ask: kept in a signed cookie, and nowhere else.

No cookie is set before the first is chosen. It holds ids of source entries, and nothing of whose it
is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from asflist.cards import EnterpriseCard, make_cards, rows
from asflist.enquiries.receivers import receivable
from asflist.models import Enterprise
from core.signed_links import BadLinkError, make_token, read_token

COOKIE = "shortlist"
PURPOSE = "shortlist"
MOST = 10
#: Seconds that it is remembered for after the last change: thirty days.
LASTS = 30 * 24 * 3600


@dataclass(frozen=True)
class Shortlist:
    """Who is chosen, in the order of choice; ``dropped`` is how many cannot be asked any more."""

    entries: list[Enterprise]
    dropped: int

    @property
    def is_full(self) -> bool:
        """Whether no more can be chosen."""
        return len(self.entries) >= MOST

    def cards(self, request: HttpRequest) -> list[EnterpriseCard]:
        """Return a card for each entry in the reader's language, in the order of choice."""
        keys = [entry.translation_key for entry in self.entries]
        shown = Enterprise.objects.published().in_reader_language()
        cards = make_cards(rows(shown.filter(translation_key__in=keys)), request)
        return sorted(cards, key=lambda card: keys.index(card.enterprise.translation_key))


def chosen_ids(request: HttpRequest) -> list[int]:
    """Return the ids in the reader's cookie; none for a cookie that is not ours or too old."""
    try:
        parts = read_token(PURPOSE, request.COOKIES.get(COOKIE, ""), max_age=LASTS)
    except BadLinkError:
        return []
    return [int(part) for part in parts if part.isdigit()][:MOST]


def read_shortlist(request: HttpRequest) -> Shortlist:
    """Return those of the reader's choice that can be asked today; at most two queries."""
    ids = chosen_ids(request)
    found = receivable().in_bulk(ids) if ids else {}
    entries = [found[pk] for pk in ids if pk in found]
    return Shortlist(entries, len(ids) - len(entries))


def keep(response: HttpResponseBase, entries: Iterable[Enterprise]) -> None:
    """Have the reader's browser remember the entries, or forget that there were any."""
    ids = [entry.pk for entry in entries]
    if not ids:
        forget(response)
        return
    response.set_cookie(
        COOKIE,
        make_token(PURPOSE, *ids),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_off(request: HttpRequest, response: HttpResponseBase, pks: Container[int | None]) -> None:
    """Have the reader's browser forget those of the entries that it remembers."""
    if COOKIE in request.COOKIES:
        keep(response, [one for one in read_shortlist(request).entries if one.pk not in pks])


def forget(response: HttpResponseBase) -> None:
    """Have the reader's browser forget the shortlist."""
    response.delete_cookie(COOKIE, samesite="Lax")
