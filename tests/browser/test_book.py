"""A handbook is read with the keyboard alone, without script too, and printed from the browser."""

import io
import re

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

BOOK = "/kunskapsbank/att-bli-ett-asf/"


def tab_to(page, locator):
    """Press Tab until the element has the focus."""
    wanted = locator.element_handle()
    for _time in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("The keyboard does not reach it.")


@pytest.mark.parametrize("script", [True, False])
def test_a_handbook_is_read_with_the_keyboard(new_page, script):
    page = new_page(script=script)
    page.goto(BOOK)
    tab_to(page, page.locator(".cover a.button").first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{BOOK}*/")
    first = page.url
    assert page.locator("[aria-current=page]").count() == 1

    tab_to(page, page.locator(".contents__sections a").nth(1))
    page.keyboard.press("Enter")
    page.wait_for_url("**#avsnitt-*")
    target = page.locator(":target")
    assert target.locator(".section-number").inner_text() == "1.2"
    assert target.bounding_box()["y"] < 900

    page.goto(first)
    tab_to(page, page.locator(".turn [rel=next]"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    assert page.locator("h1").count() == 1

    tab_to(page, page.locator("#book-search"))
    page.keyboard.type("upphandling")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{BOOK}sok/?q=upphandling")
    hit = page.locator(".search-hit a").first
    assert re.match(r"\d", hit.inner_text())
    tab_to(page, hit)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sok" not in url)


def chapter_with_a_word(page):
    page.goto(f"{BOOK}hela-boken/")
    return page.locator("button.word").first


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_word_is_opened_and_closed_with_the_keyboard(new_page, script, width):
    page = new_page(script=script, width=width)
    word = chapter_with_a_word(page)
    meaning = page.locator(f"#{word.get_attribute('popovertarget')}")
    assert not meaning.is_visible()
    word.focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # “Close”, right after the word
    assert not meaning.is_visible()
    word.focus()
    page.keyboard.press("Space")
    assert meaning.is_visible()
    page.keyboard.press("Escape")
    assert not meaning.is_visible()


def test_arrow_keys_turn_the_page_where_they_do_nothing_else_and_can_be_switched_off(new_page):
    page = new_page()
    page.goto(BOOK)
    page.locator(".cover a.button").first.click()
    page.wait_for_url(f"**{BOOK}*/")
    first = page.url
    page.locator("#book-search").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    assert page.url == first
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(first)
    switch = page.locator(".turn__switch")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.url == first


def test_an_answer_is_sent_without_script_and_without_a_cookie(new_page):
    page = new_page(script=False)
    page.goto(BOOK)
    page.locator(".cover a.button").first.click()
    assert not page.locator(".helpful textarea").is_visible()
    page.locator(".helpful input[type=radio]").first.check()
    page.locator(".helpful textarea").fill("Bra exempel.")
    page.locator(".helpful button").click()
    page.wait_for_url("**?tack=1#helpful")
    assert page.locator(".helpful form").count() == 0
    assert page.context.cookies() == []


def test_the_whole_book_prints_in_order_with_each_chapter_on_a_new_page(new_page):
    page = new_page()
    page.goto(f"{BOOK}hela-boken/")
    headings = page.locator(".book__chapter > h2").all_inner_texts()
    pages = [
        " ".join(sheet.extract_text().split())
        for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    ]
    # The contents name many on one page; a chapter's own page begins with its heading alone.
    tops = [[heading for heading in headings if heading in text[:300]] for text in pages]
    begins = [tops.index([heading]) for heading in headings]
    assert begins == sorted(set(begins))
    assert len(headings) * 2 <= len(pages) <= len(headings) * 12
    words = page.locator("#words").inner_text()
    assert any(words in text[:200] for text in pages[begins[-1] :])
    printed = " ".join(pages)
    search = page.locator(".book-search label, .site-footer").first
    assert not search.count() or search.inner_text() not in printed
    assert all(len(text) > 20 for text in pages)  # no empty sheet
