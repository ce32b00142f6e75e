"""Anything in front may keep a public page, and a browser need not fetch it twice."""

import gzip

from home.models import StandardPage


def fetch(client, home, **headers):
    home.add_child(instance=StandardPage(title="Sida", slug="sida", introduction="Hej. " * 60))
    return client.get("/sida/", headers=headers)


def test_a_public_page_has_a_validator_and_answers_304_to_it(client, home):
    response = fetch(client, home)
    again = client.get("/sida/", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_changed_page_has_another_validator(client, home):
    response = fetch(client, home)
    page = StandardPage.objects.get(slug="sida")
    page.title = "En annan"
    page.save_revision().publish()
    again = client.get("/sida/", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 200


def test_a_public_page_is_compressed_for_those_who_can(client, home):
    response = fetch(client, home, **{"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Hej." in gzip.decompress(response.content).decode()
    again = client.get(
        "/sida/",
        headers={"If-None-Match": response.headers["ETag"], "Accept-Encoding": "gzip"},
    )
    assert again.status_code == 304


def test_shared_caches_may_keep_it_and_it_varies_by_no_reader(client, home):
    response = fetch(client, home)
    assert "public" in response.headers["Cache-Control"]
    assert "s-maxage=60" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_what_an_editor_sees_is_kept_by_nobody_else(admin_client_sv, home):
    response = admin_client_sv.get("/")
    assert "private" in response.headers["Cache-Control"]
    assert "s-maxage" not in response.headers["Cache-Control"]


def test_a_page_that_is_not_there_is_not_kept(client, home):
    assert "public" not in client.get("/finns-inte/").headers.get("Cache-Control", "")
