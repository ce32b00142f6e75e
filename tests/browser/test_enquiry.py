"""A buyer asks two at once and reads the answer, with script and without it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.paths import SWEDISH
from tests.browser.test_organiser_form import check_with_axe

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(site_url, tmp_path_factory, worker_id) -> Path:
    """Where the site that is looked at has its database."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "site"


def newest_mail(folder, part, *, to="%"):
    """Return the path of the newest link with ``part`` that waits to be mailed, and whose it is."""
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=30)) as database:
        rows = database.execute(
            'SELECT "to", body FROM core_outgoingmail WHERE "to" LIKE ? ORDER BY id DESC', [to]
        ).fetchall()
    found = ((re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", body), to) for to, body in rows)
    return next((match[1], to) for match, to in found if match)


def fits(page, width):
    """Whether nothing stands outside the page's width."""
    return page.evaluate("document.documentElement.scrollWidth") <= width


def write_the_form(page, buyer):
    """Fill in what is asked for."""
    page.locator("[name=title]").fill("Fika till avslutningen")
    page.locator("[name=text]").fill("Kaffe och bulle åt tjugo, på torsdag.")
    page.locator("[name=name]").fill("Kim Köpare")
    page.locator("[name=organisation]").fill("Kvarterskontoret")
    page.locator("[name=email]").fill(buyer)


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, False)])
def test_an_enquiry_is_written_confirmed_and_answered(new_page, folder, width, script):
    buyer = f"kim-{width}@kvarteret.example"
    page = new_page(width=width, script=script)
    page.goto(SWEDISH["list"])
    assert not page.context.cookies(), "nobody is chosen yet"
    for place in (0, 1):
        page.goto(SWEDISH["list"])
        page.locator(".shortlist-button button").nth(place).click()
        page.wait_for_url("**/forfragan/?notice=added")
    assert page.locator(".shortlist__item").count() == 2
    assert "shortlist" in {cookie["name"] for cookie in page.context.cookies()}
    assert fits(page, width)
    if script:
        check_with_axe(page)

    # An error first: a file in disguise. What was typed stays, and the other file is kept.
    page.locator("main a[href$='/forfragan/skriv/']").click()
    write_the_form(page, buyer)
    page.locator("[name=attachments]").set_input_files(
        [
            {"name": "lapp.pdf", "mimeType": "application/pdf", "buffer": b"<html></html>"},
            {"name": "bord.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"},
        ]
    )
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    assert page.locator("[name=title]").input_value() == "Fika till avslutningen"
    assert "lapp.pdf" in page.locator(".error-summary").inner_text()
    assert "bord.pdf" in page.locator("label:has([name=remove])").inner_text()
    assert fits(page, width)
    if script:
        check_with_axe(page)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/forfragan/skickat/**")
    assert buyer in page.locator("main").inner_text()
    assert fits(page, width)

    path, _to = newest_mail(folder, "bekrafta", to=buyer)
    page.goto(path)
    if script:
        check_with_axe(page)
    page.locator("main form button").click()
    page.wait_for_url("**/forfragan/min/**")
    assert "shortlist" not in {cookie["name"] for cookie in page.context.cookies()}
    assert page.locator(".answer--waiting").count() == 2
    buyers_page = page.url

    # The receiver has another browser, and no cookie of the buyer's.
    path, receiver = newest_mail(folder, "svara", to="redaktor@%")
    other = new_page(width=width, script=script)
    other.goto(path)
    assert "Fika till avslutningen" in other.locator("main").inner_text()
    assert buyer not in other.content()
    with other.expect_download() as download:
        other.locator(".downloads a").click()
    assert download.value.suggested_filename == "bord.pdf"
    other.locator("[name=state][value=can]").check()
    other.locator("[name=answer]").fill("Det ordnar vi. Välkomna!")
    with other.expect_navigation():
        other.locator("form[enctype] button[type=submit]").click()
    assert fits(other, width)
    if script:
        check_with_axe(other)

    page.goto(buyers_page)
    assert "Det ordnar vi. Välkomna!" in page.locator(".answer--can").inner_text()
    assert receiver not in page.content()
    assert fits(page, width)
    if script:
        check_with_axe(page)
