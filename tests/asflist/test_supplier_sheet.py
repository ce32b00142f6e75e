"""The supplier sheet and the picture to share: what the page tells, accessible, and no more."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import outloud
import pikepdf
import pymupdf
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image as PillowImage

from asflist import supplier_sheet, supplier_views
from core.typesetting import printable
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.asflist.profiles import PROOF, make_rich, make_seller, stream

HOSTILE = {
    "long": "Städning av kontor, trapphus och förskolor i hela länet " * 2,
    "one_long_word": "W" * 110,
    "markup": '#panic("x") *b* _i_ $x$ @ref <label> \\ "] #{ read("/etc/passwd") } // `raw` = h',
    "emoji_and_signs": "Kaffe ☕️👩🏽‍🍳 \u202eomvänt\u202c \u0007 العربية",
    "nothing_printable": "☕️",
}


@pytest.fixture(autouse=True)
def list_page(home):
    cache.clear()
    return make_list_page(home)


def fetch(client: Any, name: str, entry: Any, language: str = "sv", status: int = 200) -> bytes:
    """Return the file at the route ``name``."""
    with translation.override(language):
        response = client.get(reverse(name, args=[entry.slug]))
    assert response.status_code == status
    return bytes(response.content)


def text_of(pdf: bytes) -> str:
    """Return what the pages say, white space made one, breaks in long words left out."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        text = " ".join(page.get_text() for page in document)
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\u00a0", " "))


def findings(pdf: bytes, tmp_path: Any, *severities: str) -> list[str]:
    """Return what an accessibility checker finds (PDF/UA-1 and WCAG 2.2)."""
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    result = outloud.check(str(file))
    assert result.error is None
    found = result.sorted_findings()
    return [f"{item.rule}: {item.message}" for item in found if item.severity in severities]


def test_the_sheet_tells_what_a_buyer_needs(client):
    enterprise = make_rich(
        name="Kafé Ån",
        industries=[make_industry()],
        offer="<p>Lunch &amp; fika.</p><ul><li>Buffé</li><li>Matlådor</li></ul>",
    )
    make_seller(enterprise, make_enterprise(), name="Säljarna")
    text = text_of(fetch(client, "enterprise_sheet", enterprise))
    with translation.override("sv"):
        data = supplier_sheet.describe(enterprise, "sv")
    shown = [
        *data["badges"],
        *(section["heading"] for section in data["sections"]),
        data["confirmed"],
        *(fact["text"] for fact in data["facts"]),
        *("Kafé Ån", "Lunch & fika.", "Buffé", "Uppsala län", "Bolaget AB", "026-12 34 56"),
        *("Säljarna", "45", "1 200,5"),
    ]
    for words in shown:
        assert words.replace("\u00a0", " ") in text, words
    assert PROOF not in text


def test_the_code_and_the_print_lead_to_the_page(client):
    enterprise = make_rich()
    address = f"http://localhost:8000{enterprise.get_url()}"
    pdf = fetch(client, "enterprise_sheet", enterprise)
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        links = {link["uri"] for page in document for link in page.get_links()}
    assert {address, "tel:+4626123456", "mailto:hej@foretag.example"} <= links
    assert supplier_sheet.describe(enterprise, "sv")["qr"] == supplier_sheet.qr_code(address)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sheet_is_accessible_and_says_its_title_and_language(client, tmp_path, language):
    enterprise = make_rich(name="Kafé Ån", industries=[make_industry()])
    pdf = fetch(client, "enterprise_sheet", enterprise, language)
    assert findings(pdf, tmp_path, "error", "warning") == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
        assert len(document.pages) == 1
        with document.open_metadata() as metadata:
            assert "Kafé Ån" in metadata["dc:title"]
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_was_typed_is_only_text_and_stays_on_the_page(client, tmp_path, typed):
    enterprise = make_rich(
        name=typed[:120],
        summary=typed[:160],
        offer=f"<p>{typed}</p><ul>{f'<li>{typed}</li>' * 40}</ul>".replace("<label>", ""),
        street_address=typed[:120],
        references=stream("reference", *[{"customer": typed[:120], "bought": typed}] * 6),
        benefit_figures=stream("figure", {"value": "1", "label": typed[:120], "year": 2025}),
    )
    pdf = fetch(client, "enterprise_sheet", enterprise)
    assert findings(pdf, tmp_path, "error") == []
    squeezed = text_of(pdf).replace(" ", "")
    assert printable(typed[:120]).replace(" ", "") in squeezed
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for page in document:
            for x0, y0, x1, y1, *_rest in page.get_text("words"):
                assert page.rect.contains(pymupdf.Rect(x0, y0, x1, y1))
    picture = PillowImage.open(io.BytesIO(fetch(client, "enterprise_share", enterprise)))
    assert picture.size == (1200, 630)


def test_a_sales_organisation_s_sheet_names_its_members_and_no_share(client):
    seller = make_seller(
        make_enterprise(name="Ettan"), make_enterprise(name="Tvåan"), target_group_share=45
    )
    text = text_of(fetch(client, "enterprise_sheet", seller))
    assert "Ettan, Gävle" in text
    assert "Tvåan, Gävle" in text
    assert "45" not in text.replace(seller.organisation_number, "")


def test_a_certificate_that_has_ended_is_not_on_the_sheet(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    with translation.override("sv"):
        assert len(supplier_sheet.badges(make_rich(certified_until=yesterday))) == 2
        assert len(supplier_sheet.badges(make_rich())) == 3


@pytest.mark.parametrize("name", ["enterprise_sheet", "enterprise_share"])
def test_what_is_not_published_has_no_files(client, name):
    draft, gone = make_rich(live=False), make_rich()
    fetch(client, name, gone)
    gone.unpublish()
    for entry in (draft, gone):
        fetch(client, name, entry, status=404)


def test_a_draft_change_is_not_on_the_sheet(client):
    enterprise = make_rich(name="Godkänt")
    enterprise.name = "Väntar"
    enterprise.save_revision()
    text = text_of(fetch(client, "enterprise_sheet", enterprise))
    assert "Godkänt" in text
    assert "Väntar" not in text


def test_a_file_is_made_once_and_anew_when_the_entry_changes(client, monkeypatch):
    made = []
    compile_typst = supplier_sheet.compile_typst

    def count(*args: Any) -> bytes:
        made.append(args)
        return compile_typst(*args)

    monkeypatch.setattr(supplier_sheet, "compile_typst", count)
    enterprise = make_rich(name="Före")
    first = fetch(client, "enterprise_sheet", enterprise)
    assert fetch(client, "enterprise_sheet", enterprise) == first
    assert len(made) == 1
    enterprise.name = "Efter"
    enterprise.save_revision().publish()
    assert "Efter" in text_of(fetch(client, "enterprise_sheet", enterprise))
    assert len(made) == 2


def test_nobody_can_have_files_made_without_end_and_what_is_kept_is_still_given(
    client, monkeypatch
):
    monkeypatch.setattr(supplier_views, "MADE_ANEW", "1/h")
    first, second = make_rich(), make_rich()
    fetch(client, "enterprise_sheet", first)
    with translation.override("sv"):
        response = client.get(reverse("enterprise_sheet", args=[second.slug]))
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    fetch(client, "enterprise_sheet", first)


def test_the_page_leads_to_both(client):
    enterprise = make_rich()
    html = client.get(enterprise.get_url()).content.decode()
    assert f'href="/enterprises/{enterprise.slug}/sheet.pdf"' in html
    assert f'content="http://testserver/enterprises/{enterprise.slug}/share.png"' in html
