"""What visitors do, with and without script."""

import pytest

pytestmark = pytest.mark.browser

CAFE = "Café Lotsbrickan"
GAVLEBORG = "Gävleborgs län"


@pytest.mark.parametrize("script", [True, False])
def test_a_visitor_finds_a_cafe_in_gavleborg_from_the_list(new_page, script):
    page = new_page(script=script)
    page.goto("/")
    page.get_by_role("link", name="Hitta ett ASF").first.click()
    form = page.locator("form.filters")
    form.get_by_label("Län").select_option(label=None, value="21")
    form.locator("summary", has_text="Branscher").click()
    form.locator("[name=industry][value=cafe-catering]").check()
    form.get_by_role("button", name="Visa").click()
    assert "county=21" in page.url
    assert "industry=cafe-catering" in page.url
    page.get_by_role("link", name=CAFE).click()
    assert page.get_by_role("heading", level=1).inner_text() == CAFE


@pytest.mark.parametrize("script", [True, False])
def test_a_visitor_finds_a_cafe_in_gavleborg_from_the_map(new_page, script):
    page = new_page(script=script)
    page.goto("/asf-listan/")
    county = page.locator(".county-map a", has_text=GAVLEBORG).or_(
        page.locator(f".county-map a[aria-label^='{GAVLEBORG}']")
    )
    county.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?*county=21*")
    page.get_by_role("link", name=CAFE).click()
    assert page.get_by_role("heading", level=1).inner_text() == CAFE


@pytest.mark.parametrize("script", [True, False])
def test_a_visitor_finds_a_cafe_in_gavleborg_from_search(new_page, script):
    page = new_page(script=script)
    page.goto("/sok/")
    page.locator("main").get_by_role("searchbox").fill("café gävleborg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?*q=*")
    page.locator("main").get_by_role("link", name=CAFE).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == CAFE
