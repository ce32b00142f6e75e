"""The front page: doors, counts and newest, in a constant number of queries."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asflist.models import EnterpriseIndexPage, StatisticsPage
from campaigns.models import CampaignIndexPage, CampaignPage, PressReleasePage, PressRoomPage
from core.models import Theme
from home.models import CountyIndexPage, SectionPage, ThemePage
from library.models import ImpactStoryPage, LibraryIndexPage
from tests.asflist.factories import make_enterprise


@pytest.fixture
def site(home, locales):
    """The home page with one of each section under it."""
    pages = {
        "list": EnterpriseIndexPage(title="ASF-listan", slug="asf-listan", show_in_menus=True),
        "campaigns": CampaignIndexPage(title="Kampanjer", slug="kampanjer"),
        "press": PressRoomPage(title="Press", slug="press"),
        "library": LibraryIndexPage(title="Kunskapsbank", slug="kunskapsbank"),
        "areas": SectionPage(title="Områden", slug="omraden"),
    }
    for page in pages.values():
        page.locale = locales["sv"]
        home.add_child(instance=page)
    return pages | {"home": home}


def release(site, number, **fields):
    return site["press"].add_child(
        instance=PressReleasePage(
            title=f"Nyhet {number}",
            slug=f"nyhet-{number}",
            introduction="Något har hänt.",
            date=date(2026, 1, 1) + timedelta(days=number),
            **fields,
        )
    )


def fill(site, make_image, numbers):
    theme = Theme.objects.get_or_create(
        slug="impact", locale=site["home"].locale, defaults={"name": "Effekt", "summary": "Mätning"}
    )[0]
    for number in numbers:
        release(site, number, listing_image=make_image())
        site["library"].add_child(
            instance=ImpactStoryPage(title=f"Berättelse {number}", slug=f"berattelse-{number}")
        )
        site["areas"].add_child(
            instance=ThemePage(title=f"Område {number}", slug=f"omrade-{number}", theme=theme)
        )
        make_enterprise(employees=2, participants=3)


def queries(client, path):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    statements = [query["sql"] for query in captured.captured_queries]
    assert len(statements) == len(set(statements)), "a query is asked twice"
    return len(statements)


def test_the_front_page_asks_at_most_15_queries_and_none_twice(client, site, make_image):
    fill(site, make_image, range(3))
    few = queries(client, "/")
    fill(site, make_image, range(3, 30))
    assert queries(client, "/") == few
    assert few <= 15


def test_the_counts_are_counted(client, site):
    text = client.get("/").content.decode()
    assert '<span class="figure-block__value">0</span>' in text
    for _number in range(2):
        make_enterprise(employees=4, participants=5)
    make_enterprise(live=False, employees=100, participants=100)
    text = client.get("/").content.decode()
    for value in (2, 8, 10):
        assert f'<span class="figure-block__value">{value}</span>' in text


def test_the_doors_lead_to_the_list_and_the_library(client, site):
    text = client.get("/").content.decode()
    assert 'class="door" href="/asf-listan/"' in text
    assert 'href="/kunskapsbank/?audience=asf"' in text


def test_a_door_whose_section_is_not_published_is_not_shown(client, site):
    site["list"].unpublish()
    text = client.get("/").content.decode()
    assert "Hitta ett ASF" not in text
    assert "Jag driver ett ASF" in text


def test_the_newest_press_releases_are_shown_and_drafts_are_not(client, site):
    for number in range(5):
        release(site, number, live=number != 4)
    text = client.get("/").content.decode()
    assert [f"Nyhet {number}" in text for number in range(5)] == [False, True, True, True, False]


def test_the_next_campaign_counts_its_days(client, site):
    today = timezone.localdate()
    site["campaigns"].add_child(
        instance=CampaignPage(
            title="Öppet hus-dagen",
            slug="oppet-hus",
            starts_on=today + timedelta(days=12),
            ends_on=today + timedelta(days=12),
        )
    )
    text = client.get("/").content.decode()
    assert "Öppet hus-dagen" in text
    assert '<span class="countdown__days">12</span>' in text


def test_a_finished_campaign_is_not_on_the_front_page(client, site):
    past = timezone.localdate() - timedelta(days=3)
    site["campaigns"].add_child(
        instance=CampaignPage(title="Slut nu", slug="slut", starts_on=past, ends_on=past)
    )
    assert "Slut nu" not in client.get("/").content.decode()


def test_one_who_runs_an_asf_finds_the_way_in(client, site):
    html = client.get("/").content.decode()
    assert 'href="/anmal-ert-asf/"' in html
    assert 'href="/mitt-asf/"' in html
    site["list"].unpublish()
    assert 'href="/anmal-ert-asf/"' not in client.get("/").content.decode()


def test_the_map_leads_on_to_the_counties_and_the_figures(client, site):
    for model in (CountyIndexPage, StatisticsPage):
        site["home"].add_child(instance=model(title=model.__name__, slug=model.__name__.lower()))
    html = client.get("/").content.decode()
    assert html.count('href="/countyindexpage/"') == html.count('href="/statisticspage/"') == 1
