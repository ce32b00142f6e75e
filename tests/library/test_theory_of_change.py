"""The theory of change: one set of words as a figure to read, a picture, and a page to print."""

from __future__ import annotations

import re

import outloud
import pymupdf
import pytest
from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.utils import translation

from library import theory
from library.models import TheoryOfChangePage
from tests.library.factories import add, library, stream
from tests.library.queries import MOST, queries_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> #panic("x") ☕️ \x07'


def stage(title, person=(), asf=(), society=()):
    """A stage as the editor stores it."""
    return "stage", {
        "title": title,
        "person": list(person),
        "asf": list(asf),
        "society": list(society),
    }


STAGES = [
    stage("Start", person=["Någon väntar på mig"], society=["En granne till"]),
    stage("Vägen", person=["Jag lär mig"], asf=["En kollega", "Fler timmar"]),
    stage("Målet", asf=["Ett företag som håller"], society=["En löntagare"]),
]


@pytest.fixture
def page(home):
    """A live theory of change."""
    return add(
        library(home), TheoryOfChangePage, title="Vår väg", slug="vagen", stages=stream(*STAGES)
    )


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_figure_is_read_stage_by_stage_and_lane_by_lane(client, page):
    html = client.get(page.url).content.decode()
    figure = re.search(r'<ol class="theory.*?</ol>', html, re.S)[0]
    words = [
        *("Start", "Någon väntar på mig", "En granne till"),
        *("Vägen", "Jag lär mig", "En kollega", "Fler timmar"),
        *("Målet", "Ett företag som håller", "En löntagare"),
    ]
    places = [text_of(figure).index(word) for word in words]
    assert places == sorted(places)
    assert figure.count('<li class="theory__stage">') == 3
    assert figure.count("<h4>") == 6  # lanes with nothing in them have no heading
    assert queries_of(client, page.url) <= MOST


def test_at_least_one_stage_with_something_in_it_is_needed_to_publish(home):
    index = library(home)
    draft = add(index, TheoryOfChangePage, slug="a", publish=False)
    assert "stages" in draft.lacking()
    draft.stages = stream(STAGES[0], stage("Tom"), stage("Blank", asf=["  "]))
    assert len(draft.lacking()["stages"]) == 2
    with pytest.raises(ValidationError):
        draft.save_revision().publish()
    draft.stages = stream(STAGES[0])
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert draft.live


def test_the_picture_holds_all_words_in_order_and_tells_them(client, page):
    response = client.get(f"{page.url}theory-of-change.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)
    assert root.find(f"{SVG}title").text == "Vår väg"
    shown = " ".join(text.text for text in root.iter(f"{SVG}text"))
    told = root.find(f"{SVG}desc").text
    for words in ("1. Start", "Någon väntar på mig", "Ett företag som håller", "En löntagare"):
        assert words in shown
        assert words in told


@pytest.mark.parametrize("number", [1, 5, 8])
def test_no_text_of_the_picture_leaves_its_block(number):
    long = ["Ett långt värde som fyller hela raden och lite till " * 3, "W" * 140] * 3
    values = [
        {"title": "Ett steg som heter mycket", "person": long, "asf": [], "society": long}
    ] * number
    shown = theory.Theory("Lång " * 30, "", "sv", "https://x.example/", theory.stages_of(values))
    drawing = theory.draw(shown)
    for column in drawing.columns:
        for block in column.blocks:
            assert float(block.x) + float(block.width) <= float(drawing.width)
            assert float(block.y) + float(block.height) <= float(drawing.height)
        lowest = max(float(block.y) + float(block.height) for block in column.blocks)
        assert all(float(line.y) < lowest for line in column.lines)


@pytest.mark.parametrize("number", [1, 3, 8])
def test_the_page_to_print_is_accessible_and_one_page(tmp_path, number):
    values = [
        {"title": HOSTILE, "person": ["Ett värde " * 14] * 6, "asf": [], "society": ["W" * 140]}
    ] * number
    shown = theory.Theory(
        "Vår väg", "Inledning", "sv", "https://x.example/", theory.stages_of(values)
    )
    with translation.override("sv"):
        made = theory.pdf(shown)
    file = tmp_path / "theory.pdf"
    file.write_bytes(made)
    result = outloud.check(str(file))
    assert result.error is None
    found = [(item.severity, item.rule) for item in result.sorted_findings()]
    assert [row for row in found if row[0] in ("error", "warning")] == []
    with pymupdf.open(stream=made, filetype="pdf") as document:
        assert document.page_count == 1
        sheet = document[0]
        assert sheet.rect.width > sheet.rect.height
        for x0, y0, x1, y1, *_rest in sheet.get_text("words"):
            assert sheet.rect.contains(pymupdf.Rect(x0, y0, x1, y1))
        assert "panic" in sheet.get_text()


def test_the_page_to_print_is_made_once(client, page, monkeypatch):
    made = []
    compile_typst = theory.compile_typst

    def count(*args):
        made.append(args)
        return compile_typst(*args)

    monkeypatch.setattr(theory, "compile_typst", count)
    first = client.get(f"{page.url}theory-of-change.pdf").content
    assert client.get(f"{page.url}theory-of-change.pdf").content == first
    assert len(made) == 1
    page.title = "Ny väg"
    page.save_revision().publish()
    assert client.get(f"{page.url}theory-of-change.pdf").content != first


def test_files_follow_the_page_in_each_language(client, page, english_home, locales):
    english_index = page.get_parent().specific.copy_for_translation(locales["en"])
    english_index.save_revision().publish()
    english = page.copy_for_translation(locales["en"])
    names = ("theory-of-change.svg", "theory-of-change.pdf")
    urls = [f"{english.get_url()}{name}" for name in names]
    assert {client.get(url).status_code for url in urls} == {404}
    english.save_revision().publish()
    assert {client.get(url).status_code for url in urls} == {200}
    assert b"For the person" in client.get(urls[0]).content
    page.unpublish()
    assert {client.get(f"{page.url}{name}").status_code for name in names} == {404}


def test_search_finds_the_words_of_the_stages(page):
    assert "En löntagare" in page.get_searchable_text()
