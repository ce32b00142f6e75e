"""An application by keyboard alone: interrupted, resumed, sent, sent back and sent again."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from stdnum import luhn

from tests.browser.conftest import manage, production_environment
from tests.browser.test_organiser_form import check_with_axe, press, tab_to, title_of, type_in

pytestmark = pytest.mark.browser

NINE = "769699990"
NUMBER = f"{NINE[:6]}-{NINE[6:]}{luhn.calc_check_digit(NINE)}"
EMAIL = "kim.tangent@example.com"
REASON = "Berätta vilka som bestämmer hos er."


@pytest.fixture
def folder(site_url, tmp_path_factory, worker_id) -> Path:
    """Where the site that is looked at has its database."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "site"


def newest_link(folder, part):
    """Return the path of the newest link with ``part`` in it that waits to be mailed."""
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=30)) as database:
        rows = database.execute(
            'SELECT body FROM core_outgoingmail WHERE "to" = ? ORDER BY id DESC', [EMAIL]
        )
        found = (re.search(rf"https?://[^/]+(/\S*{part}\S*)", body) for (body,) in rows)
        return next(match[1] for match in found if match)


def judge(folder, call):
    """Let a member of staff do what they do in the admin."""
    code = (
        "from asflist import states\n"
        "from asflist.models import Enterprise\n"
        "from django.contrib.auth.models import User\n"
        f"entry = Enterprise.objects.in_source_language().get(organisation_number={NUMBER!r})\n"
        "staff = User.objects.filter(is_superuser=True).first()\n"
        f"states.{call}\n"
    )
    manage(production_environment(folder), "shell", "-v", "0", "-c", code)


def choose(page, selector):
    """Tab to a box or a button of a group, and choose it."""
    tab_to(page, selector)
    page.keyboard.press("Space")


def go_on(page):
    """Look at the step as axe does, and go to the next."""
    check_with_axe(page)
    press(page, "Save and go on")


def test_an_application_is_played_through_by_keyboard_alone(new_page, folder):
    page = new_page(width=360)
    page.goto("/en/list-your-enterprise/")
    check_with_axe(page)

    # The number first: a wrong digit is told of, and stands there to be put right.
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    type_in(page, "Organisation number", wrong)
    press(page, "Begin")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.get_by_label("Organisation number").input_value() == wrong
    check_with_axe(page)
    type_in(page, "Organisation number", NUMBER)
    press(page, "Begin")

    assert title_of(page) == "Who are you?"
    type_in(page, "Name", "Tangentbordskaféet")
    type_in(page, "Number of employees", "4")
    go_on(page)

    # Interrupted: half a step is typed, and the link is asked for.
    type_in(page, "Street address", "Bangatan 2")
    press(page, "Save and go on later")
    type_in(page, "E-mail", EMAIL)
    check_with_axe(page)
    press(page, "Mail me the link")
    assert title_of(page) == "Look in your mail"
    page.context.close()

    # Resumed by the link, in another browser, where one was.
    page = new_page(width=1280)
    page.goto(newest_link(folder, "list-your-enterprise"))
    assert page.get_by_label("Street address").input_value() == "Bangatan 2"
    tab_to(page, "Municipality")
    page.keyboard.type("Lund")
    choose(page, "[name=delivers_to][value='12']")
    go_on(page)

    choose(page, "[name=industries]")
    type_in(page, "In one sentence", "Vi lagar lunch och fika i Lund.")
    type_in(page, "What buyers can order", "Lunch.\n\n- Fika\n- Tårtor")
    go_on(page)

    type_in(page, "Social benefit", "Här arbetar den som har stått länge utanför.")
    type_in(page, "Number", "11")
    type_in(page, "What it counts", "har gått vidare till jobb")
    type_in(page, "Year", "2025")
    press(page, "Add a figure")
    assert page.evaluate("document.activeElement.id") == "id_value-1"
    go_on(page)

    for criterion in ("integrates", "participation", "reinvests", "independent"):
        choose(page, f"[name={criterion}][value=yes]")
        tab_to(page, f"[name={criterion}_proof]")
        page.keyboard.type("Stadgarna, 2 §.")
    type_in(page, "Share from the target group", "70")
    tab_to(page, "The day you counted")
    page.keyboard.type("02022026")
    go_on(page)

    go_on(page)  # references
    go_on(page)  # pictures

    tab_to(page, "[name=phone]")
    page.keyboard.type("046-12 34 56")
    type_in(page, "Your name", "Kim Tangent")
    assert page.get_by_label("Your e-mail").input_value() == EMAIL
    go_on(page)

    assert title_of(page) == "Check your answers"
    for answer in ("Tangentbordskaféet", "Bangatan 2", "Lund, ", "Lunch.", NUMBER, "70 %"):
        assert answer in page.inner_text("main")
    check_with_axe(page)
    choose(page, "[name=promise]")
    press(page, "Send the application")
    page.wait_for_url("**/list-your-enterprise/sent/")

    page.goto(newest_link(folder, "confirm"))
    check_with_axe(page)
    press(page, "Confirm my address")
    page.wait_for_url("**/list-your-enterprise/thank-you/")
    check_with_axe(page)

    # Sent back with a reason, changed, and sent again.
    judge(folder, f"request_changes(entry, staff, {REASON!r})")
    page.context.close()
    page = new_page(width=360)
    page.goto(newest_link(folder, "my-enterprise/in"))
    press(page, "Open my page")
    assert REASON in page.inner_text("main")
    tab_to(page, "[action$='/my-enterprise/change/'] [type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert REASON in page.inner_text("main")
    check_with_axe(page)
    tab_to(page, "[href$='/criteria/']:visible")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "[name=participation_proof]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Alla är medlemmar och röstar på stämman.")
    press(page, "Save")
    assert "Alla är medlemmar" in page.inner_text("main")
    choose(page, "[name=promise]")
    press(page, "Send again")
    page.wait_for_url("**/list-your-enterprise/change-sent/")

    judge(folder, "approve(entry, staff)")
    page.goto("/asf-listan/tangentbordskafeet/")
    assert title_of(page) == "Tangentbordskaféet"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_application_works_without_script(new_page):
    page = new_page(script=False)
    page.goto("/en/list-your-enterprise/")
    page.get_by_label("Organisation number").fill("769699-9890")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Number of employees").fill("fyra")
    page.get_by_role("button", name="Save and go on", exact=True).click()
    assert page.title().startswith("Error:")
    assert page.get_by_label("Number of employees").input_value() == "fyra"
