"""The sitemap and what crawlers are told."""

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns.models import CampaignPage, Event
from home.models import SectionPage, StandardPage
from home.sitemaps import TranslatedSitemap
from tests.asflist.factories import make_enterprise, make_list_page
from tests.campaigns.factories import CampaignSeriesPageFactory, make_campaign, make_event

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


@pytest.fixture
def open_house(pages, home, locales):
    """An edition of a series in both languages, with an event, and one that is not approved."""
    series = CampaignSeriesPageFactory(parent=home, slug="oppet-hus")
    english_series = series.copy_for_translation(locales["en"])
    english_series.slug = "open-house"
    english_series.save_revision().publish()
    edition = make_campaign(series, slug="2027")
    CampaignPage.objects.get(pk=edition.pk).copy_for_translation(
        locales["en"]
    ).save_revision().publish()
    make_event(edition, host="Utkastet", title="Väntar", publish=False)
    return make_event(edition, host="Brädgården", title="Såga")


def entries(client, address="/sitemap.xml"):
    root = ElementTree.fromstring(client.get(address).content)
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


def test_the_sitemap_names_published_events_under_each_language_and_no_series(client, open_house):
    both = {
        "sv": "http://testserver/oppet-hus/2027/bradgarden-saga/",
        "en": "http://testserver/en/open-house/2027/bradgarden-saga/",
    }
    found = entries(client)
    assert found[both["sv"]] == found[both["en"]] == both
    assert "http://testserver/oppet-hus/2027/" in found
    assert "http://testserver/oppet-hus/" not in found
    assert not any("utkastet" in address for address in found)
    PageViewRestriction.objects.create(page=open_house.campaign, restriction_type="login")
    assert not any("bradgarden" in address for address in entries(client))


def test_an_event_has_no_address_in_a_language_whose_campaign_is_restricted(client, open_house):
    english = CampaignPage.objects.get(locale__language_code="en")
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    assert open_house.get_url(language="en") == "/oppet-hus/2027/bradgarden-saga/"
    found = [address for address in entries(client) if "bradgarden" in address]
    assert found == ["http://testserver/oppet-hus/2027/bradgarden-saga/"]


def test_the_sitemap_asks_no_more_for_more_events(client, open_house):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert (
                len(entries(client, "/sitemap-events.xml")) == 2 * Event.objects.published().count()
            )
        return len(captured)

    few = queries()
    for _number in range(10):
        make_event(open_house.campaign)
    assert queries() == few


def test_a_sitemap_too_long_for_one_file_becomes_an_index_of_its_parts(
    client, open_house, monkeypatch
):
    whole = entries(client)
    monkeypatch.setattr(TranslatedSitemap, "limit", 3)
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [part.text for part in root.findall("s:sitemap/s:loc", SITEMAP)]
    assert "http://testserver/sitemap-pages.xml?p=2" in parts
    listed = [entries(client, part.removeprefix("http://testserver")) for part in parts]
    assert sum(map(len, listed)) == len(whole)
    assert {address for part in listed for address in part} == whole.keys()


def test_an_unknown_part_of_the_sitemap_is_not_found(client, pages):
    for address in ("/sitemap-finnsinte.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"):
        assert client.get(address).status_code == 404


def test_crawlers_are_led_to_the_sitemap_and_kept_out_of_the_admin(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
