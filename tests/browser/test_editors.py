"""An editor's day: from a press release with a picture to its English translation."""

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

PASSWORD = "lyfter-demo"
TITLE = "Fler ASF säljer till kommuner"
ENGLISH_TITLE = "More ASFs sell to municipalities"
INTRODUCTION = "En kommun i Hälsingland har köpt fika av samma ASF i tio år."
ENGLISH = {
    TITLE: ENGLISH_TITLE,
    "fler-asf-saljer-till-kommuner": "more-asfs-sell-to-municipalities",
    INTRODUCTION: "A municipality has bought coffee and cake from the same ASF for ten years.",
    "Gävle": "Gävle",
    "Det började med bullar.": "It began with buns.",
}


def log_in(page, name):
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def picture_file():
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "#2f6b66").save(file, "JPEG")
    return {"name": "bullar.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def find_page(page, title):
    """Open the page called ``title`` in the admin's list under the press room."""
    page.goto("/admin/pages/")
    page.get_by_role("link", name="ASF Lyfter", exact=True).first.click()


def test_a_press_release_from_draft_to_translation(new_page):
    editor = new_page(width=1400, height=1000)
    log_in(editor, "redaktor")
    address = write_press_release(editor)
    see_preview(editor)
    submit(editor)
    visitor = new_page()
    assert visitor.goto("/press/fler-asf-saljer-till-kommuner/").status == 404

    moderator = new_page(width=1400, height=1000)
    log_in(moderator, "moderator")
    approve(moderator, address)
    stands_everywhere(visitor)

    translate(moderator, address)
    assert visitor.goto("/en/press/more-asfs-sell-to-municipalities/").status == 200
    assert visitor.get_by_role("heading", level=1).inner_text() == ENGLISH_TITLE
    assert "It began with buns." in visitor.locator("main").inner_text()
    visitor.get_by_role("link", name="Svenska").click()
    assert visitor.get_by_role("heading", level=1).inner_text() == TITLE


def write_press_release(page):
    """Fill in a press release with a picture and a contact, save it, and return its edit address."""
    page.goto("/press/")
    press_room = page.locator("html").evaluate("() => document.title")
    assert "Press" in press_room
    page.goto("/admin/campaigns/releases/")
    page.get_by_role("link", name="Lägg till").first.click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=introduction]", INTRODUCTION)
    page.fill("[name=place]", "Gävle")
    body = page.locator("#panel-child-innehall-body-section")
    body.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Text").first.click()
    body.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Det började med bullar.")
    page.locator("#id_contact_links-ADD").click()
    page.locator("#inline_child_contact_links-0").get_by_role("button", name="Välj").first.click()
    page.get_by_role("link", name="Presskontakt, Skoopi").click()
    page.get_by_role("tab", name="Marknadsför").click()
    chooser = page.locator(
        "#panel-child-marknadsfor-section, [data-contentpath=listing_image]"
    ).first
    chooser.get_by_role("button", name="Välj en bild").first.click()
    page.get_by_role("tab", name="Ladda upp").click()
    page.set_input_files("[name=image-chooser-upload-file]", picture_file())
    page.fill("[name=image-chooser-upload-title]", "Bullar på en plåt")
    page.get_by_role("button", name="Ladda upp").click()
    page.get_by_role("button", name="Spara utkast").click()
    page.wait_for_url("**/edit/**")
    return page.url
