"""Taking up, confirming, changing and ending searches that somebody hears of by mail.

An address gets nothing but one question until its owner has answered it (double opt-in). Whoever
asks is answered the same whether the address is known or not.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from pyroaring import BitMap

from asflist.addresses import list_url
from asflist.finding.filters import Filters
from asflist.finding.search import find
from asflist.models import SavedSearch
from core.guard import is_over_limit_of_address
from core.mail import full_url
from core.outbox import post
from core.signed_links import BadLinkError, make_token, read_token

CONFIRMING = "saved_search_confirm"
MANAGING = "saved_search"
#: How long a link to confirm with works.
DAYS_TO_CONFIRM = 7
#: How many questions one address can be made to get, by anybody.
QUESTIONS = "5/d"
#: What was never confirmed is kept for this long.
KEEP_UNCONFIRMED = timedelta(days=30)


def ask(email: str, filters: Filters, *, frequency: str, language: str) -> None:
    """Mail ``email`` a link to confirm the search with, or to manage the one there is.

    Nothing happens when the address has been asked too often; the asker is not told.
    """
    email = email.lower()
    if is_over_limit_of_address(email, "saved_search", QUESTIONS):
        return
    with transaction.atomic():
        search, _made = SavedSearch.objects.get_or_create(
            email=email,
            query=filters.query(),
            language=language,
            defaults={"frequency": frequency},
        )
        if search.confirmed_at is None and search.frequency != frequency:
            search.frequency = frequency
            search.save(update_fields=["frequency"])
        template = "known" if search.confirmed_at else "confirm"
        post(
            f"saved-search-ask:{uuid.uuid4()}",
            f"asflist/mail/saved_search_{template}.txt",
            {
                "in_words": in_words(search),
                "confirm_url": link("saved_search_confirm", CONFIRMING, search),
                "manage_url": manage_link(search),
                "days": DAYS_TO_CONFIRM,
            },
            to=email,
            language=language,
        )


def confirm(search: SavedSearch) -> None:
    """Tell of what is new from now on; nothing when that is done already."""
    with transaction.atomic():
        locked = SavedSearch.objects.select_for_update().get(pk=search.pk)
        if locked.confirmed_at is None:
            locked.confirmed_at = locked.checked_at = timezone.now()
            locked.told = BitMap(find(filters_of(locked), locked.language).keys())
            locked.save(update_fields=["confirmed_at", "checked_at", "told_ids"])


def change(search: SavedSearch, frequency: str) -> None:
    """Tell as often as this from now on."""
    SavedSearch.objects.filter(pk=search.pk).update(frequency=frequency)


def end(search: SavedSearch) -> None:
    """Delete the search and the address."""
    search.delete()


def forget_saved_searches(now: datetime) -> int:
    """Delete addresses that nobody confirmed within a month, and count them."""
    old = SavedSearch.objects.filter(confirmed_at=None, created_at__lt=now - KEEP_UNCONFIRMED)
    number, _by_model = old.delete()
    return number


def filters_of(search: SavedSearch) -> Filters:
    """Return what is asked for; what no longer exists, such as an industry, is left out."""
    return Filters.from_address(QueryDict(search.query))


def in_words(search: SavedSearch) -> str:
    """Return what is asked for in one line, in the language of the search."""
    with translation.override(search.language):
        return filters_of(search).in_words()


def search_from(purpose: str, token: str) -> SavedSearch | None:
    """Return the search that ``token`` was made for, or None when it has been ended.

    Raises ``BadLinkError`` for a token that was not made for ``purpose``, or is too old.
    """
    max_age = DAYS_TO_CONFIRM * 24 * 60 * 60 if purpose == CONFIRMING else None
    parts = read_token(purpose, token, max_age=max_age)
    if len(parts) != 1:
        raise BadLinkError
    return SavedSearch.objects.filter(uid=parts[0]).first()


def link(route: str, purpose: str, search: SavedSearch) -> str:
    """Return the full address of the search's page at ``route``, in its language."""
    with translation.override(search.language):
        return full_url(reverse(route, args=[make_token(purpose, search.uid)]))


def manage_link(search: SavedSearch) -> str:
    """Return the address at which the search is changed."""
    return link("saved_search_manage", MANAGING, search)


def unsubscribe_link(search: SavedSearch) -> str:
    """Return the address at which one click ends the search (RFC 8058)."""
    return link("saved_search_end", MANAGING, search)


def list_link(search: SavedSearch) -> str:
    """Return the address of the search on the list, with scheme and host."""
    return full_url(filters_of(search).address(list_url(search.language) or "/"))
