"""The pages of the counties, their districts and their surveys."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from asflist.enums import EntryType
from asflist.finding import entries
from asflist.places import counties
from asflist.regions.slugs import counties_by_slug, county_slug
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.asflist.region_factories import (
    DECEMBER,
    SEPTEMBER,
    make_county_page,
    make_district,
    make_leader,
    make_round,
    make_survey,
)
from tests.campaigns.factories import CampaignIndexPageFactory, make_campaign, make_event
from tests.library.factories import add

GAVLE = "/lan/gavleborgs-lan/"


@pytest.fixture
def page(home):
    """The page of counties in Swedish."""
    return make_county_page(home)


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def make_story(home, **fields):
    from library.models import ImpactStoryPage, LibraryIndexPage

    library = LibraryIndexPage.objects.filter(locale=home.locale).first()
    library = library or add(home, LibraryIndexPage, title="Bank", slug="bank")
    return add(library, ImpactStoryPage, **fields)


def test_every_county_has_an_address_of_its_own_in_each_language():
    for language in ("sv", "en"):
        assert len({county_slug(county, language) for county in counties()}) == 21
    assert len(counties_by_slug()) == 42
    assert counties_by_slug()["gavleborgs-lan"].code == "21"
    assert counties_by_slug()["gavleborg-county"].code == "21"


def test_a_county_shows_its_enterprises_people_stories_and_figures(client, home, page):
    make_list_page(home)
    make_enterprise(name="Kafé Ett", employees=4, participants=7)
    make_enterprise(name="Annat län", municipality="0180")
    make_enterprise(name="Utkastet", live=False)
    make_leader(name="Alma Exempel")
    make_leader(name="Borta Exempel", counties=("01",))
    make_district(name="Mitt")
    make_story(home, title="En berättelse", slug="en", county="21")
    make_story(home, title="En annan", slug="annan", county="01")
    text = text_of(client, GAVLE)
    assert "Kafé Ett" in text
    assert "Annat län" not in text
    assert "Utkastet" not in text
    assert "Alma Exempel" in text
    assert "Borta Exempel" not in text
    assert "tel:+4626123456" in text
    assert "mailto:lan@skoopi.example" in text
    assert "/lan/distrikt/mitt/" in text
    assert "En berättelse" in text
    assert "En annan" not in text
    assert "<dd>4</dd>" in text
    assert "<dd>7</dd>" in text
    assert "/asf-listan/?county=21" in text


def test_a_sales_organisation_is_shown_where_it_delivers(client, home, page):
    make_list_page(home)
    sales = {"entry_type": EntryType.SALES_ORGANISATION, "municipality": "0180"}
    make_enterprise(name="Säljer hit", delivers_to=["21"], **sales)
    make_enterprise(name="Säljer överallt", delivers_nationwide=True, **sales)
    make_enterprise(name="Säljer dit", delivers_to=["12"], **sales)
    text = text_of(client, GAVLE)
    assert "Säljer hit" in text
    assert "Säljer överallt" in text
    assert "Säljer dit" not in text


def test_only_coming_events_that_are_not_cancelled_are_shown(client, home, page):
    campaign = make_campaign(CampaignIndexPageFactory(parent=home))
    now = timezone.now()
    make_event(campaign, title="Kommer snart")
    gone = make_event(campaign, title="Har varit")
    gone.times.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    make_event(campaign, title="Blev inget", cancelled_at=now)
    make_event(campaign, title="Inte godkänt", publish=False)
    county = campaign.events.get(title="Kommer snart").county
    text = text_of(client, f"/lan/{county_slug(county, 'sv')}/")
    assert "Kommer snart" in text
    assert not any(title in text for title in ("Har varit", "Blev inget", "Inte godkänt"))


def test_an_empty_county_says_what_to_do_instead(client, home, page):
    make_list_page(home)
    text = text_of(client, GAVLE)
    assert 'href="/asf-listan/"' in text


def test_a_county_leads_to_itself_in_english_and_a_wrong_slug_to_the_right_one(
    client, home, english_home, page
):
    other = page.copy_for_translation(english_home.locale)
    other.title, other.slug = "Counties", "counties"
    other.save_revision().publish()
    text = text_of(client, GAVLE)
    assert 'hreflang="en" href="http://testserver/en/counties/gavleborg-county/"' in text
    english = text_of(client, "/en/counties/gavleborg-county/")
    assert "<h1>Gävleborg County</h1>" in english
    assert 'rel="canonical" href="http://testserver/en/counties/gavleborg-county/"' in english
    moved = client.get("/en/counties/gavleborgs-lan/")
    assert (moved.status_code, moved.url) == (301, "/en/counties/gavleborg-county/")


@pytest.mark.parametrize(
    "path",
    ["/lan/inget-lan/", "/lan/distrikt/inget/", "/lan/annat/mitt/", "/lan/districts/mitt/"],
)
def test_what_is_no_county_district_or_survey_is_not_found(client, page, path):
    make_district(name="Mitt")
    assert client.get(path).status_code == 404


def test_a_county_describes_itself_as_an_administrative_area(client, page):
    script = re.search(r'ld\+json">(.*?)</script>', text_of(client, GAVLE), re.S)
    data = json.loads(script[1])
    assert data["@type"] == "AdministrativeArea"
    assert data["name"] == "Gävleborgs län"
    assert data["identifier"]["value"] == "21"


def test_a_district_shows_its_counties_and_whom_to_ask(client, page):
    make_district(name="Mitt", counties=("21", "22"), contact_name="Kansliet", email="d@s.example")
    text = text_of(client, "/lan/distrikt/mitt/")
    assert "Gävleborgs län" in text
    assert "Västernorrlands län" in text
    assert "Kansliet" in text
    assert "mailto:d@s.example" in text
    assert 'href="/lan/gavleborgs-lan/"' in text


def test_the_page_of_counties_leads_to_every_county_also_empty_ones(client, page):
    make_district(name="Mitt")
    text = text_of(client, "/lan/")
    for county in counties():
        assert text.count(f'href="/lan/{county_slug(county, "sv")}/"') == 2  # map and list
    assert "/lan/distrikt/mitt/" in text


@pytest.fixture
def survey(page):
    """A survey asked twice, and a third time that is not published."""
    survey = make_survey()
    make_round(survey, DECEMBER, {"agreements": {"21": 1, "01": 2}, "network": {"21": 0}})
    make_round(survey, SEPTEMBER, {"agreements": {"21": 4, "01": 5}, "network": {"21": 1}})
    return survey


def test_a_survey_is_compared_over_time_for_the_country_and_by_county(client, survey):
    text = text_of(client, "/lan/undersokningar/laget/")
    assert re.search(r"Nya avtal</th>\s*<td[^>]*>3</td><td[^>]*>9</td>\s*<td[^>]*>\+6</td>", text)
    assert re.search(r"Gävleborgs län</a></th>\s*<td[^>]*>1</td><td[^>]*>4</td>", text)
    assert "Skoopi" in text
    assert re.search(r"december 2021 \w+ september 2022</p>", text)
    assert len(re.findall(r"Nya avtal</th>", text)) == 1
    answers = text_of(client, "/lan/undersokningar/laget/?question=network")
    assert re.search(r"Gävleborgs län</a></th>\s*<td[^>]*>[^<]+</td><td[^>]*>[^<]+</td>", answers)
    assert "noindex" in answers


def test_a_countys_own_answers_stand_on_its_page(client, survey):
    text = text_of(client, GAVLE)
    assert "/lan/undersokningar/laget/" in text
    assert re.search(r"Nya avtal</th>\s*<td[^>]*>1</td><td[^>]*>4</td>\s*<td[^>]*>\+3</td>", text)
    assert re.search(r"Finns ett nätverk\?</th>\s*<td[^>]*>[^<]+</td>", text)
    assert "/lan/undersokningar/laget/" not in text_of(client, "/lan/skane-lan/")


def test_a_round_that_is_not_published_is_seen_by_nobody(client, page):
    survey = make_survey()
    make_round(survey, SEPTEMBER, {"agreements": {"21": 77}}, published=False)
    assert client.get("/lan/undersokningar/laget/").status_code == 404
    assert client.get("/lan/undersokningar/laget/csv/").status_code == 404
    assert "Läget i länen" not in text_of(client, GAVLE) + text_of(client, "/lan/")


def test_the_figures_of_a_survey_can_be_taken_as_a_file(client, survey):
    response = client.get("/lan/undersokningar/laget/csv/")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 2 * 22
    assert rows[1][:2] == ["2021-12", ""]
    assert rows[1][3] == "3"
    gavle = [row for row in rows if row[1] == "21"]
    assert [row[3] for row in gavle] == ["1", "4"]


def test_a_survey_describes_itself_as_a_dataset(client, survey):
    text = text_of(client, "/lan/undersokningar/laget/")
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.S)[1])
    assert data["@type"] == "Dataset"
    assert data["temporalCoverage"] == "2021-12/2022-09"
    assert data["distribution"]["contentUrl"].endswith("/lan/undersokningar/laget/csv/")


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize("path", ["/lan/", GAVLE, "/lan/distrikt/mitt/", "/lan/undersokningar/s0/"])
def test_a_page_costs_as_many_queries_whatever_it_shows(
    client, home, page, django_assert_max_num_queries, number, path
):
    make_list_page(home)
    industry = make_industry()
    campaign = make_campaign(CampaignIndexPageFactory(parent=home))
    make_district(name="Mitt")
    for place in range(number):
        make_enterprise(industries=[industry])
        make_event(campaign, municipality_code="2180")
        make_leader(name=f"Ledare {place}")
        make_story(home, title=f"Berättelse {place}", slug=f"b-{place}", county="21")
        survey = make_survey(slug=f"s{place}")
        make_round(survey, DECEMBER, {"agreements": {"21": place}})
    cache.clear()
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


def test_the_sitemap_has_every_county_district_and_published_survey(
    client, english_home, page, survey
):
    make_district(name="Mitt")
    make_round(make_survey(slug="hemlig"), DECEMBER, {}, published=False)
    other = page.copy_for_translation(english_home.locale)
    other.title, other.slug = "Counties", "counties"
    other.save_revision().publish()
    text = client.get("/sitemap-regions.xml").content.decode()
    assert text.count("<loc>") == 2 * (21 + 1 + 1)
    assert "/lan/distrikt/mitt/" in text
    assert "/en/counties/surveys/laget/" in text
    assert "hemlig" not in text


def test_the_site_finds_the_page_of_counties_by_a_countys_name(client, page):
    text = text_of(client, "/sok/?q=Gävleborgs+län")
    assert 'href="/lan/"' in text


def test_the_list_and_an_entry_lead_to_the_county(
    client, home, page, django_assert_max_num_queries
):
    make_list_page(home)
    make_enterprise(name="Lotsen", municipality="2180")
    entries.settle()
    link = f'href="{GAVLE}"'
    assert link in text_of(client, "/asf-listan/lotsen/")
    assert link not in text_of(client, "/asf-listan/")
    cache.clear()
    with django_assert_max_num_queries(12):
        assert link in text_of(client, "/asf-listan/?county=21")
    page.unpublish()
    for path in ("/asf-listan/lotsen/", "/asf-listan/?county=21"):
        assert link not in text_of(client, path)
