"""Writing down what was searched for: once a day and query, and nothing about the one who asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.analysis import clean_query
from search.models.log import LOGGED_LENGTH

ROWS_A_DAY = 5_000  # a machine that tries words must not fill the disk
SQLITE_PATIENCE = 250  # milliseconds

# Six digits and more, however they are set out, may be a telephone number, a personal identity
# number (folkbokföringslagen 1991:481 § 18) or a day of birth; an @ may be an e-mail address.
PERSONAL = re.compile(r"@|\d(?:[\s\-–—+./()]*\d){5}")

UPSERT = """
INSERT INTO search_searchlog (day, language, query, hits, times)
SELECT %s, %s, %s, %s, 1
WHERE (SELECT COUNT(*) FROM search_searchlog WHERE day = %s) < %s
ON CONFLICT (day, language, query)
DO UPDATE SET hits = excluded.hits, times = search_searchlog.times + 1
"""


def may_be_personal(query: str) -> bool:
    """Whether the query holds an e-mail address, or digits that may be a person's."""
    return bool(PERSONAL.search(unicodedata.normalize("NFKC", query)))


def record(query: str, language: str, hits: int) -> None:
    """Count one more search for ``query`` today; a database that cannot write is no error.

    What may be personal is not written.
    """
    text = clean_query(query).casefold()[:LOGGED_LENGTH].strip()
    if not text or may_be_personal(query):
        return
    day = timezone.localdate().isoformat()
    try:
        with without_long_wait(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(UPSERT, [day, language, text, hits, day, ROWS_A_DAY])
    except DatabaseError:
        return


@contextmanager
def without_long_wait() -> Iterator[None]:
    """Let a visitor not wait for another writer: SQLite has one at a time."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {SQLITE_PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
