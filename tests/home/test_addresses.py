"""The sitemap and what crawlers are told."""

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import SectionPage, StandardPage
from tests.asflist.factories import make_enterprise, make_list_page

SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture
def pages(home, english_home, locales):
    """A page in both languages, a Swedish one, a draft, and the list with an enterprise."""
    section = home.add_child(instance=SectionPage(title="Om", slug="om"))
    english = section.copy_for_translation(locales["en"])
    english.slug = "about"
    english.save_revision().publish()
    home.add_child(instance=StandardPage(title="Bara svenska", slug="bara-svenska"))
    home.add_child(instance=StandardPage(title="Utkast", slug="utkast", live=False))
    make_list_page(home)
    return make_enterprise(name="Kafé Ett")


def entries(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        url.find("s:loc", SITEMAP).text: {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SITEMAP)
        }
        for url in root.findall("s:url", SITEMAP)
    }


def test_the_sitemap_names_every_public_page_with_its_alternates(client, pages):
    found = entries(client)
    both = {"sv": "http://testserver/om/", "en": "http://testserver/en/about/"}
    assert found["http://testserver/om/"] == both
    assert found["http://testserver/en/about/"] == both
    assert found["http://testserver/bara-svenska/"] == {}
    assert f"http://testserver{pages.get_url()}" in found
    assert not any("utkast" in address for address in found)


def test_the_sitemap_asks_the_same_number_of_queries_for_more_pages(client, pages, home):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap.xml")
        return len(captured)

    few = queries()
    for number in range(30):
        home.add_child(instance=StandardPage(title=f"Sida {number}", slug=f"sida-{number}"))
        make_enterprise()
    assert queries() == few


def test_crawlers_are_led_to_the_sitemap_and_kept_out_of_the_admin(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
