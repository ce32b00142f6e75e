"""A visitor books a place at an open house, with script and without it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.paths import SWEDISH

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, False)])
def test_a_place_is_booked(new_page, width, script):
    """An error first: what was typed stays, and the error is said at the field."""
    page = new_page(width=width, script=script)
    page.goto(SWEDISH["event"])
    page.locator("main a[href*='/boka/']").first.click()
    page.get_by_label("Ditt namn").fill("Kim Exempel")
    page.get_by_label("Din e-postadress").fill("kim på exempel")
    # The script does its work first, and sends the form after that.
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert page.get_by_label("Ditt namn").input_value() == "Kim Exempel"
    assert page.get_by_label("Din e-postadress").get_attribute("aria-invalid") == "true"
    if script:
        assert Axe().run(page).response["violations"] == []
    page.get_by_label("Din e-postadress").fill(f"kim-{width}@example.com")
    page.locator("main form button").first.click()
    page.wait_for_url("**/klart/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
