"""axe finds nothing on any kind of page, in either language, narrow or wide, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.paths import EVERY

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320


def violations(page):
    """What axe finds, one line a rule with the elements it is about."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]}" for rule in found]


@pytest.mark.parametrize("path", EVERY)
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_screen(new_page, path):
    """WCAG 2.2 as far as axe can tell, and 1.4.10: no scrolling in two dimensions.

    One visit for all: a page is loaded wide and light, then made dark, then narrow.
    """
    page = new_page(width=WIDE, bypass_csp=True, reduced_motion="reduce")
    page.goto(path)
    found = {"wide": violations(page)}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found["dark"] = violations(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": NARROW, "height": 900})
    found["narrow"] = violations(page)
    assert found == {"wide": [], "dark": [], "narrow": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
