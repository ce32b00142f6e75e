"""The list as open data: the API, files of any result, and the widget."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from asflist.enums import EntryType
from asflist.finding.entries import settle
from asflist.finding.search import Hits
from asflist.open_data import results
from asflist.open_data.api import api
from tests.asflist.factories import make_enterprise, make_industry, make_list_page

API = "/api/v1/enterprises"


@pytest.fixture
def pages(home):
    """The list's page."""
    return make_list_page(home)


def fetch(client, address=API, status=200, **params):
    response = client.get(address, params)
    assert response.status_code == status, response.content
    return response.json()


def text_of(response):
    return b"".join(response).decode() if response.streaming else response.content.decode()


def csv_rows(client, **params):
    text = text_of(client.get(reverse("list_csv"), params))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def xlsx_rows(client, **params):
    content = b"".join(client.get(reverse("list_xlsx"), params))
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows())


def test_an_entry_is_given_as_its_page_shows_it(client, pages):
    tomorrow = timezone.localdate() + timedelta(days=1)
    enterprise = make_enterprise(
        name="Ån & Ängen",
        industries=[make_industry()],
        certified_until=tomorrow,
        target_group_share=40,
        target_group_share_on=date(2026, 1, 15),
        procurement=["reserved", "iop"],
        delivers_to=["21", "20"],
        latitude=60.67,
        longitude=17.14,
        integrates=True,
        integrates_proof="Står i stadgarna.",
    )
    (found,) = fetch(client)["results"]
    assert found["name"] == "Ån & Ängen"
    assert found["url"] == f"http://testserver/asf-listan/{enterprise.slug}/"
    assert found["county"] == {"code": "21", "name": "Gävleborgs län"}
    assert found["municipality"] == {"code": "2180", "name": "Gävle"}
    assert found["industries"] == [{"slug": "cafe-catering", "name": "Kafé och catering"}]
    assert found["certified_until"] == tomorrow.isoformat()
    assert found["procurement"] == ["reserved", "iop"]
    assert (found["latitude"], found["longitude"]) == (60.67, 17.14)
    assert found["criteria"] == ["integrates"]
    whole = fetch(client, f"{API}/{enterprise.slug}")
    assert whole["offer"] == "Lunch och fika."
    assert "Står i stadgarna" not in json.dumps(whole, ensure_ascii=False)


def test_a_certificate_that_has_ended_is_not_given(client, pages):
    make_enterprise(certified_until=date(2020, 1, 1))
    assert fetch(client)["results"][0]["certified_until"] is None


def test_english_readers_get_english_words_and_addresses(client, pages, english_home):
    make_list_page(english_home)
    make_enterprise(name="Kafé Ån")
    (found,) = fetch(client, lang="en")["results"]
    assert found["language"] == "sv"
    assert found["county"]["name"] == "Gävleborg County"
    assert found["url"].startswith("http://testserver/en/asf-list/")


def test_pages_lead_to_each_other_with_the_filters(client, pages):
    for number in range(5):
        make_enterprise(name=f"Kafé {number}")
    make_enterprise(name="Längst bort", municipality="2580")
    first = fetch(client, county="21", per_page=2)
    assert first["count"] == 5
    assert first["previous"] is None
    assert "county=21" in first["next"]
    second = client.get(first["next"]).json()
    assert [entry["name"] for entry in second["results"]] == ["Kafé 2", "Kafé 3"]
    last = client.get(second["next"]).json()
    assert last["next"] is None
    assert [entry["name"] for entry in last["results"]] == ["Kafé 4"]


def test_what_is_not_understood_is_said(client, pages):
    assert fetch(client, county="99")["notices"]
    assert fetch(client, page=0, status=422)["detail"]
    assert fetch(client, per_page=101, status=422)["detail"]
    assert fetch(client, f"{API}/finns-inte", status=404) == {"detail": "Not found."}


def test_the_api_is_read_only(client, pages):
    make_enterprise()
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(API).status_code == 405


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(client, pages, number, django_assert_max_num_queries):
    industry = make_industry()
    for _ in range(number):
        make_enterprise(industries=[industry])
    settle()
    fetch(client)
    with django_assert_max_num_queries(8):
        assert len(fetch(client)["results"]) == number
    with django_assert_max_num_queries(8):
        assert len(csv_rows(client)) == number


def test_too_many_requests_are_refused_with_the_time_to_wait(client, pages, monkeypatch):
    monkeypatch.setattr("asflist.open_data.limits.REQUESTS", "2/h")
    monkeypatch.setattr("asflist.open_data.limits.FILES", "1/h")
    for _ in range(2):
        fetch(client)
    refused = client.get(API)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get(reverse("list_csv")).status_code == 200
    assert client.get(reverse("list_csv")).status_code == 429


def test_scripts_of_other_sites_may_read_it_and_nobody_gets_a_cookie(client, pages):
    make_enterprise()
    addresses = [API, "/api/v1/openapi.json", reverse("list_csv"), reverse("list_geojson")]
    for address in addresses:
        response = client.get(address)
        assert response.headers["Access-Control-Allow-Origin"] == "*", address
        assert not response.cookies


def test_the_description_knows_every_answer(client, pages):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    make_enterprise(industries=[make_industry()])
    schemas = described["components"]["schemas"]
    (found,) = fetch(client)["results"]
    assert set(found) == set(schemas["Entry"]["properties"])
    whole = fetch(client, f"{API}/{found['slug']}")
    assert set(whole) == set(schemas["WholeEntry"]["properties"])
    assert set(described["paths"]) == {
        f"/api/v1{path}" for router in api._routers for path in router[1].path_operations
    }


def test_vocabularies_are_given(client, pages):
    make_industry()
    assert fetch(client, "/api/v1/industries") == [
        {"slug": "cafe-catering", "name": "Kafé och catering"}
    ]
    assert len(fetch(client, "/api/v1/counties")) == 21
    assert len(fetch(client, "/api/v1/municipalities")) == 290


def test_files_hold_the_result_in_its_order_with_headings(client, pages):
    make_enterprise(name="Öst", municipality="2180")
    make_enterprise(name="Ärlig", municipality="2180")
    make_enterprise(name="Norr", municipality="2580")
    rows = csv_rows(client, county="21")
    assert [row["namn"] for row in rows] == ["Ärlig", "Öst"]
    header, *cells = xlsx_rows(client, county="21")
    assert [cell.value for cell in header] == list(rows[0])
    assert [line[0].value for line in cells] == ["Ärlig", "Öst"]


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_a_formula(client, pages, begins):
    make_enterprise(name=f"{begins}Kafé", summary=f"{begins}cmd")
    (row,) = csv_rows(client)
    assert row["sammanfattning"].startswith("'")
    _header, line = xlsx_rows(client)
    for cell in line:
        assert cell.data_type != "f"
        assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers_in_a_workbook(client, pages):
    make_enterprise(employees=12, latitude=60.6, longitude=17.1)
    header, line = xlsx_rows(client)
    row = dict(zip([cell.value for cell in header], [cell.value for cell in line], strict=True))
    assert row["antal anställda"] == 12
    assert row["latitud"] == 60.6


def test_geojson_gives_longitude_first_and_says_whose_point_it_is(client, pages):
    make_enterprise(name="Egen", latitude=60.67, longitude=17.14)
    make_enterprise(name="Ortens")
    found = json.loads(text_of(client.get(reverse("list_geojson"))))
    assert found["type"] == "FeatureCollection"
    own, other = found["features"]
    assert own["geometry"] == {"type": "Point", "coordinates": [17.14, 60.67]}
    assert own["properties"]["point"] == "own"
    assert other["properties"]["point"] == "municipality"
    longitude, latitude = other["geometry"]["coordinates"]
    assert 10 < longitude < 25 < 55 < latitude < 70


def test_markup_is_text_in_every_format(client, pages):
    hostile = "<script>alert(1)</script>"
    make_enterprise(name=hostile, summary=hostile)
    assert fetch(client)["results"][0]["name"] == hostile
    widget = client.get(reverse("list_widget")).content.decode()
    assert hostile not in widget
    assert "&lt;script&gt;" in widget


def test_the_widget_and_nothing_else_may_stand_in_a_frame(client, pages):
    make_enterprise(name="Kafé Ån")
    widget = client.get(reverse("list_widget"), {"county": "21"})
    assert "frame-ancestors *" in widget.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in widget.headers
    assert not widget.cookies
    html = widget.content.decode()
    assert "Kafé Ån" in html
    assert "<form" not in html
    assert 'target="_blank"' in html
    for address in ("/", "/asf-listan/", reverse("open_data")):
        response = client.get(address)
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def heading(page):
    """Return the text of a page's h1."""
    return " ".join(re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1].split())


def test_the_widget_counts_each_kind_apart(client, pages, english_home):
    make_list_page(english_home)
    make_enterprise()
    assert heading(client.get("/en/widget/")) == "1 social enterprise"
    make_enterprise(entry_type=EntryType.SALES_ORGANISATION)
    assert heading(client.get("/en/widget/")) == "1 social enterprise and 1 sales organisation"
    only = client.get("/en/widget/", {"type": EntryType.SALES_ORGANISATION})
    assert heading(only) == "1 sales organisation"
    assert heading(client.get("/en/widget/", {"q": "finns inte"})) == "0 social enterprises"


def test_the_widget_says_what_is_asked_for_and_nothing_when_that_is_all(client, pages):
    industry = make_industry()
    make_enterprise(industries=[industry])
    settle()
    assert 'class="meta">' not in client.get("/widget/").text.split("</header>")[0]
    with CaptureQueriesContext(connection) as queries:
        asked = client.get("/widget/", {"industry": industry.slug, "county": "21"})
    assert "Gävleborgs län, Kafé och catering" in asked.text
    of_industries = [one for one in queries if 'FROM "asflist_industry"' in one["sql"]]
    assert len(of_industries) == 1


def test_the_page_gives_the_widgets_code_for_a_place(client, pages):
    html = client.get(reverse("open_data"), {"place": "2180"}).content.decode()
    assert "http://testserver/widget/?municipality=2180" in html
    assert "/api/v1/enterprises/{slug}" in html
    hostile = client.get(reverse("open_data"), {"place": '"><script>'}).content.decode()
    assert "<script>" not in hostile.split("<main")[1]


def test_the_api_is_described_in_the_readers_language(client, pages):
    assert "Länskod, till exempel 21." in client.get(reverse("open_data")).content.decode()
    with translation.override("en"):
        english = client.get(reverse("open_data")).content.decode()
    assert "County code, for example 21." in english
    described = client.get("/api/v1/openapi.json", headers={"accept-language": "sv"}).content
    assert "County code, for example 21." in described.decode()


def test_a_slug_that_no_database_takes_is_refused(client, pages):
    assert client.get(f"{API}/a%00b").status_code == 422
    assert client.get(f"{API}/nobody").status_code == 404


def test_a_page_beyond_all_numbers_is_empty(client, pages):
    make_enterprise()
    found = fetch(client, page="9" * 30)
    assert (found["count"], found["results"]) == (1, [])


def test_the_order_of_a_file_is_found_once_however_long_it_is(client, pages, monkeypatch):
    names = [f"Företag {letter}" for letter in "abcde"]
    for name in names:
        make_enterprise(name=name)
    asked = []
    keys = Hits.keys
    monkeypatch.setattr(results, "CHUNK", 2)
    monkeypatch.setattr(Hits, "keys", lambda *args: asked.append(args) or keys(*args))
    assert [next(iter(row.values())) for row in csv_rows(client)] == names
    assert len(asked) == 1
