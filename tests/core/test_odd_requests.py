"""Odd requests get plain answers, and nobody's files run as pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from asflist.models import Enterprise
from tests.asflist.factories import make_enterprise, make_list_page
from tests.library.factories import document, video
from tests.search.factories import make_page

ODD = ["\x00", "%00", "\ud7ff", "-1", "0", "9" * 5000, "1e400", "x" * 3000, "<script>", "\r\nX: y"]


@pytest.fixture
def kind(client: Any) -> Any:
    """A browser that is answered 500 instead of raising."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_any_parameter_is_answered(kind: Any, home: Any, value: str) -> None:
    make_list_page(home)
    for path in ("/", "/asf-listan/", "/sok/", "/sitemap.xml", "/finns-inte/"):
        for name in ("q", "page", "kind", "county", "municipality", "industry", "p", "year"):
            assert kind.get(path, {name: value}).status_code in (200, 404), (path, name)
            assert kind.get(f"{path}?{name}=%ff%00%ed%a0%80").status_code in (200, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/media/%00",
        "/media/../../manage.py",
        "/media/..%2f..%2fmanage.py",
        "/media//etc/passwd",
        "/documents/1/%00",
        "/documents/99999999999999999999/x",
        "/_util/authenticate_with_password/99999999999999999999/1/",
        "/%00/",
        "/en/%00/",
        "/%ff/",
        "/en/%00/captions/sv.vtt",
        "/" + "x/" * 3000,
    ],
)
def test_odd_addresses_are_not_found(kind: Any, home: Any, english_home: Any, path: str) -> None:
    response = kind.get(path)
    assert response.status_code == 404
    assert "Content-Security-Policy" in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_no_address_makes_a_link_to_another_site(kind: Any, home: Any, english_home: Any) -> None:
    html = kind.get("/en//evil.example/").content.decode()
    assert 'href="//' not in html
    assert 'href="/evil.example/"' in html


def test_an_unknown_host_is_refused(kind: Any, home: Any) -> None:
    assert kind.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_document_that_is_not_public_varies_by_no_cookie(kind: Any, home: Any) -> None:
    response = kind.get(document().url)
    assert response.status_code == 404
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js"])
def test_a_file_is_never_served_as_a_page(kind: Any, superuser: Any, home: Any, name: str) -> None:
    film = video()
    film.thumbnail.save(name, ContentFile(b"<script>alert(1)</script>"))
    kind.force_login(superuser)
    response = kind.get(film.thumbnail.url)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("byte_range", ["", "bytes=0-3"])
def test_a_film_is_not_compressed_on_its_way(
    kind: Any, superuser: Any, home: Any, byte_range: str
) -> None:
    kind.force_login(superuser)
    headers = {"Accept-Encoding": "gzip", "Range": byte_range}
    response = kind.get(video().url, headers=headers)
    assert "Content-Encoding" not in response.headers
    assert b"".join(response) == (b"0123" if byte_range else b"0123456789")
    page = make_page(home, "Sida")
    assert kind.get(page.get_url(), headers=headers).headers["Content-Encoding"] == "gzip"


def test_a_logo_goes_when_the_source_entry_is_unpublished(
    kind: Any, home: Any, locales: Any, make_image: Any
) -> None:
    logo = make_image()
    source = make_enterprise(name="Caféet", logo=logo)
    with translation.override("en"):
        english = source.copy_for_translation(locales["en"])
        english.live = True
        english.save()
    assert kind.get(logo.file.url).status_code == 200
    Enterprise.objects.filter(pk=source.pk).update(live=False)
    assert kind.get(logo.file.url).status_code == 404
