"""The permanent address leads to the current edition, and editions lead to each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.campaigns.factories import CampaignSeriesPageFactory, make_campaign, make_event


@pytest.fixture
def series(home):
    return CampaignSeriesPageFactory(parent=home, slug="oppet-hus")


@pytest.fixture
def editions(series):
    return {
        name: make_campaign(series, title=f"Öppet hus {name}", slug=name, days=days)
        for name, days in {"forra": -300, "den-har": 60, "nasta": 430}.items()
    }


def test_the_permanent_address_leads_to_the_edition_that_comes_next(client, series, editions):
    response = client.get("/oppet-hus/?county=21")
    assert response.status_code == 302
    assert response.headers["Location"] == "/oppet-hus/den-har/?county=21"


def test_it_leads_on_to_the_next_edition_when_this_one_is_over(client, series, editions):
    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        assert client.get("/oppet-hus/").headers["Location"] == "/oppet-hus/nasta/"
    with time_machine.travel(timezone.now() + timedelta(days=500), tick=False):
        assert client.get("/oppet-hus/").headers["Location"] == "/oppet-hus/nasta/"


def test_a_draft_is_not_the_current_edition(client, series, editions):
    editions["den-har"].unpublish()
    assert client.get("/oppet-hus/").headers["Location"] == "/oppet-hus/nasta/"


def test_without_an_edition_it_says_that_no_day_is_set(client, series):
    response = client.get("/oppet-hus/")
    assert response.status_code == 200
    assert "Varje år öppnar ASF sina dörrar." in response.content.decode()


def test_staff_see_the_page_itself_in_a_preview(series, editions):
    response = series.make_preview_request()
    assert response.status_code == 200
    assert "Öppet hus den-har" in response.content.decode()


def test_editions_lead_to_each_other_latest_first(client, editions):
    context = client.get(editions["den-har"].url).context
    assert [page.slug for page in context["editions"]] == ["nasta", "forra"]
    assert context["newer_edition"].slug == "nasta"
    assert client.get(editions["nasta"].url).context["newer_edition"] is None


def test_an_earlier_edition_leads_to_the_one_after_it(client, editions):
    html = client.get(editions["forra"].url).content.decode()
    assert 'href="/oppet-hus/den-har/"' in html.split('class="wrap campaign-head"')[1]


def test_drafts_are_not_among_the_editions(client, editions):
    editions["nasta"].unpublish()
    context = client.get(editions["den-har"].url).context
    assert [page.slug for page in context["editions"]] == ["forra"]


def test_campaigns_beside_each_other_are_no_editions(client, campaigns):
    make_campaign(campaigns, slug="a")
    other = make_campaign(campaigns, slug="b")
    assert list(client.get(other.url).context["editions"]) == []


def test_the_index_lists_editions_too(client, campaigns, editions):
    html = client.get(campaigns.url).content.decode()
    assert all(f"Öppet hus {name}" in html for name in editions)


def test_the_breadcrumbs_of_an_edition_lead_through_the_series(client, editions):
    html = client.get(editions["forra"].url).content.decode()
    crumbs = html.split('class="breadcrumbs"')[1].split("</nav>")[0]
    assert '<a href="/">' in crumbs
    assert '<a href="/oppet-hus/">Öppet hus</a>' in crumbs


def test_the_series_is_translated_with_its_own_current_edition(
    client, series, editions, english_home, locales
):
    english = series.copy_for_translation(locales["en"])
    english.title, english.slug = "Open house", "open-house"
    english.save_revision().publish()
    assert client.get("/en/open-house/").status_code == 200
    edition = editions["den-har"].copy_for_translation(locales["en"])
    edition.slug = "this-one"
    edition.save_revision().publish()
    assert client.get("/en/open-house/").headers["Location"] == "/en/open-house/this-one/"
    html = client.get("/oppet-hus/den-har/").content.decode()
    assert 'href="/en/open-house/this-one/" lang="en"' in html


def test_editions_cost_no_query_each(series, count_queries):
    edition = make_campaign(series, slug="e0")
    for number in range(1, 3):
        make_event(make_campaign(series, slug=f"e{number}", days=-300 * number))
    few = count_queries(edition.url)
    for number in range(3, 20):
        make_event(make_campaign(series, slug=f"e{number}", days=-300 * number))
    assert count_queries(edition.url) == few <= 15
