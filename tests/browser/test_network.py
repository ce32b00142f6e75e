"""What a page asks for, sets and weighs, as a reader's browser sees it."""

import gzip
from urllib.parse import urlsplit

import brotli
import pytest

from tests.browser.paths import ENGLISH, EVERY, SWEDISH

pytestmark = pytest.mark.browser

KILOBYTE = 1024
# The graphic profile's budgets for the front page, compressed.
BUDGETS = {"document": 15, "stylesheet": 15, "script": 20, "font": 60}
# A form that is sent needs a cookie against forgery; it tells nothing of the reader.
FORMS = {
    SWEDISH["apply"],
    ENGLISH["apply"],
    SWEDISH["new link for applicants"],
    SWEDISH["way in for owners"],
    ENGLISH["way in for owners"],
    SWEDISH["watch a search"],
    ENGLISH["watch a search"],
    SWEDISH["new link for organisers"],
    SWEDISH["follow the press room"],
    ENGLISH["follow the press room"],
}


@pytest.fixture(scope="module")
def visits(chromium, site_url):
    """Each path's requests (method, address), cookies and errors, in one fresh context each."""
    log = {}
    for path in EVERY:
        context = chromium.new_context(base_url=site_url)
        page = context.new_page()
        requests, errors = [], []
        page.on("request", lambda request, seen=requests: seen.append(request.url))
        page.on(
            "console", lambda said, seen=errors: said.type == "error" and seen.append(said.text)
        )
        page.on("pageerror", lambda error, seen=errors: seen.append(str(error)))
        page.goto(path, wait_until="networkidle")
        log[path] = requests, context.cookies(), errors
        context.close()
    return log


@pytest.mark.parametrize("path", EVERY)
def test_no_page_asks_a_third_party(visits, site_url, path):
    requests, _cookies, _errors = visits[path]
    own = urlsplit(site_url).netloc
    foreign = [url for url in requests if urlsplit(url).netloc not in (own, "")]
    assert requests
    assert foreign == []


@pytest.mark.parametrize("path", [path for path in EVERY if path not in FORMS])
def test_no_page_sets_a_cookie(visits, path):
    _requests, cookies, _errors = visits[path]
    assert cookies == []


@pytest.mark.parametrize("path", [*SWEDISH.values(), *ENGLISH.values()])
def test_no_page_breaks_the_policy_or_logs_an_error(visits, path):
    _requests, _cookies, errors = visits[path]
    assert errors == []


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_front_page_keeps_its_budget(new_page, path):
    """Bytes as a browser that takes gzip or Brotli gets them, or as they would be compressed."""
    page = new_page()
    weights = dict.fromkeys(BUDGETS, 0)

    def weigh(response):
        kind = response.request.resource_type
        if kind in weights:
            body = response.body()
            weights[kind] += len(body) if kind == "font" else compressed(body, response)

    page.on("response", weigh)
    page.goto(path, wait_until="networkidle")
    over = {kind: size for kind, size in weights.items() if size > BUDGETS[kind] * KILOBYTE}
    assert weights["document"] > 0
    assert weights["stylesheet"] > 0
    assert weights["font"] > 0
    assert over == {}


def compressed(body, response):
    """The size of ``body`` in the encoding that it came in; it must have been compressed."""
    encoding = response.headers.get("content-encoding")
    assert encoding in ("gzip", "br"), response.url
    return len(gzip.compress(body, 6) if encoding == "gzip" else brotli.compress(body))
