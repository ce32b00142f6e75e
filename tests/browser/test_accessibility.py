"""axe finds nothing on any kind of page, in either language, narrow or wide, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.paths import ENGLISH, EVERY, SWEDISH

pytestmark = pytest.mark.browser


def violations(page):
    """What axe finds, one line a rule with the elements it is about."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]}" for rule in found]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", EVERY)
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_screen(new_page, path, width):
    """WCAG 2.2 as far as axe can tell, and 1.4.10: no scrolling in two dimensions."""
    page = new_page(width=width, bypass_csp=True, reduced_motion="reduce")
    page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", [*SWEDISH.values(), ENGLISH["untranslated"]])
def test_axe_finds_no_violation_in_the_dark_scheme(new_page, path):
    page = new_page(bypass_csp=True, reduced_motion="reduce", color_scheme="dark")
    page.goto(path)
    assert violations(page) == []
