"""axe finds nothing on any kind of page, in either language, narrow or wide, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.paths import EVERY

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320


def violations(page):
    """What axe finds, one line a rule with its elements, and buttons one can hardly read."""
    found = Axe().run(page).response["violations"]
    lines = [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]}" for rule in found]
    return lines + page.evaluate(FAINT_BUTTONS)


# axe is silent where a picture may lie behind, as on the deep bands: a button has its own ground.
FAINT_BUTTONS = """
() => {
  const channel = value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const luminance = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(part => channel(part / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  return [...document.querySelectorAll("main .button")].filter(button => {
    const style = getComputedStyle(button);
    if (!style.backgroundColor.startsWith("rgb(")) return false;
    const [low, high] = [style.color, style.backgroundColor].map(luminance).sort((a, b) => a - b);
    return (high + .05) / (low + .05) < 4.5;
  }).map(button => `faint button: ${button.textContent.trim()}`);
}
"""


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
