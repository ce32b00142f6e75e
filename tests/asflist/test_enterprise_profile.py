"""What an enterprise's page tells of reach, ways to buy, criteria, pictures and who names it."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext

from asflist.enums import Criterion
from asflist.models.merged import MergedEntry
from asflist.reach import EXPLANATIONS, Procurement, reach_in_words
from library.models import FilmPage, ImpactStoryPage
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.asflist.profiles import PROOF, make_rich, make_seller, stream
from tests.campaigns.factories import (
    CampaignIndexPageFactory,
    make_campaign,
    make_event,
)
from tests.library.factories import add, library


@pytest.fixture
def list_page(home):
    return make_list_page(home)


def get(client, enterprise):
    return client.get(enterprise.get_url()).content.decode()


def noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def described(html):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(found[1])


def test_the_page_tells_reach_ways_to_buy_figures_and_references(list_page, client, make_image):
    enterprise = make_rich(make_image)
    html = get(client, enterprise)
    for words in ("Uppsala län", "Gävleborgs län", "Bolaget AB", "timmar i arbete"):
        assert words in html
    assert "1\u00a0200,5" in html
    assert 'alt="Två personer bakar bröd"' in html
    with translation.override("sv"):
        for form in (Procurement.RESERVED, Procurement.DIRECT):
            assert str(form.label) in html
            assert str(EXPLANATIONS[form]) in html
        assert str(EXPLANATIONS[Procurement.IOP]) not in html


@pytest.mark.parametrize("form", Procurement)
def test_every_form_of_procurement_is_explained(form):
    assert str(EXPLANATIONS[form])


def test_only_the_labels_of_met_criteria_are_public(list_page, client):
    enterprise = make_rich()
    html = get(client, enterprise)
    with translation.override("sv"):
        assert str(Criterion.INTEGRATES.label) in html
        assert str(Criterion.PARTICIPATION.label) in html
        assert str(Criterion.REINVESTS.label) not in html
        assert str(Criterion.INDEPENDENT.label) not in html
    assert PROOF not in html


def test_the_month_of_the_last_confirmation_is_shown(list_page, client):
    html = get(client, make_rich(confirmed_on=date(2026, 5, 9)))
    assert "maj 2026" in html
    assert "9 maj 2026" not in html


@pytest.mark.parametrize(("share", "enough"), [(29, False), (30, True), (None, False)])
def test_the_share_is_enough_for_reserved_contracts_from_thirty_percent(
    list_page, client, share, enough
):
    enterprise = make_rich(
        target_group_share=share,
        target_group_share_on=date(2026, 1, 31) if share else None,
        procurement=[],
    )
    response = client.get(enterprise.get_url())
    assert enterprise.may_have_reserved is enough
    html = response.content.decode()
    assert ("31 januari 2026" in html) is (share is not None)
    badges = html.partition("enterprise-badges")[2].partition("</ul>")[0]
    with translation.override("sv"):
        assert (gettext("Can have reserved contracts") in badges) is enough


def test_a_certificate_vanishes_the_day_after_its_last(list_page, client):
    day = timezone.localdate() + timedelta(days=3)
    enterprise = make_rich(certified_until=day)
    with time_machine.travel(noon(day)):
        html = get(client, enterprise)
        assert "badge--sun" in html
        assert described(html)["hasCredential"]["expires"] == day.isoformat()
    with time_machine.travel(noon(day + timedelta(days=1))):
        html = get(client, enterprise)
        assert "badge--sun" not in html
        assert "hasCredential" not in described(html)


def test_a_picture_whose_consent_has_ended_is_not_in_the_gallery(list_page, client, make_image):
    image = make_image()
    image.consent_expires_on = timezone.localdate() - timedelta(days=1)
    image.save()
    enterprise = make_rich(gallery=stream("picture", {"image": image.pk, "alt": "Borta nu"}))
    assert "Borta nu" not in get(client, enterprise)


def test_an_entry_with_nothing_but_the_least_has_no_empty_headings(list_page, client):
    html = get(client, make_enterprise(confirmed_on=None, languages=[]))
    for part in ("references", "buying", "gallery", "criteria", "members", "sellers", "events"):
        assert f'id="{part}"' not in html


def test_stories_films_and_events_that_name_it_are_shown(list_page, home, client):
    enterprise = make_enterprise(name="Kaféet")
    other = make_enterprise(name="Ett annat")
    room = library(home)
    add(room, ImpactStoryPage, title="Berättelsen", slug="b", enterprise=enterprise)
    shown = add(room, FilmPage, title="Filmen därifrån", slug="f")
    shown.enterprises = [enterprise]
    shown.save_revision().publish()
    campaign = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"))
    event = make_event(campaign, title="Öppet kök", enterprise=enterprise)
    html = get(client, enterprise)
    assert "Berättelsen" in html
    assert "Filmen därifrån" in html
    assert f'href="{event.get_url()}"' in html
    assert "Öppet kök" in html
    assert "Berättelsen" not in get(client, other)
    assert "Öppet kök" not in get(client, other)


def test_events_that_are_over_cancelled_or_unpublished_are_not(list_page, home, client):
    enterprise = make_enterprise()
    campaign = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"))
    now = timezone.now()
    past = [(now - timedelta(days=2), now - timedelta(days=2, hours=-1))]
    make_event(campaign, title="Har varit", enterprise=enterprise, times=past)
    make_event(campaign, title="Väntar", enterprise=enterprise, publish=False)
    cancelled = make_event(campaign, title="Inställt", enterprise=enterprise)
    cancelled.cancelled_at = now
    cancelled.save()
    html = get(client, enterprise)
    for title in ("Har varit", "Väntar", "Inställt"):
        assert title not in html
    make_event(campaign, title="Kommer", enterprise=enterprise)
    assert "Kommer" in get(client, enterprise)
    campaign.unpublish()
    assert "Kommer" not in get(client, enterprise)


def test_what_machines_read_is_what_the_page_shows(list_page, client):
    enterprise = make_rich(name="Kafé & Ån", industries=[make_industry()], delivers_within_km=50)
    seller = make_seller(enterprise, make_enterprise(), name="Säljarna")
    html = get(client, enterprise)
    data = described(html)
    areas = data["areaServed"]
    assert [area["name"] for area in areas[:2]] == ["Uppsala län", "Gävleborgs län"]
    assert areas[2]["geoRadius"] == 50_000
    assert [offer["itemOffered"]["name"] for offer in data["makesOffer"]] == ["Kafé och catering"]
    assert [group["name"] for group in data["memberOf"]] == ["Skoopi", "Säljarna"]
    assert data["memberOf"][1]["url"] == f"http://testserver{seller.get_url()}"
    assert "foundingDate" not in data
    assert data["image"].endswith(f"/enterprises/{enterprise.slug}/share.png")
    shown = html.partition("<main")[2]
    for words in ("Uppsala län", "50 km", "Kafé och catering", "Säljarna"):
        assert words in shown


def test_hostile_text_cannot_end_the_data_or_become_markup(list_page, client):
    evil = "</script><script>alert(1)</script>"
    enterprise = make_rich(
        name=f"A{evil}",
        references=stream("reference", {"customer": f"B{evil}", "bought": evil}),
        benefit_figures=stream("figure", {"value": "1", "label": evil, "year": 2025}),
        industries=[make_industry(f"C{evil}", "evil")],
    )
    make_seller(enterprise, make_enterprise(), name=f"D{evil}", summary=evil)
    html = get(client, enterprise)
    assert evil not in html
    data = described(html)
    assert data["name"] == f"A{evil}"
    assert data["makesOffer"][0]["itemOffered"]["name"] == f"C{evil}"
    assert data["memberOf"][-1]["name"] == f"D{evil}"


def test_the_page_takes_fifteen_queries_with_three_or_thirty_of_everything(
    list_page, home, client, make_image
):
    industries = [make_industry(f"Bransch {n}", f"bransch-{n}") for n in range(4)]
    campaign = make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"))
    room = library(home)
    enterprise = make_rich(make_image, pictures=3, name="Exempel", industries=industries)
    enterprise.tags.add("lunch", "fika")
    enterprise.save()

    def fill(start, stop):
        for number in range(start, stop):
            neighbour = make_enterprise(industries=industries[: number % 4])
            make_seller(enterprise, neighbour, name=f"Säljare {number}")
            make_event(campaign, title=f"Händelse {number}", enterprise=enterprise)
            add(
                room,
                ImpactStoryPage,
                title=f"Berättelse {number}",
                slug=f"b-{number}",
                enterprise=enterprise,
            )

    def asked():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/asf-listan/exempel/").status_code == 200
        return len(captured)

    fill(0, 3)
    few = asked()
    fill(3, 30)
    assert few == asked()
    assert few <= 15


def test_reach_in_words_names_the_widest(list_page):
    with translation.override("sv"):
        assert len(reach_in_words(make_rich(delivers_nationwide=True))) == 1
        assert reach_in_words(make_rich())[:2] == ["Uppsala län", "Gävleborgs län"]
        assert reach_in_words(make_enterprise()) == []


def test_the_address_of_a_merged_entry_leads_to_the_one_that_is_kept(list_page, client):
    kept = make_enterprise(name="Kvar")
    MergedEntry.objects.create(slug="uppgatt", enterprise=kept)
    response = client.get("/asf-listan/uppgatt/")
    assert response.status_code == 301
    assert response.headers["Location"] == kept.get_url()
    kept.unpublish()
    assert client.get("/asf-listan/uppgatt/").status_code == 404
