"""What the list's page says: the order, the distances, what to try instead, what it let go of."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.utils import translation

from asflist.finding.entries import settle
from asflist.finding.filters import Filters
from asflist.finding.search import find
from asflist.models import Enterprise, ListEntry
from tests.asflist.factories import make_enterprise, make_industry, make_list_page


@pytest.fixture
def lists(home, english_home):
    """The list's page in both languages."""
    return make_list_page(home), make_list_page(english_home)


def show(client, path="/en/asf-list/", **params):
    """Return the page as English text in one line."""
    html = client.get(path, params).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


ADDRESSES = [
    "",
    "q=lunch&county=21",
    "near=2180&km=25",
    "near=2180&km=100&municipality=0180",
    "municipality=2180&delivers=03",
    "industry=cleaning&industry=garden&procurement=direct&language=ar&type=sales",
    "certified=1&member=1&reserved=1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_filters_read_what_they_write(locales, address):
    make_industry("Städ", "cleaning")
    make_industry("Trädgård", "garden")
    filters = Filters.from_address(QueryDict(address))
    assert QueryDict(filters.query()) == QueryDict(address)
    assert Filters.from_address(QueryDict(filters.query())) == filters
    assert hash(filters) == hash(Filters.from_address(QueryDict(address)))
    assert filters.notices == ()


def test_filters_are_the_same_in_whatever_order_they_are_asked_for(locales):
    one = Filters.from_address(QueryDict("language=sv&language=ar&q= a  b "))
    assert one == Filters.from_address(QueryDict("q=a+b&language=ar&language=sv&language=ar"))


@pytest.mark.parametrize("typed", ["Gävle", "gävle", "GAVLE", "gavle kommun", "2180"])
def test_a_place_is_known_by_name_and_code(locales, typed):
    params = QueryDict(mutable=True)
    params.update({"near": typed, "km": "25", "delivers": typed})
    filters = Filters.from_address(params)
    assert (filters.near, filters.km, filters.delivers) == ("2180", 25, "2180")


@pytest.mark.parametrize(
    ("typed", "code"), [("Habo", "0643"), ("Håbo", "0305"), ("Stockholm", "0180")]
)
def test_names_that_differ_by_a_ring_are_two_places(locales, typed, code):
    params = QueryDict(mutable=True)
    params["near"] = typed
    assert Filters.from_address(params).municipality == code


def test_filters_are_told_in_words(locales):
    make_industry("Städ", "cleaning")
    filters = Filters.from_address(QueryDict("q=fönster&near=2180&km=25&industry=cleaning"))
    with translation.override("en"):
        assert filters.in_words() == "“fönster”, Within 25 km of Gävle, or delivers there, Städ"
        assert Filters().in_words() == "Everything on the ASF list"


def test_a_name_misspelt_is_asked_about_and_stays_in_its_field(lists, client):
    html = client.get("/en/asf-list/", {"near": "Gevle", "km": "25"}).content.decode()
    assert "Did you mean Gävle?" in html
    assert 'value="Gevle"' in html
    assert "Did you mean" not in show(client, near="Xyzzy")


def test_the_order_is_told_and_kept(lists, client):
    make_enterprise(name="B", summary="Fönster.", municipality="2180")
    make_enterprise(name="Fönster i norr", municipality="2580")
    garden = make_industry("Trädgård", "garden", synonyms="fönster")
    make_enterprise(name="A", municipality="1280", industries=[garden], latitude=55.6, longitude=13)

    def names(**params):
        listing = client.get("/en/asf-list/", params).context["listing"]
        return [card.enterprise.name for card in listing.cards]

    assert names() == ["A", "B", "Fönster i norr"]
    assert "In order of name." in show(client)
    assert names(q="fönster") == ["Fönster i norr", "A", "B"]
    assert "Best match first" in show(client, q="fönster")
    assert names(near="Sandviken", km="100") == ["B"]
    text = show(client, near="Sandviken", km="100")
    assert "The nearest first" in text
    assert "about 2" in text
    exact = show(client, near="Malmö", km="100")
    assert "“About”" not in exact


def test_sales_organisations_are_found_and_counted_apart(lists, client):
    make_enterprise()
    make_enterprise(entry_type="sales", name="Samman")
    text = show(client)
    assert "1 social enterprise and 1 sales organisation" in text
    assert "Sales organisation" in text
    assert client.get("/en/asf-list/", {"type": "sales"}).context["listing"].count == 1


def test_a_word_misspelt_is_offered_as_the_list_spells_it(lists, client):
    make_enterprise(offer="<p>Fönsterputs</p>")
    listing = client.get("/asf-listan/", {"q": "fönstrputs"}).context["listing"]
    assert (listing.better.label, listing.better.count) == ("fönsterputs", 1)
    assert client.get(listing.better.url).context["listing"].count == 1
    assert client.get("/asf-listan/", {"q": "xyzzyxyzzy"}).context["listing"].better is None


def test_an_english_reader_finds_a_swedish_entry_by_name_place_and_industry(lists, client, locales):
    cleaning = make_industry("Städ", "cleaning", synonyms="lokalvård")
    english = cleaning.copy_for_translation(locales["en"])
    english.name, english.synonyms = "Cleaning", "janitors"
    english.save()
    entry = make_enterprise(name="Rent hus", industries=[cleaning])
    for text in ("rent", "gävle", "cleaned", "janitor", "lokalvård"):
        assert find(Filters(text=text), "en").keys() == [entry.pk], text


def test_what_is_narrow_is_no_page_for_search_engines(lists, client):
    make_enterprise(industries=[make_industry()])
    for address, kept in {
        "/asf-listan/": True,
        "/asf-listan/?county=21&industry=cafe-catering": True,
        "/asf-listan/?q=lunch": False,
        "/asf-listan/?near=2180&km=25": False,
        "/asf-listan/?language=ar": False,
    }.items():
        assert ("noindex" not in client.get(address).content.decode()) == kept, address


def test_markup_in_a_name_is_text_in_cards_and_on_the_map(lists, client):
    make_enterprise(
        name="<img src=x onerror=alert(1)>", summary="</title><script>alert(2)</script>"
    )
    html = client.get("/asf-listan/", {"county": "21"}).content.decode()
    assert "<img src=x" not in html
    assert "<script>alert" not in html
    assert "&lt;img src=x" in html


def test_the_picture_of_the_map_adds_no_tab_stops(lists, client):
    make_enterprise()
    for params in ({}, {"county": "21"}):
        html = client.get("/asf-listan/", params).content.decode()
        picture = re.search(r'<svg class="county-map__picture.*?</svg>', html, re.S)[0]
        assert 'aria-hidden="true"' in picture
        links = re.findall(r"<a [^>]*>", picture)
        assert links
        assert all('tabindex="-1"' in link for link in links)
        beside = html[html.index(picture) + len(picture) :]
        for link in links:
            assert re.search(r'href="([^"]*)"', link)[0] in beside


def test_a_made_up_list_is_the_same_every_time_and_found_at_once(home):
    call_command("make_large_list", count=30, stdout=StringIO())
    first = sorted(Enterprise.objects.values_list("slug", "name", "municipality"))
    assert find(Filters(), "sv").count == 30
    assert ListEntry.objects.filter(version=None).count() == 0
    with pytest.raises(CommandError):
        call_command("make_large_list", count=30, stdout=StringIO())
    for enterprise in Enterprise.objects.social_enterprises():
        enterprise.full_clean(exclude=["industries"])
    Enterprise.objects.all().delete()
    settle()
    call_command("make_large_list", count=30, stdout=StringIO())
    assert sorted(Enterprise.objects.values_list("slug", "name", "municipality")) == first


def test_a_made_up_list_is_not_mixed_with_enterprises_unasked(home):
    make_enterprise()
    with pytest.raises(CommandError):
        call_command("make_large_list", count=3, stdout=StringIO())
    call_command("make_large_list", count=3, yes=True, stdout=StringIO())
    assert find(Filters(), "sv").count == 4


def test_the_site_itself_gets_no_made_up_list_unasked(home, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    with pytest.raises(CommandError):
        call_command("make_large_list", count=3, stdout=StringIO())


def test_the_result_can_be_taken_along(home, client):
    make_list_page(home)
    make_enterprise(name="Lotsen", municipality="2180")
    html = client.get("/asf-listan/?municipality=2180").content.decode()
    assert "/oppna-data/asf-listan.csv?municipality=2180" in html


def test_what_is_in_the_way_comes_first_and_nothing_that_would_not_help_is_counted(home, client):
    make_list_page(home)
    make_enterprise(name="Lotsen", municipality="2180")
    listing = client.get("/asf-listan/?q=lotsen&county=25").context["listing"]
    assert [(one.label, one.count) for one in listing.chosen] == [
        ("Norrbottens län", 1),
        ("”lotsen”", None),
    ]
    assert listing.loosened == []


def test_where_no_filter_is_in_the_way_alone_several_are_offered_together(home, client):
    make_list_page(home)
    make_enterprise(name="Lotsen", municipality="2180")
    response = client.get("/asf-listan/?q=finnsinte&county=25&certified=1&member=1")
    listing = response.context["listing"]
    assert all(one.count is None for one in listing.chosen)
    assert [(one.label, one.url, one.count) for one in listing.loosened] == [
        ("Alla filter", "/asf-listan/", 1)
    ]
    html = response.content.decode()
    assert "Ta bort flera så hittar du fler" in html
    found = client.get("/asf-listan/?q=lotsen&county=25&certified=1").context["listing"].loosened
    assert found[0].url == "/asf-listan/?q=lotsen"
    assert found[0].count == 1
    assert " och " in found[0].label
