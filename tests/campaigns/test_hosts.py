"""An event leads to its host's entry on the ASF list while that is public."""

from __future__ import annotations

import pytest

from asflist.models import Enterprise, EnterpriseIndexPage
from tests.asflist.factories import make_enterprise
from tests.campaigns.factories import make_campaign, make_event


@pytest.fixture
def enterprise_list(home):
    page = EnterpriseIndexPage(title="ASF-listan", slug="asf-listan")
    home.add_child(instance=page)
    return page


@pytest.fixture
def enterprise(enterprise_list):
    return make_enterprise(name="Gavlebuktens Kvarterscafé")


@pytest.fixture
def event(campaigns, enterprise):
    return make_event(make_campaign(campaigns), enterprise=enterprise, host=enterprise.name)


def pages(client, event):
    return [client.get(url).content.decode() for url in (event.campaign.url, event.get_url())]


def test_the_host_s_name_leads_to_the_list(client, event, enterprise):
    for html in pages(client, event):
        assert f'<a href="{enterprise.get_url()}">Gavlebuktens Kvarterscafé</a>' in html
    assert f'"url": "http://testserver{enterprise.get_url()}"' in pages(client, event)[1]


def test_an_entry_that_is_not_public_is_not_linked(client, event, enterprise):
    enterprise.unpublish()
    for html in pages(client, event):
        assert "Gavlebuktens Kvarterscafé" in html
        assert enterprise.get_url() not in html


def test_an_event_outlives_its_host_s_entry(client, event, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).delete()
    for html in pages(client, event):
        assert "Gavlebuktens Kvarterscafé" in html


def test_hosts_cost_no_query_each(campaigns, enterprise_list, count_queries):
    campaign = make_campaign(campaigns)

    def add(number):
        for _ in range(number):
            make_event(campaign, enterprise=make_enterprise())

    add(3)
    few = count_queries(campaign.url)
    add(27)
    assert count_queries(campaign.url) == few <= 15
