"""The campaign index and a campaign's page as visitors meet them, from the call to the results."""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.dates import swedish_today
from campaigns.models import CampaignMaterial, EventReport
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.campaigns.factories import (
    CampaignPageFactory,
    CampaignSeriesPageFactory,
    make_campaign,
    make_event,
)


@pytest.fixture
def campaign(campaigns):
    return make_campaign(
        campaigns,
        title="Öppet hus-dagen",
        slug="oppet-hus",
        how_to_join="<p>Kom som du är.</p>",
    )


def noon(day):
    return datetime.combine(day, time(12), timezone.get_default_timezone())


def structured_data(response):
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return [json.loads(text) for text in found]


def page_on(client, campaign, day):
    with time_machine.travel(noon(day), tick=False):
        return client.get(campaign.url).content.decode()


def test_before_the_call_the_page_says_when_one_can_register(client, campaign):
    html = page_on(client, campaign, campaign.registration_opens_on - timedelta(days=1))
    assert "oppna-dorrar" not in html
    assert "Do you run an ASF?" in html or "Driver du ett ASF?" in html


def test_during_the_call_the_page_leads_to_the_form_until_the_last_day(client, campaign):
    for day in (campaign.registration_opens_on, campaign.registration_closes_on):
        assert f'href="/oppna-dorrar/{campaign.pk}/"' in page_on(client, campaign, day)
    day_after = campaign.registration_closes_on + timedelta(days=1)
    assert "oppna-dorrar" not in page_on(client, campaign, day_after)


def test_a_campaign_without_registration_has_no_call(client, campaigns):
    campaign = make_campaign(campaigns, registration_opens_on=None, registration_closes_on=None)
    html = client.get(campaign.url).content.decode()
    assert "oppna-dorrar" not in html
    assert 'id="call"' not in html


def test_the_days_are_counted_until_it_begins(client, campaign):
    html = page_on(client, campaign, campaign.starts_on - timedelta(days=12))
    assert re.search(r'countdown__days">12<', html)


def test_on_the_day_the_page_says_how_many_are_open_now_and_leads_to_them(client, campaign):
    zone = timezone.get_default_timezone()
    late = datetime.combine(campaign.starts_on, time(15), zone)
    make_event(campaign, title="Öppet mitt på dagen")
    make_event(campaign, title="Öppet sent", times=[(late, late + timedelta(hours=1))])
    with time_machine.travel(noon(campaign.starts_on), tick=False):
        html = client.get(campaign.url).content.decode()
        now = client.get(campaign.url, {"open": "now"}).context["programme"].hits
    assert f'href="{campaign.url.replace("http://localhost", "")}?open=now#programme"' in html
    assert html.count("event-card__times") == 2
    assert [card.event.title for card in now] == ["Öppet mitt på dagen"]


def test_afterwards_the_page_shows_sums_and_how_many_have_answered(client, campaign):
    for visitors in (30, 12):
        event = make_event(campaign)
        EventReport.objects.create(event=event, visitors=visitors, new_contacts=2)
    make_event(campaign)
    campaign.results = "<p>Det blev en fin dag.</p>"
    campaign.save()
    assert "Det blev en fin dag." not in page_on(client, campaign, campaign.ends_on)
    html = page_on(client, campaign, campaign.ends_on + timedelta(days=1))
    assert "Det blev en fin dag." in html
    values = re.findall(r'figure-block__value">(\d+)<', html)
    assert values == ["3", "42", "4"]
    assert re.search(r"2 (of|av) 3", html)


def test_afterwards_nothing_is_summed_before_anybody_has_answered(client, campaign):
    make_event(campaign)
    html = page_on(client, campaign, campaign.ends_on + timedelta(days=1))
    assert 'id="results"' in html
    assert "figure-block" not in html


def test_a_visitor_sees_what_when_where_and_how(client, campaign):
    event = make_event(campaign)
    html = client.get(campaign.url).content.decode()
    assert campaign.dates in html
    assert "Gävleborgs län" in html
    assert "Kom som du är." in html
    assert event.host in html
    assert html.count('class="programme-map__point"') == 1


def test_a_campaign_describes_itself_and_its_events(client, campaign):
    event = make_event(campaign)
    (data,) = structured_data(client.get(campaign.url))
    assert data["@type"] == "Event"
    assert data["name"] == "Öppet hus-dagen"
    assert data["startDate"] == data["endDate"] == campaign.starts_on.isoformat()
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"]["@type"] == "Country"
    (below,) = data["subEvent"]
    assert below["@type"] == "Event"
    assert below["name"] == event.title
    assert below["url"] == f"http://testserver{event.get_url()}"
    assert below["startDate"].startswith(f"{campaign.starts_on}T10:00+")
    assert below["location"]["address"]["addressLocality"] == "Gävle"


def test_a_campaign_without_events_is_an_event_in_sweden(client, campaign):
    (data,) = structured_data(client.get(campaign.url))
    assert data["location"]["@type"] == "Country"
    assert "subEvent" not in data


def test_the_index_shows_what_is_coming_before_what_was(client, campaigns, campaign):
    past = make_campaign(campaigns, title="Köp av ett ASF", slug="kop", days=-1)
    html = client.get(campaigns.url).content.decode()
    assert html.index("Öppet hus-dagen") < html.index("Köp av ett ASF")
    assert campaign.dates in html
    assert past.dates in html


def test_drafts_are_neither_in_the_index_nor_reachable(client, campaigns):
    draft = CampaignPageFactory(parent=campaigns, title="Hemlig kampanj", slug="hemlig", live=False)
    assert "Hemlig kampanj" not in client.get(campaigns.url).content.decode()
    assert client.get(f"{campaigns.url}{draft.slug}/").status_code == 404


def test_links_in_the_text_and_in_how_to_join_are_looked_up_together(
    client, campaign, campaigns, count_queries
):
    link = f'<p>Läs <a linktype="page" id="{campaigns.pk}">om kampanjer</a>.</p>'
    before = count_queries(campaign.url)
    campaign.body = json.dumps([{"type": "text", "value": link}])
    campaign.how_to_join = link
    campaign.save_revision().publish()
    html = client.get(campaign.url).content.decode()
    assert html.count('<a href="/kampanjer/">om kampanjer</a>') == 2
    assert count_queries(campaign.url) == before + 1


def test_the_index_counts_events_and_asks_as_many_questions_with_three_campaigns_as_with_thirty(
    client, campaigns, count_queries, make_image
):
    def add(number):
        campaign = make_campaign(
            campaigns,
            slug=f"kampanj-{number}",
            days=10 if number % 2 else -10,
            listing_image=make_image(),
        )
        make_event(campaign)
        make_event(campaign, cancelled_at=timezone.now())
        make_event(campaign, publish=False)

    for number in range(3):
        add(number)
    few = count_queries(campaigns.url)
    assert [c.event_count for c in client.get(campaigns.url).context["current_campaigns"]] == [1]
    for number in range(3, 30):
        add(number)
    assert count_queries(campaigns.url) == few <= 15


@pytest.mark.parametrize("days", [40, 0, -1], ids=["call", "today", "results"])
def test_the_campaign_asks_as_many_questions_with_three_events_as_with_thirty(
    home, campaigns, count_queries, make_image, days
):
    """With all that a page may hold: editions, kit, links, bookings, hosts on the list."""
    make_list_page(home)
    series = CampaignSeriesPageFactory(parent=home, slug="serie")
    make_campaign(series, slug="forra", days=-365)
    link = f'<p>Läs <a linktype="page" id="{campaigns.pk}">om kampanjer</a>.</p>'
    campaign = make_campaign(
        series,
        slug="dagen",
        days=days,
        how_to_join=link,
        results=link,
        body=json.dumps([{"type": "text", "value": link}]),
        listing_image=make_image(),
    )
    CampaignMaterial.objects.create(page=campaign, image=make_image(), locale=campaign.locale)

    def add(number):
        for _ in range(number):
            enterprise, industry = make_enterprise(), make_industry()
            make_event(
                campaign, booking="here", capacity=9, enterprise=enterprise, industry=industry
            )

    add(3)
    few = count_queries(f"{campaign.url}?access=step_free")
    add(27)
    assert count_queries(f"{campaign.url}?access=step_free") == few <= 15


def test_the_day_is_sweden_s(client, campaigns):
    campaign = make_campaign(campaigns)
    midnight = datetime.combine(
        campaign.ends_on + timedelta(days=1), time(), timezone.get_default_timezone()
    )
    with time_machine.travel(midnight - timedelta(minutes=1), tick=False):
        assert swedish_today() == campaign.ends_on
        assert client.get(campaign.url).context["totals"] is None
    with time_machine.travel(midnight, tick=False):
        assert client.get(campaign.url).context["totals"].events == 0
