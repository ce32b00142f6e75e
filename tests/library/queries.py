"""Counting what a request asks the database."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 15


def queries_of(client: Client, address: str) -> int:
    """Return how many queries ``address`` takes with a cold cache; none may be asked twice."""
    client.get(address)  # Content types are kept for as long as the process lives.
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    twice = {sql for sql in asked if asked.count(sql) > 1}
    assert not twice, twice
    return len(asked)
