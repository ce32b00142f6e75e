"""A development area gathers everything on it, of all kinds."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns.models import CampaignIndexPage, CampaignPage, PressReleasePage, PressRoomPage
from home.gathering import FEW, PER_PAGE
from home.models import SectionPage, StandardPage, ThemePage
from library.models import ChapterPage, GuidancePage, HandbookPage
from tests.library.factories import add, library, theme


@pytest.fixture
def money(home, locales):
    return theme("financing", locales["sv"], "Finansiering")


@pytest.fixture
def area(home, money):
    section = add(home, SectionPage, title="Områden", slug="omraden")
    return add(section, ThemePage, title="Finansiering", slug="finansiering", theme=money)


@pytest.fixture
def shelf(home):
    return library(home)


def shelves(client, url="/omraden/finansiering/"):
    return {
        shelf.kind: [page.title for page in shelf.pages]
        for shelf in client.get(url).context["shelves"]
    }


def test_every_kind_of_page_on_the_area_is_gathered(client, home, area, money, shelf):
    add(shelf, GuidancePage, title="Vägledning", themes=[money])
    book = add(shelf, HandbookPage, title="Bok", themes=[money])
    add(book, ChapterPage, title="Kapitel", themes=[money])
    add(home, StandardPage, title="Sida", themes=[money])
    press = add(home, PressRoomPage, title="Press", slug="press")
    add(press, PressReleasePage, title="Nyhet", themes=[money])
    campaigns = add(home, CampaignIndexPage, title="Kampanjer", slug="kampanjer")
    add(
        campaigns,
        CampaignPage,
        title="Kampanj",
        starts_on=date(2027, 5, 8),
        ends_on=date(2027, 5, 8),
        themes=[money],
    )
    add(shelf, GuidancePage, title="Om annat")
    assert shelves(client) == {
        "campaign": ["Kampanj"],
        "handbook": ["Bok"],
        "guidance": ["Vägledning"],
        "pressrelease": ["Nyhet"],
        "standard": ["Sida"],
    }


def test_what_is_not_public_is_not_gathered(client, home, area, money, shelf):
    add(shelf, GuidancePage, title="Utkast", themes=[money], publish=False)
    hidden = add(shelf, GuidancePage, title="Dold", themes=[money])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert shelves(client) == {}
    response = client.get("/omraden/finansiering/?kind=guidance")
    assert "shelves" in response.context
    assert "Dold" not in response.content.decode()


def test_a_few_of_each_kind_stand_there_and_all_of_one_when_asked(client, area, money, shelf):
    for number in range(PER_PAGE + 1):
        add(shelf, GuidancePage, title=f"Råd {number}", themes=[money])
    assert len(shelves(client)["guidance"]) == FEW
    html = client.get("/omraden/finansiering/").content.decode()
    assert 'href="?kind=guidance"' in html
    response = client.get("/omraden/finansiering/?kind=guidance")
    assert len(response.context["page_obj"]) == PER_PAGE
    assert "noindex" in response.content.decode()
    rest = client.get("/omraden/finansiering/?kind=guidance&page=2")
    assert [page.title for page in rest.context["page_obj"]] == ["Råd 0"]


@pytest.mark.parametrize("kind", ["finns-inte", "chapter", "%00", "x" * 3000, "<script>", "theme"])
def test_a_kind_that_there_is_not_shows_everything(client, area, money, shelf, kind):
    add(shelf, GuidancePage, title="Råd", themes=[money])
    response = client.get("/omraden/finansiering/", {"kind": kind})
    assert response.status_code == 200
    assert [shelf.kind for shelf in response.context["shelves"]] == ["guidance"]


def test_the_english_area_gathers_english_pages(client, area, money, shelf, english_home, locales):
    guide = add(shelf, GuidancePage, title="Råd", themes=[money])
    for page, title in ((area.get_parent().specific, "Areas"), (area, "Financing")):
        twin = page.copy_for_translation(locales["en"], copy_parents=True)
        twin.title = title
        twin.save_revision().publish()
    assert shelves(client, "/en/omraden/finansiering/") == {}
    twin = guide.copy_for_translation(locales["en"], copy_parents=True)
    twin.title = "Advice"
    twin.save_revision().publish()
    assert shelves(client, "/en/omraden/finansiering/") == {"guidance": ["Advice"]}


def queries(client):
    client.get("/omraden/finansiering/")
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        client.get("/omraden/finansiering/")
    return len(captured)


def test_the_number_of_queries_does_not_grow(client, area, money, shelf, make_image):
    for number in range(3):
        add(shelf, GuidancePage, title=f"A {number}", themes=[money], listing_image=make_image())
    few = queries(client)
    for number in range(30):
        model = (GuidancePage, HandbookPage)[number % 2]
        add(shelf, model, title=f"B {number}", themes=[money], listing_image=make_image())
    assert queries(client) == few <= 15
