"""A place leads to its host's entry on the ASF list while that is public."""

from __future__ import annotations

import pytest

from asflist.models import Enterprise, EnterpriseIndexPage
from tests.campaigns.factories import CampaignPageFactory, CampaignPlaceFactory


@pytest.fixture
def enterprise_list(home):
    page = EnterpriseIndexPage(title="ASF-listan", slug="asf-listan")
    home.add_child(instance=page)
    return page


@pytest.fixture
def enterprise(locales):
    return Enterprise.objects.create(
        name="Gavlebuktens Kvarterscafé",
        organisation_number="769600-1232",
        municipality="2180",
        summary="Kaffe och bröd",
        offer="<p>Kaffe</p>",
        social_benefit="<p>Arbete</p>",
        locale=locales["sv"],
        live=True,
    )


def test_the_host_s_name_leads_to_the_list(client, campaigns, enterprise_list, enterprise):
    campaign = CampaignPageFactory(parent=campaigns)
    CampaignPlaceFactory(page=campaign, enterprise=enterprise, host=enterprise.name)
    html = client.get(campaign.url).content.decode()
    assert f'<a href="{enterprise.get_url()}">Gavlebuktens Kvarterscafé</a>' in html


def test_an_entry_that_is_not_public_is_not_linked(client, campaigns, enterprise_list, enterprise):
    enterprise.live = False
    enterprise.save()
    campaign = CampaignPageFactory(parent=campaigns)
    CampaignPlaceFactory(page=campaign, enterprise=enterprise, host=enterprise.name)
    html = client.get(campaign.url).content.decode()
    assert "Gavlebuktens Kvarterscafé" in html
    assert enterprise.get_url() not in html


def test_hosts_cost_no_query_each(client, campaigns, enterprise_list, locales, count_queries):
    campaign = CampaignPageFactory(parent=campaigns)

    def add(numbers):
        for number in numbers:
            enterprise = Enterprise.objects.create(
                name=f"ASF {number}",
                organisation_number=f"7696{number:06d}",
                municipality="2180",
                locale=locales["sv"],
                live=True,
            )
            CampaignPlaceFactory(page=campaign, enterprise=enterprise)

    add(range(3))
    few = count_queries(campaign.url)
    add(range(3, 30))
    assert count_queries(campaign.url) == few <= 15
