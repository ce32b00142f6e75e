"""A book's files are accessible, whatever stands in the book, and hold all of it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import outloud
import pikepdf
import pymupdf
import pytest

from library.books.content import book_of
from library.books.epub import epub_of
from library.books.nodes import Heading
from library.books.pdf import pdf_of
from library.models import FilmPage, ShortAddress
from tests.library.books import HOSTILE, full_book
from tests.library.factories import handbook

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


@pytest.fixture
def book(home, make_image):
    """A book with every type of block, as it is in the database."""
    return book_of(full_book(home, make_image(size=(640, 480))))


def findings(pdf, folder, severity):
    file = folder / "book.pdf"
    file.write_bytes(pdf)
    result = outloud.check(str(file))
    assert result.error is None
    return [f"{f.rule}: {f.message}" for f in result.sorted_findings() if f.severity == severity]


def text_of(pdf):
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        pages = [re.sub("[\u200b\u2060]", "", page.get_text()) for page in document]
    return [re.sub(r"\s+", " ", page) for page in pages]


def files_of(epub):
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return {name: archive.read(name) for name in archive.namelist()}


def trees(epub):
    """Every XML file of the EPUB, parsed."""
    return {
        name: ElementTree.fromstring(content)  # noqa: S314
        for name, content in files_of(epub).items()
        if name.endswith((".xhtml", ".opf", ".xml"))
    }


def test_a_book_with_every_block_is_accessible(book, tmp_path):
    pdf = pdf_of(book)
    assert findings(pdf, tmp_path, "error") == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "sv"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Att bli ett ASF"
            assert metadata["pdfuaid:part"] == "1"
            assert "ASF Lyfter" in metadata["dc:creator"]


def test_the_contents_name_the_page_where_each_chapter_begins(book):
    pages = text_of(pdf_of(book))
    contents = next(number for number, page in enumerate(pages) if " 1.1 Fyra saker" in page)
    for chapter in book.chapters:
        title = chapter.title.strip()
        (number,) = re.findall(rf"{title} ?[. ]+ ?(\d+)", pages[contents])
        assert title in pages[int(number) - 1]


def test_each_film_has_its_short_address_written_out(book):
    code = ShortAddress.objects.get(page=FilmPage.objects.get()).code
    whole = " ".join(text_of(pdf_of(book)))
    assert whole.count(f"localhost:8000/b/{code}/?t=83") == 3


def test_pictures_and_codes_are_told_to_those_who_do_not_see_them(book):
    with pikepdf.open(io.BytesIO(pdf_of(book))) as document:
        alts = [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert sum(alt.startswith("Ett kafé") for alt in alts) == 3
    assert sum(book.short_url in alt for alt in alts) == 1


def test_tables_have_header_cells(book):
    with pikepdf.open(io.BytesIO(pdf_of(book))) as document:
        kinds = [
            str(item.S)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
    assert kinds.count("/TH") >= 2 * 3


def test_what_was_typed_is_only_text(home, make_image, tmp_path):
    made = book_of(full_book(home, make_image(), name=HOSTILE))
    pdf = pdf_of(made)
    assert findings(pdf, tmp_path, "error") == []
    assert '#panic("x") *b* $x$' in " ".join(text_of(pdf))
    epub = trees(epub_of(made))
    chapter = "".join(epub["book/chapter-1.xhtml"].itertext())
    assert HOSTILE.replace("\u0007", "") in chapter
    assert not epub["book/chapter-1.xhtml"].findall(f".//{XHTML}script")


def test_an_empty_book_can_be_made(home, tmp_path):
    made = book_of(handbook(home, 0))
    assert findings(pdf_of(made), tmp_path, "error") == []
    assert "book/nav.xhtml" in trees(epub_of(made))


def test_the_epub_says_what_it_is_and_that_it_is_accessible(book):
    package = trees(epub_of(book))["book/package.opf"]
    properties = {meta.attrib["property"]: meta.text for meta in package.iter(f"{OPF}meta")}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", properties["dcterms:modified"])
    for name in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        assert properties[f"schema:{name}"]
    assert properties["schema:accessibilitySummary"]
    assert properties["dcterms:conformsTo"].startswith("EPUB Accessibility 1.1")
    identifier = package.find(".//{http://purl.org/dc/elements/1.1/}identifier").text
    assert identifier == book.identifier
    assert identifier.endswith(":forsta-upplagan-2022")


def test_every_place_that_the_epub_leads_to_is_there(book):
    files = trees(epub_of(book))
    documents = {name: tree for name, tree in files.items() if name.endswith(".xhtml")}
    ids = {
        name: {e.attrib["id"] for e in tree.iter() if "id" in e.attrib}
        for name, tree in documents.items()
    }
    stored = set(files_of(epub_of(book)))
    for tree in documents.values():
        for element in tree.iter():
            for attribute in ("href", "src"):
                target = element.attrib.get(attribute, "")
                if not target or "://" in target or target.startswith("mailto:"):
                    continue
                file, _hash, anchor = target.partition("#")
                assert f"book/{file}" in stored
                assert not anchor or anchor in ids[f"book/{file}"]


def test_no_picture_is_without_alternative_text(book):
    for tree in trees(epub_of(book)).values():
        assert all("alt" in image.attrib for image in tree.iter(f"{XHTML}img"))


def test_headings_of_a_chapter_go_down_one_level_at_a_time(book):
    for chapter in book.chapters:
        level = 1
        for node in chapter.nodes:
            if isinstance(node, Heading):
                assert node.level <= level + 1
                level = node.level
