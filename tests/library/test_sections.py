"""Sections: the headings of a chapter's text, numbered by the tree, each with an address."""

import re

from library.models import ChapterPage
from library.sections import number_sections, sections
from tests.library.factories import add, chapter_of, handbook, stream

BOOK = "/kunskapsbank/boken/"


def html_of(client, address):
    return client.get(address).content.decode()


def test_headings_are_numbered_in_order_and_link_to_themselves():
    html, found = number_sections("<h2 data-block-key='x'>Så gör ni</h2><p>a</p><h2>Sedan</h2>", 3)
    assert [section.number for section in found] == ["3.1", "3.2"]
    assert [section.anchor for section in found] == ["avsnitt-sa-gor-ni", "avsnitt-sedan"]
    assert (
        '<h2 id="avsnitt-sedan"><a class="section-number" href="#avsnitt-sedan">3.2</a> Sedan</h2>'
        in html
    )


def test_a_heading_that_is_there_twice_has_an_address_of_its_own():
    _html, found = number_sections("<h2>Steg</h2><h2>Steg</h2><h2>Steg 2</h2><h2>!</h2>", 1)
    anchors = [section.anchor for section in found]
    assert anchors[:2] == ["avsnitt-steg", "avsnitt-steg-2"]
    assert len(set(anchors)) == 4


def test_markup_in_a_heading_is_kept_and_its_title_is_plain_text():
    html, found = number_sections("<h2>A <b>&amp; B</b></h2>", 1, "en")
    assert found[0].title == "A & B"
    assert found[0].anchor == "section-a-b"
    assert "<b>&amp; B</b></h2>" in html


def test_an_empty_heading_is_no_section():
    html, found = number_sections("<h2></h2><h2> </h2><h2>Ett</h2>", 2)
    assert [section.number for section in found] == ["2.1"]
    assert html.count("<h2") == 1


def test_an_anchor_stands_when_another_heading_comes_before_it():
    _html, before = number_sections("<h2>Ett</h2>", 1)
    _html, after = number_sections("<h2>Noll</h2><h2>Ett</h2>", 4)
    assert before[0].anchor == after[1].anchor
    assert after[1].number == "4.2"


def test_the_contents_have_the_sections_and_no_other_block_is_numbered(home, client):
    book = handbook(home, 1)
    body = stream(
        ("text", "<h2>Först</h2><p>a</p>"),
        ("fact_box", {"title": "Fakta", "text": "<p>b</p>"}),
        ("accordion", {"items": [{"title": "Fråga", "text": "<p>c</p>"}]}),
        ("text", "<h2>Sedan</h2><p>d</p>"),
    )
    chapter = add(book, ChapterPage, title="Tvåan", slug="tvaan", body=body)
    html = html_of(client, f"{BOOK}tvaan/")
    listed = re.findall(r'href="#(avsnitt-\w+)"><span class="contents__number">([\d.]+)', html)
    assert listed == [("avsnitt-forst", "2.1"), ("avsnitt-sedan", "2.2")]
    assert '<h2 id="avsnitt-forst">' in html
    assert "<h2>Fakta</h2>" in html
    chapter.number = 2
    assert [section.anchor for section in sections(chapter)] == [anchor for anchor, _n in listed]


def test_a_moved_chapter_has_new_numbers_and_the_same_addresses(home, client):
    book = handbook(home, 0)
    chapter_of(book, "ett", "<h2>Ett</h2>")
    second = chapter_of(book, "tva", "<h2>Två</h2>")
    assert 'href="#avsnitt-tva">2.1</a>' in html_of(client, f"{BOOK}tva/")
    second.move(book, pos="first-child")
    assert 'href="#avsnitt-tva">1.1</a>' in html_of(client, f"{BOOK}tva/")


def test_the_whole_book_has_every_section_under_an_id_of_its_own(home, client):
    book = handbook(home, 0)
    for slug in ("ett", "tva"):
        chapter_of(book, slug, "<h2>Så gör ni</h2><p>a</p>")
    html = html_of(client, f"{BOOK}hela-boken/")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for number, slug in ((1, "ett"), (2, "tva")):
        name = f"{slug}-avsnitt-sa-gor-ni"
        assert f'<h3 id="{name}"><a class="section-number" href="#{name}">{number}.1</a>' in html
        assert html.count(f'href="#{name}"') == 2  # in the contents, and its own


def test_a_hostile_heading_is_text(home, client):
    book = handbook(home, 0)
    chapter_of(book, "ett", "<h2>&lt;script&gt;alert(1)&lt;/script&gt;\"' onload=x</h2>")
    html = html_of(client, f"{BOOK}ett/")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
