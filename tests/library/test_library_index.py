"""The library's front: everything in it, and filters that tell what they give."""

import re
from datetime import date

import pytest
from django.utils import translation

from core.models import Theme
from library.kinds import KINDS
from library.models import (
    Captions,
    ChapterPage,
    FilmPage,
    FilmSeriesPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    TemplatePage,
    TheoryOfChangePage,
)
from tests.library.factories import VTT, add, document, library, stream, theme
from tests.library.queries import MOST, queries_of

ALL = 11
STAGES = stream(("stage", {"title": "Start", "person": ["Ett steg"], "asf": [], "society": []}))


@pytest.fixture
def shelf(home, locales):
    """A library with something of every kind."""
    index = library(home)
    sales = theme("sales", locales["sv"], "Säljstöd", sort_order=1)
    impact = theme("impact", locales["sv"], "Effekter", sort_order=2)
    add(index, TheoryOfChangePage, title="Teorin", stages=STAGES)
    series = add(index, FilmSeriesPage, title="Serien")
    add(series, FilmPage, title="Film A", themes=[sales], audience=["asf", "company"])
    add(index, FilmPage, title="Film B", themes=[sales, impact], audience=["asf"])
    add(index, FilmPage, title="Samtal", film_kind="webinar", themes=[impact], audience=["public"])
    book = add(index, HandbookPage, title="Bok", themes=[impact], audience=["asf"])
    add(book, ChapterPage, title="Kapitel", themes=[impact])
    guide = add(
        index, GuidancePage, title="Vägledning", themes=[sales], audience=["asf", "municipality"]
    )
    add(
        index,
        GuidancePage,
        title="Lättläst vägledning",
        easy_read_of=guide,
        themes=[sales],
        audience=["asf"],
    )
    add(
        index,
        TemplatePage,
        title="Mallen",
        audience=["municipality"],
        document=document(language="en"),
        updated_on=date(2024, 2, 3),
    )
    add(index, ImpactStoryPage, title="Berättelse", themes=[impact], audience=["public"])
    add(index, ImpactReportPage, title="Rapport", themes=[impact], audience=["public"])
    add(index, GuidancePage, title="Utkast", themes=[sales], publish=False)
    return index


def titles(response):
    return {item.title for item in response.context["items"]}


def test_everything_under_the_library_is_listed_and_nothing_that_is_not_public(shelf, client):
    response = client.get("/kunskapsbank/")
    assert titles(response) == {
        *("Film A", "Film B", "Samtal", "Bok", "Vägledning", "Mallen"),
        *("Berättelse", "Rapport", "Serien", "Teorin", "Lättläst vägledning"),
    }


def test_filters_narrow_the_list_together(shelf, client):
    assert titles(client.get("/kunskapsbank/?kind=film")) == {"Film A", "Film B"}
    assert titles(client.get("/kunskapsbank/?kind=webinar")) == {"Samtal"}
    assert titles(client.get("/kunskapsbank/?theme=impact&audience=public")) == {
        *("Samtal", "Berättelse", "Rapport"),
    }
    assert titles(client.get("/kunskapsbank/?kind=film&theme=impact&audience=asf")) == {"Film B"}


@pytest.mark.parametrize(
    "address",
    [
        *("?", "?kind=film", "?theme=impact", "?audience=asf&kind=film", "?language=sv"),
        *("?length=short", "?year=2022", "?language=sv&length=short&kind=film", "?language=easy"),
    ],
)
def test_each_choice_gives_as_many_hits_as_it_says(shelf, client, address):
    facets = client.get(f"/kunskapsbank/{address}").context["facets"]
    assert [facet.name for facet in facets] == [
        *("kind", "theme", "audience", "language", "year", "length"),
    ]
    for facet in facets:
        assert facet.choices
        chosen = {other.name: other.selected.value for other in facets if other.selected}
        for choice in facet.choices:
            hits = client.get("/kunskapsbank/", chosen | {facet.name: choice.value})
            assert hits.context["page_obj"].paginator.count == choice.count > 0


def test_every_kind_has_a_choice(shelf, client):
    kind = client.get("/kunskapsbank/").context["facets"][0]
    assert {choice.value for choice in kind.choices} == {row.value for row in KINDS}


def test_themes_are_named_in_the_readers_language(shelf, home, english_home, locales, client):
    english = shelf.copy_for_translation(locales["en"])
    english.slug = "library"
    english.save_revision().publish()
    sales = Theme.objects.get(slug="sales")
    translated = sales.copy_for_translation(locales["en"])
    translated.name = "Sales support"
    translated.save()
    add(english, FilmPage, title="The film", themes=[sales])
    response = client.get("/en/library/")
    labels = {choice.label for choice in response.context["facets"][1].choices}
    assert labels == {"Sales support"}
    assert titles(client.get("/en/library/?theme=sales")) == {"The film"}


def test_a_year_is_the_one_that_readers_know_the_thing_by(shelf, client):
    film = FilmPage.objects.get(title="Film B")
    film.recorded_on = date(2019, 12, 31)
    film.save_revision().publish()
    assert titles(client.get("/kunskapsbank/?year=2019")) == {"Film B"}
    assert titles(client.get("/kunskapsbank/?year=2022")) == {"Rapport"}
    assert titles(client.get("/kunskapsbank/?year=2024")) == {"Mallen"}
    assert titles(client.get("/kunskapsbank/?year=1950")) == set()
    years = [choice.value for choice in client.get("/kunskapsbank/").context["facets"][4].choices]
    assert years == sorted(years, reverse=True)


def test_a_thing_can_be_had_in_every_language_it_is_in(shelf, english_home, locales, client):
    def english():
        return titles(client.get("/kunskapsbank/?language=en"))

    assert english() == {"Mallen"}
    film = FilmPage.objects.get(title="Film B")
    film.captions.add(Captions(language="en", text=VTT, confirmed=True))
    film.save_revision().publish()
    guide = GuidancePage.objects.get(title="Vägledning")
    twin = guide.copy_for_translation(locales["en"], copy_parents=True)
    assert english() == {"Mallen", "Film B"}
    twin.save_revision().publish()
    assert english() == {"Mallen", "Film B", "Vägledning"}
    assert len(titles(client.get("/kunskapsbank/?language=sv"))) == ALL
    assert titles(client.get("/kunskapsbank/?language=easy")) == {"Lättläst vägledning"}


def test_length_is_that_of_the_film_the_text_or_the_whole_book(shelf, client):
    def of(length):
        return titles(client.get(f"/kunskapsbank/?length={length}"))

    assert "Film B" in of("short")  # 3 min 20 s
    film = FilmPage.objects.get(title="Film B")
    film.duration = 5 * 60 + 1
    film.save_revision().publish()
    assert "Film B" in of("medium")
    assert "Bok" in of("short")
    chapter = ChapterPage.objects.get(title="Kapitel")
    chapter.body = stream(("text", "<p>" + "ord " * 200 * 16 + "</p>"))
    chapter.save_revision().publish()
    assert "Bok" in of("long")
    chapter.unpublish()
    assert "Bok" in of("short")


def test_a_choice_that_gives_nothing_says_what_to_take_away(shelf, client):
    response = client.get("/kunskapsbank/?kind=template&theme=sales")
    assert {choice.url: choice.count for choice in response.context["removable"]} == {
        "?theme=sales": 4,
        "?kind=template": 1,
    }


def test_a_choice_can_be_taken_away(shelf, client):
    html = client.get("/kunskapsbank/?kind=film&theme=impact").content.decode()
    assert 'href="?theme=impact"' in html
    assert 'href="?kind=film"' in html


def test_no_hits_is_no_dead_end(shelf, client):
    response = client.get("/kunskapsbank/?kind=template&theme=sales")
    html = response.content.decode()
    assert response.context["page_obj"].paginator.count == 0
    assert 'href="?kind=template"' in html
    assert 'href="?theme=sales"' in html
    assert 'href="/kunskapsbank/"' in html


@pytest.mark.parametrize(
    "value", ["finns-inte", "%00", "1'--", "%3Cscript%3Ealert(1)%3C/script%3E", "x" * 2000, "å"]
)
@pytest.mark.parametrize("name", ["kind", "theme", "audience", "language", "year", "length"])
def test_a_value_that_does_not_exist_is_told_of_and_left_out(shelf, client, name, value):
    response = client.get(f"/kunskapsbank/?{name}={value}")
    assert response.status_code == 200
    assert len(response.context["filter"].unknown) == 1
    assert len(titles(response)) == ALL
    assert "<script>alert" not in response.content.decode()
    assert 'role="status"' in response.content.decode()
    assert "noindex" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "sju", "999", "%00", "1e9"])
def test_a_page_that_does_not_exist_leads_to_one_that_does(shelf, client, page):
    response = client.get(f"/kunskapsbank/?page={page}")
    assert response.status_code == 200
    assert len(titles(response)) == ALL


def test_long_lists_are_divided_and_keep_their_filters(home, client):
    index = library(home)
    for number in range(25):
        add(index, GuidancePage, title=f"Vägledning {number}")
    first = client.get("/kunskapsbank/?kind=guidance")
    assert len(first.context["items"]) == 24
    address = re.search(r'href="([^"]*)" rel="next"', first.content.decode())[1]
    second = client.get("/kunskapsbank/" + address.replace("&amp;", "&"))
    assert len(second.context["items"]) == 1
    assert not titles(first) & titles(second)


def test_an_empty_library_says_so(home, client):
    library(home)
    with translation.override("sv"):
        words = translation.gettext("The library is empty for now.")
    assert words in client.get("/kunskapsbank/").content.decode()


@pytest.mark.parametrize("address", ["", "?kind=film&theme=sales&audience=asf"])
def test_the_list_takes_as_many_queries_for_three_rows_as_for_thirty(
    home, locales, client, make_image, address
):
    index = library(home)
    sales = theme("sales", locales["sv"])

    def fill(numbers):
        for number in numbers:
            add(
                index,
                FilmPage,
                title=f"Film {number}",
                film_kind="film",
                themes=[sales],
                audience=["asf"],
                listing_image=make_image(),
                introduction="Om filmen.",
            )
            add(index, TemplatePage, title=f"Mall {number}", listing_image=make_image())

    fill(range(3))
    few = queries_of(client, f"/kunskapsbank/{address}")
    fill(range(3, 15))
    assert queries_of(client, f"/kunskapsbank/{address}") == few <= MOST


def test_a_language_has_one_library(home, english_home):
    from library.models import LibraryIndexPage

    assert LibraryIndexPage.can_create_at(home)
    library(home)
    home.refresh_from_db()
    assert not LibraryIndexPage.can_create_at(home)
    assert LibraryIndexPage.can_create_at(english_home)
