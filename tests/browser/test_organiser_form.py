"""The organiser's form by keyboard alone: an error on the way, and nothing typed is lost."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


def tab_to(page, label, *, role=None, within=400):
    """Press Tab until the field or button called ``label`` (or so selected) has the focus."""
    wanted = re.compile(rf"^{re.escape(label)}")
    if label.startswith("["):
        target = page.locator(label)
    elif role:
        target = page.get_by_role(role, name=wanted)
    else:
        target = page.get_by_label(wanted)
    handle = target.first.element_handle()
    for _press in range(within):
        if page.evaluate("element => element === document.activeElement", handle):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches “{label}”.")


def type_in(page, label, text):
    """Tab to a field and write in it, in the place of what stands there."""
    tab_to(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def press(page, name):
    """Tab to a button, press Enter and wait for the page that follows."""
    tab_to(page, name, role="button")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def title_of(page):
    return page.get_by_role("heading", level=1).inner_text()


def check_with_axe(page):
    """Ask axe for what WCAG 2.2 AA can be asked of by a machine."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_event_is_registered_by_keyboard_alone(new_page, width):
    page = new_page(width=width)
    page.goto("/oppet-hus/")
    page.locator("main a[href*='oppna-dorrar']").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    check_with_axe(page)
    press(page, "Börja")

    # An error on the way: the address is wrong. The summary has the focus and leads to the field.
    type_in(page, "ASF:ets namn", "Kvarterscaféet")
    type_in(page, "Kontaktpersonens namn", "Kim i kassan")
    type_in(page, "E-post", "kim på exempel")
    press(page, "Spara och gå vidare")
    assert page.title().startswith("Fel:")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    check_with_axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "email"
    assert page.get_by_label("Kontaktpersonens namn").input_value() == "Kim i kassan"
    assert page.get_by_label("E-post").input_value() == "kim på exempel"
    type_in(page, "E-post", "kim@example.com")
    press(page, "Spara och gå vidare")

    type_in(page, "Titel", "Baka bullar med oss")
    type_in(page, "Vad besökare kan göra", "Vi visar hur vi bakar, och alla får prova.")
    press(page, "Spara och gå vidare")

    # A second time: the button adds a row, and what was typed in the first is there.
    tab_to(page, "Öppnar")
    page.keyboard.type("1000AM")  # a clock of 24 hours takes no notice of the letters
    tab_to(page, "Stänger")
    page.keyboard.type("1130AM")
    press(page, "Lägg till en tid")
    assert page.locator("[name=opens-0]").input_value() == "10:00"
    assert page.locator("[name=opens-1]").count() == 1
    press(page, "Spara och gå vidare")

    tab_to(page, "Kommun")
    page.keyboard.type("Lund")
    type_in(page, "Plats och gatuadress", "Caféet, Bangatan 2")
    press(page, "Spara och gå vidare")

    tab_to(page, "[value=step_free]")
    page.keyboard.press("Space")
    press(page, "Spara och gå vidare")

    tab_to(page, "[value=drop_in]")
    page.keyboard.press("Space")
    press(page, "Spara och gå vidare")

    press(page, "Spara och gå vidare")

    assert "Baka bullar med oss" in page.content()
    assert "10:00–11:30" in page.content()
    assert "Lund, Skåne län" in page.content()
    check_with_axe(page)
    tab_to(page, "[name=promise]")
    page.keyboard.press("Space")
    press(page, "Skicka")
    page.wait_for_url("**/oppna-dorrar/skickat/")
    assert title_of(page) == "Titta i din e-post"


def test_the_form_works_without_script(new_page):
    page = new_page(script=False)
    page.goto("/oppet-hus/")
    page.locator("main a[href*='oppna-dorrar']").first.click()
    page.get_by_role("button", name="Börja").click()
    page.get_by_label("ASF:ets namn").fill("Kvarterscaféet")
    page.get_by_role("button", name="Spara och gå vidare").click()
    assert page.title().startswith("Fel:")
    assert page.get_by_label("ASF:ets namn").input_value() == "Kvarterscaféet"
