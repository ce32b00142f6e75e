"""The page of one enterprise."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from asflist.models import Enterprise
from tests.asflist.factories import make_enterprise, make_industry, make_list_page


@pytest.fixture
def list_page(home):
    return make_list_page(home)


def get(client, enterprise):
    return client.get(enterprise.get_url())


def data(response):
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.S
    )
    return json.loads(found[1])


def test_the_page_says_who_where_and_how_to_reach_them(list_page, client):
    enterprise = make_enterprise(name="Kafé Ån", industries=[make_industry()], tags=["surdeg"])
    html = get(client, enterprise).content.decode()
    assert enterprise.get_url() == "/asf-listan/kafe-an/"
    assert "<title>Kafé Ån, Gävle – ASF Lyfter</title>" in html
    assert 'href="tel:+4626123456"' in html
    assert 'href="mailto:hej@foretag.example"' in html
    assert 'href="https://foretag.example/" rel="external"' in html
    assert "Lunch och fika." in html
    assert "Arbete åt den" in html
    assert "Kafé och catering" in html
    assert "surdeg" in html
    assert "Gävleborgs län" in html
    assert 'href="http://testserver/asf-listan/kafe-an/"' in html
    assert html.count("<h1") == 1


def test_structured_data_is_an_organization_with_what_is_known(list_page, client, make_image):
    enterprise = make_enterprise(name="Kafé & Ån", logo=make_image(), phone="", employees=3)
    described = data(get(client, enterprise))
    assert described["@type"] == "Organization"
    assert described["name"] == "Kafé & Ån"
    assert described["address"]["addressLocality"] == "Gävle"
    assert described["areaServed"]["name"] == "Gävleborgs län"
    assert described["knowsLanguage"] == ["sv", "ar"]
    assert described["numberOfEmployees"]["value"] == 3
    assert described["logo"].startswith("http://testserver/media/")
    assert "telephone" not in described


def test_markup_in_any_field_stays_text(list_page, client):
    evil = "<script>alert(1)</script>"
    enterprise = make_enterprise(
        name=f"A{evil}",
        summary=f"B</script>{evil}",
        offer=(
            f'<p>C{evil}<a href="javascript:alert(2)" onclick="x()">länk</a>'
            "<img src=x onerror=y()></p>"
        ),
        social_benefit=f"<iframe src=//x></iframe>{evil}",
        street_address=evil,
        locality=evil,
        postcode="<b>",
        phone='"><b>1',
        email='"><b>@x.se',
        website="javascript:alert(3)",
        industries=[make_industry(f"D{evil}", "evil")],
        tags=[evil],
    )
    make_enterprise(name="Grannen")
    for response in (
        get(client, enterprise),
        client.get("/asf-listan/"),
        get(client, Enterprise.objects.get(name="Grannen")),
    ):
        html = response.content.decode()
        assert evil not in html
        assert "javascript:" not in html
        assert "onclick" not in html
        assert "<img src=x" not in html
        assert "<iframe" not in html
        assert '"><b>' not in html
    assert data(get(client, enterprise))["name"] == f"A{evil}"


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_certification_is_shown_to_its_last_day(list_page, client, days):
    today = timezone.localdate()
    enterprise = make_enterprise(certified_until=today + timedelta(days=days))
    html = get(client, enterprise).content.decode()
    assert ("badge--sun" in html) is (days >= 0)
    assert (enterprise.certified is not None) is (days >= 0)


def test_membership_is_shown_from_its_first_day(list_page, client):
    today = timezone.localdate()
    assert make_enterprise(member_since=today).member == today
    assert make_enterprise(member_since=today + timedelta(days=1)).member is None
    assert "Skoopi" not in get(client, make_enterprise()).content.decode().partition("<footer")[0]


def test_the_address_stays_when_the_name_changes(list_page, client):
    enterprise = make_enterprise(name="Gamla namnet")
    address = enterprise.get_url()
    enterprise.name = "Nya namnet"
    enterprise.save_revision().publish()
    enterprise.refresh_from_db()
    assert enterprise.name == "Nya namnet"
    assert enterprise.get_url() == address
    assert "Nya namnet" in client.get(address).content.decode()


def test_enterprises_of_the_same_name_have_addresses_of_their_own(list_page):
    slugs = [make_enterprise(name="Åkerbär").slug for _time in range(3)]
    assert slugs == ["akerbar", "akerbar-2", "akerbar-3"]
    assert make_enterprise(name="???").slug == "asf"


def test_what_is_not_published_is_nowhere(list_page, client, rf):
    from asflist.blocks import CountyMapBlock, EnterprisesBlock
    from asflist.figures import sector_figures

    draft = make_enterprise(name="Utkastet", live=False)
    gone = make_enterprise(name="Borttaget")
    assert get(client, gone).status_code == 200
    gone.unpublish()
    shown = make_enterprise(name="Synligt")
    for enterprise in (draft, gone):
        assert get(client, enterprise).status_code == 404
        assert enterprise.name not in client.get("/asf-listan/").content.decode()
        assert enterprise.name not in get(client, shown).content.decode()
        block = EnterprisesBlock()
        by_hand = block.to_python({"title": "x", "chosen": [enterprise.pk]})
        assert block.get_context(by_hand, {"request": rf.get("/")})["cards"] == []
    assert client.get("/asf-listan/").context["listing"].count == 1
    map_block = CountyMapBlock()
    assert (
        map_block.get_context(map_block.to_python({"title": "x"}), {"request": rf.get("/")})[
            "total"
        ]
        == 1
    )
    assert sector_figures().enterprises == 1


def test_an_unknown_enterprise_is_not_found(list_page, client):
    assert client.get("/asf-listan/finns-inte/").status_code == 404
    assert client.get("/asf-listan/finns-inte/mer/").status_code == 404


def test_more_in_the_county_begins_with_the_same_industry(list_page, client):
    cafe, cleaning = make_industry(), make_industry("Lokalvård", "cleaning")
    enterprise = make_enterprise(industries=[cafe])
    make_enterprise(name="A städ", industries=[cleaning])
    make_enterprise(name="Ö kafé", municipality="2101", industries=[cafe])
    make_enterprise(name="Kafé i Stockholm", municipality="0180", industries=[cafe])
    related = get(client, enterprise).context["related"]
    assert [card.enterprise.name for card in related] == ["Ö kafé", "A städ"]
