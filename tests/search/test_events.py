"""Events on the site's search: approved, not over, in the language that they are written in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns.enums import AccessFact
from campaigns.models import CampaignPage, CampaignSeriesPage, Event
from search.enums import Group
from search.models import SearchEntry
from search.results import search
from tests.asflist.factories import make_industry
from tests.campaigns.factories import (
    CampaignIndexPageFactory,
    CampaignSeriesPageFactory,
    make_campaign,
    make_event,
)
from tests.search.factories import titles


@pytest.fixture
def campaign(home):
    """A campaign forty days from now."""
    return make_campaign(CampaignIndexPageFactory(parent=home, slug="kampanjer"), slug="oppet")


@pytest.mark.parametrize(
    "query",
    [
        "fågelholk",  # title
        "brädgården",  # host
        "hamra",  # description
        "gävle",
        "gävleborgs",
        "hörslinga",
        "snickeri",
        "kajvägen",
        "buss 12",
        "finska",
    ],
)
def test_an_event_is_found_by_what_a_visitor_wants_to_know(campaign, query):
    make_event(
        campaign,
        title="Bygg en fågelholk",
        host="Brädgården",
        description="Hamra och måla själv.",
        municipality_code="2180",
        industry=make_industry("Bygg och snickeri", "building-carpentry"),
        access=[AccessFact.HEARING_LOOP],
        languages=["sv", "fi"],
        venue="Kajvägen 4",
        public_transport="Buss 12 till Kajen.",
    )
    assert titles(query) == ["Bygg en fågelholk"]


def test_a_hit_leads_to_the_event_and_says_when_it_is(campaign, client):
    event = make_event(campaign, title="Bygg en fågelholk", host="Brädgården")
    html = client.get("/sok/", {"q": "fågelholk", "kind": "events"}).content.decode()
    assert f'href="{event.get_url()}"' in html
    assert event.get_url() == f"/kampanjer/oppet/{event.slug}/"
    assert campaign.starts_on.isoformat() in html
    assert client.get(event.get_url()).status_code == 200


def test_a_cancelled_event_is_found_and_said_to_be_cancelled(campaign, client):
    event = make_event(campaign, title="Bygg en fågelholk")
    assert "Inställt" not in client.get("/sok/", {"q": "fågelholk"}).content.decode()
    Event.objects.filter(pk=event.pk).update(cancelled_at=timezone.now())
    assert "Inställt" in client.get("/sok/", {"q": "fågelholk"}).content.decode()


def test_only_what_is_approved_is_found(campaign):
    event = make_event(campaign, title="Bygg en fågelholk", publish=False)
    assert titles("fågelholk") == []
    event.get_latest_revision().publish()
    assert titles("fågelholk") == ["Bygg en fågelholk"]
    event.refresh_from_db()
    event.title = "Måla en fågelholk"
    event.save_revision()
    assert titles("måla") == []
    assert titles("fågelholk") == ["Bygg en fågelholk"]
    event.unpublish()
    assert titles("fågelholk") == []
    assert not SearchEntry.objects.filter(event=event).exists()


def test_the_index_is_not_trusted(campaign):
    event = make_event(campaign, title="Bygg en fågelholk")
    Event.objects.filter(pk=event.pk).update(live=False)
    assert SearchEntry.objects.filter(event=event).exists()
    assert titles("fågelholk") == []


def test_events_of_a_campaign_that_nobody_sees_are_not_found_nor_counted(campaign):
    make_event(campaign, title="Bygg en fågelholk")
    restriction = PageViewRestriction.objects.create(
        page=campaign, restriction_type="password", password="x"
    )
    assert search("fågelholk", "sv").counts == {}
    restriction.delete()
    assert search("fågelholk", "sv").counts == {Group.EVENTS: 1}
    campaign.unpublish()
    assert search("fågelholk", "sv").counts == {}


def test_an_event_leaves_when_its_last_time_has_ended(campaign):
    now = timezone.now()
    hours = [(now + timedelta(days=day), now + timedelta(days=day, hours=2)) for day in (1, 2)]
    make_event(campaign, title="Bygg en fågelholk", times=hours)
    with time_machine.travel(hours[0][1] + timedelta(minutes=1)):
        assert titles("fågelholk") == ["Bygg en fågelholk"]
    with time_machine.travel(hours[1][1] + timedelta(minutes=1)):
        assert titles("fågelholk") == []


def test_an_event_is_found_in_the_language_it_is_written_in(
    campaign, english_home, locales, client
):
    english_index = campaign.get_parent().specific.copy_for_translation(locales["en"])
    english_index.slug = "campaigns"
    english_index.save_revision().publish()
    english = CampaignPage.objects.get(pk=campaign.pk).copy_for_translation(locales["en"])
    english.slug = "open-house"
    english.save_revision().publish()
    event = make_event(
        campaign,
        title="Build bird boxes",
        text_language="en",
        industry=make_industry("Bygg och snickeri", "building-carpentry"),
    )
    assert titles("boxes") == []
    assert titles("box", "en") == ["Build bird boxes"]
    html = client.get("/en/search/", {"q": "boxes"}).content.decode()
    assert f'href="/en/campaigns/open-house/{event.slug}/"' in html


def test_a_renamed_industry_is_followed(campaign):
    industry = make_industry("Snickeri", "building-carpentry")
    make_event(campaign, title="Bygg en fågelholk", industry=industry)
    industry.name = "Träslöjd"
    industry.save()
    assert titles("träslöjd") == ["Bygg en fågelholk"]
    assert titles("snickeri") == []


def test_rebuilding_makes_the_same_entries(campaign, capsys):
    make_event(campaign, title="Bygg en fågelholk", industry=make_industry())
    gone = make_event(campaign, title="Måla en fågelholk")
    before = list(SearchEntry.objects.filter(event__isnull=False).values().order_by("event"))
    Event.objects.filter(pk=gone.pk).update(live=False)
    call_command("rebuild_search")
    after = list(SearchEntry.objects.filter(event__isnull=False).values().order_by("event"))
    assert [row | {"id": 0} for row in after] == [row | {"id": 0} for row in before[:1]]


def test_the_number_of_queries_does_not_grow_with_events(campaign, client):
    def asked():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            html = client.get("/sok/", {"q": "fågelholk"}).content.decode()
        return len([row for row in captured if "SAVEPOINT" not in row["sql"]]), html.count(
            'class="search-hit"'
        )

    make_event(campaign, title="Bygg en fågelholk")
    asked()
    few, hits = asked()
    assert hits == 1
    for number in range(15):
        make_event(campaign, title=f"Bygg en fågelholk {number}")
    many, hits = asked()
    assert hits == 16
    assert many == few <= 15


def test_a_series_is_not_found_beside_its_edition(home):
    series = CampaignSeriesPageFactory(parent=home, title="Öppet hus", slug="oppet-hus")
    CampaignSeriesPage.objects.get(pk=series.pk).save_revision().publish()
    edition = make_campaign(series, title="Öppet hus 2027", slug="2027", live=False)
    edition.save_revision().publish()
    assert titles("öppet hus") == ["Öppet hus 2027"]
