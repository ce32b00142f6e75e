"""Telling of what is new to a search: once, and only of what is on the list at that moment.

What has been told is written in the same transaction as the mail. A mail that still waits for the
mail server when one of its entries leaves the list is taken back, and made anew without it. Each
search has one such mail at most: while it waits no other is written, and what a mail told of that
was given up is new again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from asflist.addresses import list_url
from asflist.finding.search import find
from asflist.models import Enterprise, SavedSearch
from asflist.saved_searches.subscriptions import (
    filters_of,
    in_words,
    list_link,
    manage_link,
    unsubscribe_link,
)
from core.mail import full_url
from core.models import OutgoingMail
from core.models.outgoing_mail import GIVE_UP
from core.outbox import post

#: As many new entries are told of at once; the others wait for the next time.
MOST_AT_ONCE = 500
#: As many stand in the mail itself; the others are behind its link.
MOST_LISTED = 20
KEY = "saved-search:"


@dataclass(frozen=True)
class NewEntry:
    """An entry in the mail: its name, where it is, and its address with scheme and host."""

    name: str
    place: str
    summary: str
    url: str


def send_due(now: datetime | None = None) -> int:
    """Look at each search whose time has come, write the mails, and count them.

    ``now`` is aware. Safe to run twice, and at the same time.
    """
    now = now or timezone.now()
    due = SavedSearch.objects.due(now)
    return sum(look(pk, now) for pk in list(due.order_by("pk").values_list("pk", flat=True)))


def look(pk: int, now: datetime) -> bool:
    """Look at one search if it is still due, and tell whether a mail was written."""
    with transaction.atomic():
        search = SavedSearch.objects.due(now).select_for_update().filter(pk=pk).first()
        if search is None:
            return False
        unsent = OutgoingMail.objects.unsent().filter(key=key_of(search)).first()
        if unsent and unsent.made_at > now - GIVE_UP:
            return False
        told = search.told - search.latest if unsent else search.told
        keys = find(filters_of(search), search.language).keys()
        new = [key for key in keys if key not in told][:MOST_AT_ONCE]
        with translation.override(search.language):
            public = Enterprise.objects.published().in_reader_language().of_sources(new)
            entries = list(public.with_source_id())
        found = {entry.source_id: entry for entry in entries}
        search.checked_at, search.told = now, told
        if found:
            search.number += 1
            search.told, search.latest = told | type(told)(found), type(told)(found)
            write_mail(search, [found[key] for key in new if key in found])
        search.save(update_fields=["checked_at", "number", "told_ids", "latest_ids"])
    return bool(found)


def key_of(search: SavedSearch) -> str:
    """Return the key of the search's latest mail."""
    return f"{KEY}{search.uid}:{search.number}"


def write_mail(search: SavedSearch, entries: list[Enterprise]) -> None:
    """Write the mail that tells of the entries, with one click to end it (RFC 2369, RFC 8058)."""
    url = list_url(search.language)
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    end_url = unsubscribe_link(search)
    listed = [
        NewEntry(
            entry.name,
            entry.place.name if entry.place else "",
            entry.summary,
            full_url(f"{url}{entry.slug}/"),
        )
        for entry in entries[:MOST_LISTED]
    ]
    post(
        key_of(search),
        "asflist/mail/saved_search_new.txt",
        {
            "entries": listed,
            "number": len(entries),
            "more": len(entries) - len(listed),
            "in_words": in_words(search),
            "list_url": list_link(search),
            "manage_url": manage_link(search),
            "unsubscribe_url": end_url,
        },
        to=search.email,
        language=search.language,
        headers={
            "List-Id": f"<asf-list-{search.language}.{domain}>",
            "List-Unsubscribe": f"<{end_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def take_back(source_id: int) -> int:
    """Take back mails that wait and tell of an entry which has left the list, and count them.

    Their searches are looked at again the next time.
    """
    waiting = dict(
        OutgoingMail.objects.unsent().filter(key__startswith=KEY).values_list("key", "pk")
    )
    uids = {key.removeprefix(KEY).partition(":")[0] for key in waiting}
    taken = 0
    with transaction.atomic():
        for search in SavedSearch.objects.select_for_update().filter(uid__in=uids):
            mail = waiting.get(key_of(search))
            if mail is None or source_id not in search.latest:
                continue
            taken += OutgoingMail.objects.unsent().filter(pk=mail).delete()[0]
            search.told, search.checked_at = search.told - search.latest, None
            search.save(update_fields=["told_ids", "checked_at"])
    return taken
