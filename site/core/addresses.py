"""Addresses that differ by language and depend on no message catalogue."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language


def localized(**paths: str) -> str:
    """Return a lazy path for ``django.urls.path``: ``localized(sv="sok/", en="search/")``.

    An address must not depend on whether a catalogue has been compiled, so its words stand here
    and not in the catalogue.
    """

    def in_active_language() -> str:
        return paths[get_language() or settings.LANGUAGE_CODE]

    return lazy(in_active_language, str)()
