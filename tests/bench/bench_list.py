"""How the list bears 100,000 enterprises; run by `make bench`, on PostgreSQL.

Every time is told as a ratio to another of the same run, since the machine has other users. The
measure is a page without anything to find: twenty rows in the order of an index, through the same
middleware and the same templates. ``BENCH_COUNT`` chooses another size of the list.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from asflist.cards import make_cards, rows
from asflist.enums import Procurement, SpokenLanguage
from asflist.finding import index
from asflist.finding.filters import DISTANCES, Filters
from asflist.finding.large_list import COMPOUNDS, FIRST
from asflist.finding.search import find
from asflist.models import Enterprise, Industry
from asflist.places import counties, municipalities
from config.urls import urlpatterns as site_urls
from tests.asflist.factories import make_list_page
from tests.conftest import make_home

COUNT = int(os.environ.get("BENCH_COUNT", "100000"))
REQUESTS = 200
MOST_QUERIES = 12
WORST_RATIO = 5.0
PLAIN = """{% extends "base.html" %}{% block content %}<div class="wrap"><ul class="cards">
{% for card in cards %}
<li>{% include "asflist/components/enterprise_card.html" with shortlist=True %}</li>
{% endfor %}</ul></div>{% endblock %}"""


def plain_page(request: HttpRequest) -> HttpResponse:
    """Show the first twenty enterprises by name."""
    first = rows(Enterprise.objects.published().in_source_language()).order_by("sort_key", "pk")
    cards = make_cards(first[:20], request)
    return HttpResponse(engines["django"].from_string(PLAIN).render({"cards": cards}, request))


urlpatterns = [path("plain-page/", plain_page), *site_urls]


def addresses() -> list[str]:
    """Return the mixed requests: each draws some of what may be asked, the same every run."""
    draw = random.Random(20)  # noqa: S311
    industries = list(Industry.objects.values_list("slug", flat=True).order_by("slug"))
    towns = [place.code for place in municipalities()]

    def ask() -> list[tuple[str, str]]:
        text = draw.choice(["lokal", "arb", "k", *draw.sample(COMPOUNDS, 3), *FIRST.split()[:3]])
        choices: list[list[tuple[str, str]]] = [
            [("q", text)],
            [("q", f"{text} {draw.choice(COMPOUNDS)[:5]}")],
            [("county", draw.choice(counties()).code)],
            [("near", draw.choice(towns)), ("km", str(draw.choice(DISTANCES)))],
            [("delivers", draw.choice(towns))],
            [("industry", slug) for slug in draw.sample(industries, 2)],
            [("procurement", draw.choice(Procurement.values))],
            [("language", draw.choice(SpokenLanguage.values))],
            [(draw.choice(["certified", "member", "reserved"]), "1")],
            [("page", str(draw.randint(1, 20)))],
        ]
        return [pair for part in draw.sample(choices, draw.randint(0, 4)) for pair in part]

    return [f"/asf-listan/?{urlencode(ask())}" for _number in range(REQUESTS)]


def seconds(action: Callable[[], object]) -> float:
    """Return how long ``action`` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def percentile(times: list[float], part: float) -> float:
    """Return the time that ``part`` of them stay under."""
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


def resident() -> int:
    """Return the process's memory in megabytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def say(label: str, value: str) -> None:
    """Print a row."""
    print(f"{label:<66} {value:>12}")  # noqa: T201


def bare_sql() -> dict[str, float]:
    """Return how long PostgreSQL takes for what the list counts, asked for directly."""
    live = "FROM asflist_enterprise WHERE live"
    questions = {
        "20 rows by name": f"SELECT * {live} ORDER BY sort_key, id LIMIT 20",
        "count by municipality": f"SELECT municipality, count(*) {live} GROUP BY 1",
        "count of a word in half the texts": f"SELECT count(*) {live} AND offer LIKE '%%lokal%%'",
    }
    with connection.cursor() as cursor:
        return {
            label: percentile([seconds(lambda q=sql: cursor.execute(q)) for _n in range(5)], 0.5)
            for label, sql in questions.items()
        }


@pytest.mark.django_db(transaction=True)
def test_bench_list(settings):
    if connection.vendor != "postgresql":
        pytest.skip("measured on PostgreSQL: set DATABASE_URL")
    settings.ROOT_URLCONF = "tests.bench.bench_list"
    make_list_page(make_home())
    print()  # noqa: T201
    say(f"making {COUNT} enterprises, seconds", f"{seconds(make):.0f}")
    before = resident()
    say("reading the index, once a process, seconds", f"{seconds(index.current):.1f}")
    say("memory of the index, MB", f"{resident() - before}")
    client = Client()
    asked = addresses()
    for address in (*asked[:10], "/plain-page/"):
        assert client.get(address).status_code == 200
    plain, mixed = [], []
    for address in asked:  # In turn, so that both meet the same machine.
        plain.append(seconds(lambda: client.get("/plain-page/")))
        mixed.append(seconds(lambda a=address: client.get(a)))
    ratio = percentile(mixed, 0.95) / percentile(plain, 0.95)
    say("a plain page, median / 95th percentile, ms", both(plain))
    say("200 mixed requests, median / 95th percentile, ms", both(mixed))
    say("ratio of the medians", f"{percentile(mixed, 0.5) / percentile(plain, 0.5):.2f}")
    say("ratio of the 95th percentiles", f"{ratio:.2f}")
    slowest = max(zip(mixed, asked, strict=True))
    say(f"slowest: {slowest[1][:56]}", f"{slowest[0] * 1000:.0f} ms")
    everything = seconds(lambda: find(Filters(text="lokal"), "sv").counts)
    for label, bare in bare_sql().items():
        say(f"bare SQL, {label}, ms", f"{bare * 1000:.1f}")
        say("  a common word with all its counts, as a ratio to it", f"{everything / bare:.2f}")
    numbers = {queries(client, address) for address in asked[:40]}
    say("queries a request", f"{min(numbers)}–{max(numbers)}")
    assert max(numbers) <= MOST_QUERIES
    assert ratio < WORST_RATIO


def make() -> None:
    """Make the list, and let PostgreSQL know what it holds."""
    call_command("make_large_list", count=COUNT, stdout=StringIO())


def both(times: list[float]) -> str:
    """Return the median and the 95th percentile in milliseconds."""
    return f"{percentile(times, 0.5) * 1000:.0f} / {percentile(times, 0.95) * 1000:.0f}"


def queries(client: Client, address: str) -> int:
    """Return how many queries a request takes."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
