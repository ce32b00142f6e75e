"""The result that an address asks for: the same filters as on the list's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language

from asflist.cards import industry_names
from asflist.finding.filters import Filters
from asflist.finding.search import Hits, find
from asflist.models import Enterprise
from asflist.open_data.entries import Entry, entries

Made = TypeVar("Made")

#: Entries fetched at once.
CHUNK = 500


@dataclass(frozen=True)
class Result:
    """What was found; ``notices`` say what in the address was not understood."""

    request: HttpRequest
    language: str
    filters: Filters
    hits: Hits

    @classmethod
    def of(cls, request: HttpRequest) -> Result:
        """Return the result for the request's address, in the active language."""
        language = get_language() or settings.LANGUAGE_CODE
        filters = Filters.from_address(request.GET, industry_names(request).values())
        return cls(request, language, filters, find(filters, language))

    @property
    def count(self) -> int:
        """The number of hits."""
        return self.hits.count

    def map(
        self, make: Callable[[Entry], Made], start: int = 0, stop: int | None = None
    ) -> Iterator[Made]:
        """Yield what ``make`` makes of each hit from ``start`` up to ``stop``, in the list's order.

        The order is found once. Entries come in chunks, so that memory holds few of them however
        long a file becomes, and each is made in the result's language, whatever is active when a
        streamed answer asks for it.
        """
        stop = self.count if stop is None else min(stop, self.count)
        keys = self.hits.keys(start, stop) if start < stop else []
        for first in range(0, len(keys), CHUNK):
            with translation.override(self.language):
                public = Enterprise.objects.published().in_reader_language()
                chunk = keys[first : first + CHUNK]
                made = [make(entry) for entry in entries(public, chunk, self.request)]
            yield from made

    def entries(self, start: int = 0, stop: int | None = None) -> list[Entry]:
        """Return the hits from ``start`` up to ``stop``."""
        return list(self.map(lambda entry: entry, start, stop))
