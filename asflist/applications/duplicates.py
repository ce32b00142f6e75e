"""Whether an organisation number is with us already, told without telling more than it may."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from asflist.enums import ListingState
from asflist.models import Enterprise

#: Who has left the list, or was not let on it, may apply again.
MAY_APPLY_AGAIN = (ListingState.DECLINED, ListingState.WITHDRAWN)


@dataclass(frozen=True)
class Duplicate:
    """What stands in the way of an application; name and path only where visitors see the entry."""

    name: str = ""
    url: str = ""


def find_duplicate(number: str) -> Duplicate | None:
    """Return what has the number (NNNNNN-NNNN) already, or None where one may apply with it."""
    entry = find_entry(number)
    if entry is None or entry.state in MAY_APPLY_AGAIN:
        return None
    if not entry.live:
        return Duplicate()
    shown = Enterprise.objects.published().filter(translation_key=entry.translation_key)
    shown = shown.in_reader_language().select_related("locale").first() or entry
    return Duplicate(shown.name, shown.get_url(language=get_language() or settings.LANGUAGE_CODE))


def find_entry(number: str) -> Enterprise | None:
    """Return the entry in the source language with this number."""
    entries = Enterprise.objects.in_source_language().select_related("locale")
    return entries.filter(organisation_number=number).first()
