"""An editor's day: from a press release with a picture to its English translation."""

import io
import re

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

PASSWORD = "lyfter-demo"
TITLE = "Fler ASF säljer till kommuner"
INTRODUCTION = "En kommun i Hälsingland har köpt fika av samma ASF i tio år."
ENGLISH_TITLE = "More ASFs sell to municipalities"
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


def test_a_press_release_from_draft_to_translation(new_page):
    editor = new_page(width=1400, height=1000)
    log_in(editor, "redaktor")
    write_press_release(editor)
    address = editor.url
    see_preview(editor)
    submit(editor)
    visitor = new_page()
    public_path = write_down_public_path(editor, address)
    assert visitor.goto(public_path).status == 404

    moderator = new_page(width=1400, height=1000)
    log_in(moderator, "moderator")
    approve(moderator)
    stands_everywhere(visitor, public_path)

    translate(moderator, address)
    assert visitor.goto("/en/press/more-asfs-sell-to-municipalities/").status == 200
    assert visitor.get_by_role("heading", level=1).inner_text() == ENGLISH_TITLE
    assert "It began with buns." in visitor.locator("main").inner_text()
    visitor.get_by_role("link", name="Svenska").click()
    assert visitor.get_by_role("heading", level=1).inner_text() == TITLE


def write_press_release(page):
    """Fill in a press release with a contact and a picture, and save it as a draft."""
    page.goto("/admin/press_releases/")
    page.get_by_role("link", name=re.compile("Lägg till")).first.click()
    page.get_by_role("button", name=re.compile("Välj en sida")).click()
    page.locator(".modal-content a.navigate-pages").first.click()
    page.locator(".modal-content").get_by_role("link", name="Press", exact=True).click()
    page.get_by_role("button", name=re.compile("pressmeddelande")).click()
    page.wait_for_selector("[name=title]")
    page.fill("[name=title]", TITLE)
    page.fill("[name=introduction]", INTRODUCTION)
    page.fill("[name=place]", "Gävle")
    body = page.locator("#panel-child-innehall-body-section")
    body.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Text").first.click()
    body.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Det började med bullar.")
    page.locator("#id_contact_links-ADD").click()
    page.locator("#inline_child_contact_links-0").get_by_role(
        "button", name=re.compile("Välj")
    ).first.click()
    page.get_by_role("link", name="Presskontakt, Skoopi").click()
    page.get_by_role("tab", name="Marknadsför").click()
    page.locator("[data-contentpath=listing_image]").get_by_role("button").first.click()
    page.get_by_role("tab", name=re.compile("Ladda upp")).click()
    page.set_input_files("[name=image-chooser-upload-file]", picture_file())
    page.fill("[name=image-chooser-upload-title]", "Bullar på en plåt")
    page.locator(".modal-content").get_by_role("button", name="Ladda upp").click()
    page.wait_for_selector(".modal-content", state="detached")
    page.get_by_role("button", name="Spara utkast").click()
    page.wait_for_url("**/edit/**")


def see_preview(page):
    """Open the preview beside the editor; it shows the page as it will be."""
    page.get_by_role("button", name="Växla förhandsgranskning").click()
    preview = page.frame_locator("iframe[title]").first
    preview.get_by_role("heading", level=1, name=TITLE).wait_for(state="attached")
    assert "Det började med bullar." in preview.locator("main").inner_text()


def submit(page):
    """An editor may not publish, but submit."""
    page.get_by_role("button", name="Fler åtgärder").last.click()
    assert page.get_by_role("button", name="Publicera", exact=True).count() == 0
    page.get_by_role("button", name=re.compile("Lämna in till")).click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def write_down_public_path(page, address):
    """Return the path that the page will have."""
    page.goto(address)
    page.get_by_role("tab", name="Marknadsför").click()
    return f"/press/{page.input_value('[name=slug]')}/"


def approve(page):
    """A moderator finds it on the front page of the admin and approves it."""
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_selector("[name=title]")
    page.get_by_role("button", name="Fler åtgärder").last.click()
    page.get_by_role("button", name="Godkänn och Publicera", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def stands_everywhere(page, path):
    """The release is in the press room, on the home page, in search and in the feed."""
    assert page.goto(path).status == 200
    assert page.locator("main picture img").first.evaluate("image => image.naturalWidth") > 0
    assert "08-465 004 20" in page.locator("main").inner_text()
    for listing in ("/press/", "/", "/sok/?q=bullar"):
        page.goto(listing)
        assert page.locator("main").get_by_role("link", name=TITLE).count() >= 1, listing
    feed = page.request.get("/feeds/press.rss")
    assert TITLE in feed.text()


def translate(page, address):
    """Submit the page for translation, translate each text, and publish it in English."""
    number = re.search(r"/pages/(\d+)/", address)[1]
    page.goto(f"/admin/localize/submit/page/{number}/")
    page.get_by_label("English").check()
    page.locator("main [type=submit]").last.click()
    page.wait_for_url("**/edit/")
    page.get_by_role("button", name="Översätt", exact=True).first.wait_for()
    translate_visible_texts(page)
    page.get_by_role("tab", name="Marknadsför").click()
    translate_visible_texts(page)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Publicera")).first.click()


def translate_visible_texts(page):
    """Translate each text on the tab that is shown."""
    open_button = page.get_by_role("button", name="Översätt", exact=True)
    while open_button.count():
        segment = page.locator("li.incomplete:visible").filter(has=open_button).first
        source = segment.locator("p").first.inner_text()
        segment.get_by_role("button", name="Översätt", exact=True).click()
        page.locator("textarea:visible").fill(ENGLISH[source])
        page.get_by_role("button", name="Spara", exact=True).click()
        page.locator("textarea:visible").wait_for(state="detached")
