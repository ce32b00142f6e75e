"""How many queries the list's pages take, and that none is asked twice."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asflist.finding.entries import settle
from tests.asflist.factories import make_enterprise, make_industry, make_list_page


@pytest.fixture
def industries(home):
    make_list_page(home)
    return [make_industry(f"Bransch {n}", f"bransch-{n}") for n in range(5)]


def queries(client, address):
    """Return the SQL that a cold request takes, once a change has been settled."""
    settle()
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    assert len(asked) == len(set(asked)), [sql for sql in asked if asked.count(sql) > 1]
    return asked


def fill(industries, make_image, number):
    for n in range(number):
        make_enterprise(
            industries=industries[: n % 4 + 1],
            tags=["lunch", "fika"],
            procurement=["direct"],
            delivers_to=["21"],
            picture=make_image() if n < 8 else None,
        )


EVERYTHING = (
    "q=lunch&county=21&near=2180&km=50&delivers=21&industry=bransch-0&industry=bransch-1"
    "&procurement=direct&language=sv&type=asf&certified=1&member=1&reserved=1"
)


@pytest.mark.parametrize(
    "address",
    [
        "/asf-listan/",
        "/asf-listan/?q=lunch&county=21&municipality=2180&industry=bransch-0",
        f"/asf-listan/?{EVERYTHING}",
        "/asf-listan/?near=2180&km=100&page=1",
        "/asf-listan/exempel/",
    ],
)
def test_three_rows_and_thirty_take_the_same_queries(client, industries, make_image, address):
    make_enterprise(name="Exempel", industries=industries)
    fill(industries, make_image, 2)
    few = queries(client, address)
    fill(industries, make_image, 27)
    many = queries(client, address)
    assert len(few) == len(many)
    assert len(many) <= 15


def test_any_combination_of_filters_takes_the_same_queries_at_most_twelve(
    client, industries, make_image
):
    fill(industries, make_image, 30)
    parts = EVERYTHING.split("&")
    addresses = ["/asf-listan/?" + "&".join(parts[:n]) for n in range(len(parts) + 1)]
    addresses += ["/asf-listan/?q=ingenting&" + "&".join(parts[1:])]
    found = {address: client.get(address).context["listing"].count for address in addresses}
    counted = {address: len(queries(client, address)) for address in addresses}
    with_hits = {counted[address] for address in addresses if found[address]}
    without = {counted[address] for address in addresses if not found[address]}
    assert len(with_hits) == 1
    assert max(without) <= max(with_hits) <= 12


def test_addresses_of_many_rows_take_one_query(home, rf, django_assert_num_queries):
    from asflist.models import Enterprise

    make_list_page(home)
    for _number in range(30):
        make_enterprise()
    request = rf.get("/")
    rows = list(Enterprise.objects.published().select_related("locale"))
    home.get_url(request)
    with django_assert_num_queries(1):
        assert len({row.get_url(request) for row in rows}) == 30
