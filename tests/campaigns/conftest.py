"""What the tests of campaigns and press share."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.campaigns.factories import CampaignIndexPageFactory, PressRoomPageFactory


@pytest.fixture
def campaigns(home):
    """The campaign index under the Swedish home page."""
    return CampaignIndexPageFactory(parent=home, slug="kampanjer")


@pytest.fixture
def press_room(home):
    """The press room under the Swedish home page."""
    return PressRoomPageFactory(parent=home, slug="press")


@pytest.fixture
def english_press_room(press_room, english_home, locales):
    """The press room's English translation."""
    room = press_room.copy_for_translation(locales["en"])
    room.title = "Press room"
    room.save_revision().publish()
    return room


@pytest.fixture
def count_queries(client):
    """Fetch an address with a cold cache, check that no query is asked twice, and count them."""

    def count(url):
        client.get(url)  # content types are known to every process after its first pages
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200
        asked = Counter(query["sql"] for query in queries.captured_queries)
        assert [sql for sql, times in asked.items() if times > 1] == []
        return len(queries)

    return count
