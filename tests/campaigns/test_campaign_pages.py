"""The campaign index and a campaign's page as visitors meet them."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from asflist.places import counties
from campaigns.dates import swedish_today
from campaigns.models import CampaignMaterial
from campaigns.programme import programme
from core.models import CustomDocument
from tests.campaigns.factories import CampaignPageFactory, CampaignPlaceFactory

GAVLE, SANDVIKEN, UMEA, STOCKHOLM = "2180", "2181", "2480", "0180"


@pytest.fixture
def campaign(campaigns):
    day = swedish_today() + timedelta(days=40)
    return CampaignPageFactory(
        parent=campaigns,
        title="Öppet hus-dagen",
        slug="oppet-hus",
        starts_on=day,
        ends_on=day,
        how_to_join="<p>Kom som du är.</p>",
    )


@pytest.fixture
def places(campaign):
    hosts = {"Umekaffe": UMEA, "Gavlecafé": GAVLE, "Sandboden": SANDVIKEN, "Söder": STOCKHOLM}
    return [
        CampaignPlaceFactory(page=campaign, host=host, municipality_code=code, sort_order=order)
        for order, (host, code) in enumerate(hosts.items())
    ]


def structured_data(response):
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return [json.loads(text) for text in found]


def test_places_are_grouped_by_county_in_the_counties_order(places):
    grouped = programme(places)
    codes = [group.county.code for group in grouped.counties]
    assert codes == ["01", "21", "24"]
    assert codes == [county.code for county in counties() if county.code in codes]
    assert [place.host for place in grouped.counties[1].places] == ["Gavlecafé", "Sandboden"]
    assert [(choice.value, choice.count) for choice in grouped.facet.choices] == [
        ("01", 1),
        ("21", 2),
        ("24", 1),
    ]


def test_the_map_has_a_point_for_each_municipality_in_the_list(places, campaign):
    places.append(CampaignPlaceFactory(page=campaign, municipality_code=GAVLE))
    points = {point.name: point.count for point in programme(places, "21").points}
    assert points == {"Gävle": 2, "Sandviken": 1}


def test_map_coordinates_have_a_decimal_point_in_swedish_too(places):
    with translation.override("sv"):
        (point,) = programme(places, "24").points
    assert re.fullmatch(r"\d+\.\d", point.x)
    assert re.fullmatch(r"\d+\.\d", point.y)


def test_a_visitor_sees_what_when_where_how_and_material(client, campaign, places):
    document = CustomDocument.objects.create(
        title="Affisch A4", file=ContentFile(b"%PDF-1.7", name="affisch.pdf"), file_size=8
    )
    CampaignMaterial.objects.create(page=campaign, document=document, locale=campaign.locale)
    response = client.get(campaign.url)
    html = response.content.decode()
    assert campaign.dates in html
    assert "Gävleborgs län (2)" in html
    assert "Kom som du är." in html
    assert "Affisch A4" in html
    assert "PDF" in html
    assert "#county-25" in html
    assert html.count('<circle class="places-map__point"') == 4
    for place in places:
        assert place.host in html


def test_the_county_filter_works_without_script(client, campaign, places):
    html = client.get(campaign.url, {"county": "21"}).content.decode()
    assert "Gavlecafé" in html
    assert "Sandboden" in html
    assert "<h4>Umekaffe" not in html
    assert '<option value="21" selected>' in html or 'value="21" checked' in html
    assert html.count('<circle class="places-map__point"') == 2


@pytest.mark.parametrize("county", ["99", "03", "'><script>"])
def test_a_county_without_places_shows_them_all(client, campaign, places, county):
    html = client.get(campaign.url, {"county": county}).content.decode()
    assert "<h4>Umekaffe" in html
    assert "'><script>" not in html


def test_a_campaign_describes_itself_as_an_event(client, campaign, places):
    (data,) = structured_data(client.get(campaign.url))
    assert data["@type"] == "Event"
    assert data["name"] == "Öppet hus-dagen"
    assert data["startDate"] == data["endDate"] == campaign.starts_on.isoformat()
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert data["organizer"]["@type"] == "Organization"
    assert {place["address"]["addressLocality"] for place in data["location"]} == {
        "Umeå",
        "Gävle",
        "Sandviken",
        "Stockholm",
    }


def test_a_campaign_without_places_is_an_event_in_sweden(client, campaign):
    (data,) = structured_data(client.get(campaign.url))
    assert data["location"]["@type"] == "Country"


def test_the_index_shows_what_is_coming_before_what_was(client, campaigns, campaign):
    CampaignPageFactory(parent=campaigns, title="Köp av ett ASF", slug="kop")
    past = campaigns.get_children().get(slug="kop").specific
    past.starts_on = past.ends_on = swedish_today() - timedelta(days=1)
    past.save()
    html = client.get(campaigns.url).content.decode()
    assert html.index("Öppet hus-dagen") < html.index("Köp av ett ASF")
    assert campaign.dates in html
    assert past.dates in html


def test_drafts_are_neither_in_the_index_nor_reachable(client, campaigns):
    draft = CampaignPageFactory(parent=campaigns, title="Hemlig kampanj", slug="hemlig", live=False)
    assert "Hemlig kampanj" not in client.get(campaigns.url).content.decode()
    assert client.get(f"{campaigns.url}{draft.slug}/").status_code == 404


def test_the_campaign_asks_as_many_questions_with_three_places_as_with_thirty(
    campaign, count_queries
):
    for _ in range(3):
        CampaignPlaceFactory(page=campaign)
    few = count_queries(campaign.url)
    for _ in range(27):
        CampaignPlaceFactory(page=campaign, municipality_code=UMEA)
    assert count_queries(campaign.url) == few <= 15


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


def test_the_index_asks_as_many_questions_with_three_campaigns_as_with_thirty(
    campaigns, count_queries, make_image
):
    def add(number):
        offset = timedelta(days=10 if number % 2 else -10)
        campaign = CampaignPageFactory(
            parent=campaigns,
            slug=f"kampanj-{number}",
            starts_on=swedish_today() + offset,
            ends_on=swedish_today() + offset,
            listing_image=make_image(),
        )
        CampaignPlaceFactory(page=campaign)

    for number in range(3):
        add(number)
    few = count_queries(campaigns.url)
    for number in range(3, 30):
        add(number)
    assert count_queries(campaigns.url) == few <= 15
