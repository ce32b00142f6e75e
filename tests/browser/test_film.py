"""A film and its transcript by keyboard, and a film on another site that waits to be asked."""

import re
from urllib.parse import urlsplit

import pytest

from library.models import FilmPage
from tests.browser.paths import SWEDISH
from tests.library.factories import add, library

pytestmark = pytest.mark.browser

FILM = SWEDISH["film"]
TIMES = "#transcript [data-t]"


def until(page, expression):
    """Wait until the expression is true; the page's policy forbids Playwright's own waiting."""
    for _attempt in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def current(page):
    """The seconds of the lines that are marked in the transcript."""
    marked = page.locator("#transcript [aria-current]")
    return [int(link.get_attribute("data-t")) for link in marked.all()]


def seconds_of_lines(page):
    return [int(link.get_attribute("data-t")) for link in page.locator(TIMES).all()]


def test_enter_on_a_time_of_the_transcript_plays_from_there_and_marks_the_line(new_page):
    page = new_page()
    page.goto(FILM)
    lines = seconds_of_lines(page)
    chosen = lines[2]
    page.locator(TIMES).nth(1).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.t") == str(chosen)
    page.evaluate("document.querySelector('video').muted = true")
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('video').currentTime >= {chosen}")
    until(page, f"document.querySelector('#transcript [aria-current]')?.dataset.t === '{chosen}'")
    assert current(page) == [chosen]
    following = lines[3]
    until(page, f"document.querySelector('video').currentTime > {following} + 0.5")
    until(page, f"document.querySelector('#transcript [aria-current]').dataset.t >= {following}")
    assert page.evaluate("document.activeElement.dataset.t") == str(chosen), "focus is not moved"


def test_arrow_keys_still_scroll_the_page(new_page):
    page = new_page(height=500)
    page.goto(FILM)
    page.locator("h1").click()
    page.keyboard.press("ArrowDown")
    until(page, "scrollY > 0")


def test_an_address_with_a_second_opens_there(new_page):
    page = new_page()
    page.goto(FILM)
    second = seconds_of_lines(page)[2]
    page.goto(f"{FILM}?t={second}#transcript")
    assert current(page) == [second]
    page.evaluate("() => { const v = document.querySelector('video'); v.muted = true; v.play(); }")
    until(page, f"document.querySelector('video').currentTime >= {second}")


def test_speed_is_the_reader_s(new_page):
    page = new_page()
    page.goto(FILM)
    page.locator("[data-speed] select").select_option("1.5")
    assert page.evaluate("document.querySelector('video').playbackRate") == 1.5


def test_the_link_from_here_holds_the_second(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(FILM)
    second = seconds_of_lines(page)[2]
    page.goto(f"{FILM}?t={second}")
    page.locator("[data-copy]").click()
    until(page, "document.querySelector('.film-here [role=status]').textContent")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{FILM}?t={second}")


def test_nothing_of_the_film_is_fetched_before_it_is_started(new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(FILM, wait_until="networkidle")
    assert [url for url in asked if re.search(r"\.(mp4|webm)", url)] == []


def test_without_script_the_film_s_page_is_whole(new_page):
    page = new_page(script=False)
    page.goto(FILM)
    assert page.locator("video[controls]").count() == 1
    assert page.locator("[data-speed]").is_hidden()
    assert page.locator("[data-follow]").is_hidden()
    assert page.locator("[data-copy]").is_hidden()
    assert page.locator("#transcript li").first.is_visible()
    time = page.locator(TIMES).nth(2)
    second = time.get_attribute("data-t")
    time.click()
    assert f"t={second}" in page.url
    assert page.locator("video source").get_attribute("src").endswith(f"#t={second}")


@pytest.fixture(scope="module")
def _database_beside_playwright():
    """Playwright has an event loop in this thread, which Django takes for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def outside_page(_database_beside_playwright, live_server, home, chromium):
    """A page of a film on YouTube, and the addresses of other sites that it has asked for."""
    url = "https://youtu.be/dQw4w9WgXcQ"
    add(library(home), FilmPage, title="Samtalet", slug="samtalet", external_url=url)
    contexts = []

    def make(script=True):
        context = chromium.new_context(base_url=live_server.url, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        asked, errors = [], []
        own = urlsplit(live_server.url).netloc

        def answer(route):
            if urlsplit(route.request.url).netloc == own:
                route.continue_()
            else:
                asked.append(route.request.url)
                route.fulfill(body="<title>There</title>", content_type="text/html")

        page.route("**/*", answer)
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto("/kunskapsbank/samtalet/", wait_until="networkidle")
        return page, asked, errors

    yield make
    for context in contexts:
        context.close()


def test_a_film_on_another_site_is_fetched_only_when_the_reader_starts_it(outside_page):
    page, asked, errors = outside_page()
    assert asked == []
    assert page.locator("iframe").count() == 0
    button = page.locator("[data-frame] button")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("iframe")
    page.wait_for_load_state("networkidle")
    assert [urlsplit(url).netloc for url in asked] == ["www.youtube-nocookie.com"]
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert errors == []


def test_without_script_a_film_on_another_site_is_a_link(outside_page):
    page, asked, _errors = outside_page(script=False)
    assert asked == []
    assert page.locator("[data-frame] button").is_hidden()
    link = page.locator(".outside__link")
    assert link.get_attribute("href") == "https://youtu.be/dQw4w9WgXcQ"
