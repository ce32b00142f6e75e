"""The index that visitors search, and what they searched for."""

from search.models.entry import SearchEntry, SearchEntryQuerySet
from search.models.log import SearchLog

__all__ = ["SearchEntry", "SearchEntryQuerySet", "SearchLog"]
