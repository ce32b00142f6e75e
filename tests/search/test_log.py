"""What was searched for is counted, and nothing about the one who asked is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from search import log
from search.log import may_be_personal, record
from search.models import SearchLog
from tests.search.factories import make_page


def rows():
    return list(
        SearchLog.objects.order_by("query").values_list("query", "language", "hits", "times")
    )


def test_a_search_is_counted_by_day_language_and_query(home, english_home, client):
    make_page(home, "Städning")
    client.get("/sok/", {"q": "Städ"})
    client.get("/sok/", {"q": " städ  "})
    client.get("/en/search/", {"q": "städ"})
    assert rows() == [("städ", "en", 0, 1), ("städ", "sv", 1, 2)] or rows() == [
        ("städ", "sv", 1, 2),
        ("städ", "en", 0, 1),
    ]
    assert SearchLog.objects.first().day == timezone.localdate()


def test_the_log_has_no_place_for_anything_personal():
    names = {field.name for field in SearchLog._meta.get_fields()}
    assert names == {"id", "day", "language", "query", "hits", "times"}
    assert SearchLog._meta.get_field("day").get_internal_type() == "DateField"


@pytest.mark.parametrize(
    "query",
    [
        "anna.exempel@example.org",
        "mejla anna＠example",
        "19850312-1234",
        "850312-1234",
        "8503121234",
        "850312+1234",
        "19850312",
        "1985-03-12",
        "850312",
        "070-123 45 67",
        "+46 70 123 45 67",
        "026/12 34 56",
        "ring (026) 12.34.56 nu",
        "026–12 34 56",
    ],
)
def test_what_may_be_personal_is_not_written(home, client, query):
    assert may_be_personal(query)
    client.get("/sok/", {"q": query})
    assert rows() == []


@pytest.mark.parametrize("query", ["öppet hus 2027", "9 maj 2026", "80250 gävle", "lou 4 kap 18 §"])
def test_ordinary_numbers_are_written(home, client, query):
    client.get("/sok/", {"q": query})
    assert [row[0] for row in rows()] == [query]


def test_groups_further_pages_and_empty_queries_are_not_counted(home, client):
    for parameters in (
        {"q": "städ", "kind": "films"},
        {"q": "städ", "page": 2},
        {"q": ""},
        {"q": "&"},
    ):
        client.get("/sok/", parameters)
    client.head("/sok/", {"q": "städ"})
    assert rows() == []


def test_a_long_query_is_cut(home):
    record("lång " * 100, "sv", 0)
    assert [len(row[0]) for row in rows()] == [99]


def test_the_last_number_of_hits_stands(home):
    record("städ", "sv", 0)
    record("städ", "sv", 3)
    assert rows() == [("städ", "sv", 3, 2)]


def test_a_day_has_room_for_so_many_queries(home, monkeypatch):
    monkeypatch.setattr(log, "ROWS_A_DAY", 2)
    for word in ("ett", "två", "tre"):
        record(word, "sv", 0)
    assert len(rows()) == 2


def test_a_log_that_cannot_be_written_is_no_error(home, client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_searchlog RENAME TO search_elsewhere")
    assert client.get("/sok/", {"q": "städ"}).status_code == 200
    with pytest.raises(DatabaseError):
        list(SearchLog.objects.all())


@pytest.fixture
def asked(home):
    """Two queries with hits, one without, and one from long ago."""
    day = timezone.localdate()
    for query, hits, times, age in [
        ("städ", 4, 7, 0),
        ("städ", 3, 5, 1),
        ("kafé", 2, 9, 2),
        ("rymdraket", 0, 3, 3),
        ("forntid", 1, 50, 200),
    ]:
        SearchLog.objects.create(
            day=day - timedelta(days=age), language="sv", query=query, hits=hits, times=times
        )


def queries_of(response):
    return [row["query"] for row in response.context["object_list"]]


def test_staff_see_the_most_asked_first(asked, admin_client_sv):
    response = admin_client_sv.get(reverse("search_report"))
    assert queries_of(response) == ["städ", "kafé", "rymdraket"]
    assert response.context["object_list"][0]["asked"] == 12


def test_staff_see_what_was_asked_in_vain(asked, admin_client_sv):
    response = admin_client_sv.get(reverse("search_report"), {"found": "no"})
    assert queries_of(response) == ["rymdraket"]
    response = admin_client_sv.get(reverse("search_report"), {"found": "yes", "language": "sv"})
    assert queries_of(response) == ["städ", "kafé"]
    response = admin_client_sv.get(reverse("search_report"), {"period": "365"})
    assert queries_of(response)[0] == "forntid"


def test_staff_find_a_query_and_take_the_report_along(asked, admin_client_sv):
    response = admin_client_sv.get(reverse("search_report_results"), {"q": "kaf"})
    assert queries_of(response) == ["kafé"]
    response = admin_client_sv.get(reverse("search_report"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "städ" in text
    assert admin_client_sv.get(reverse("search_report"), {"export": "xlsx"}).status_code == 200


def test_the_report_stands_in_the_menu_and_only_for_staff(asked, admin_client_sv, client):
    assert (
        reverse("search_report")
        in admin_client_sv.get(reverse("wagtailadmin_home")).content.decode()
    )
    client.logout()
    assert client.get(reverse("search_report")).status_code == 302
