"""A handbook with every type of block, for tests of its files."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from core.models import CustomImage
from library.models import ChapterPage, FilmPage, GlossaryTerm, HandbookPage
from library.models.library_index_page import LibraryIndexPage
from tests.library.factories import add, document, library, stream

HOSTILE = '#panic("x") *b* $x$ @ref <label> \\ "] ☕️👩🏽‍🍳 & \u0007 العربية'


def every_block(image: CustomImage, film: FilmPage, page: Page, name: str = "") -> str:
    """Return a body with every type of block that a chapter may hold; ``name`` stands in each."""
    picture = {"image": image.pk, "decorative": False, "alt_text": f"Ett kafé {name}"}
    decorative = {"image": image.pk, "decorative": True, "alt_text": ""}
    mall = document(f"Mall {name}")
    link = f'<a linktype="page" id="{page.pk}">boken</a>'
    paper = f'<a linktype="document" id="{mall.pk}">mallen</a>'
    text = (
        f"<p>Ett <b>ASF</b> är <i>ett företag</i> {name}. Se {link} och {paper}.</p>"
        "<h2>Fyra saker</h2><ol><li>Målet<ul><li>Arbete</li></ul></li><li>Makten</li></ol>"
        "<h3>Mer om det</h3><p>Rad ett<br/>rad två</p><h2>Till sist</h2>"
        '<p><a href="https://example.org/">Ute</a> <a href="javascript:alert(1)">farligt</a></p>'
    )
    row = {"values": ["Direktupphandling", f"Mindre köp {name}"]}
    columns = [{"type": "text", "heading": "Väg"}, {"type": "text", "heading": "Passar"}]
    figures = [{"value": "48", "label": "ASF på listan", "source": "2022"}]
    call = {"title": "Gör så", "text": "En mening.", "label": "Läs", "page": page.pk, "url": ""}
    return stream(
        ("text", text),
        ("picture", {"image": picture, "caption": f"Caféet {name}", "credit": "Bild: vi"}),
        ("picture", {"image": decorative, "caption": "", "credit": ""}),
        ("quote", {"text": f"De saknar mig {name}", "attribution": "deltagare"}),
        ("fact_box", {"title": f"Kort {name}", "text": "<p>Fakta.</p><ul><li>Ett</li></ul>"}),
        ("call_to_action", call),
        ("downloads", {"title": "Filer", "documents": [mall.pk]}),
        ("accordion", {"items": [{"title": f"Vem {name}", "text": "<p>Den som vill.</p>"}]}),
        ("table", {"caption": f"Vägar {name}", "columns": columns, "rows": [row]}),
        ("key_figures", {"items": figures}),
        ("cards", {"title": "Läs vidare", "pages": [page.pk]}),
        ("film", {"film": film.pk, "play_here": True, "start": "1:23"}),
    )


def full_book(
    home: Page, image: CustomImage, chapters: int = 2, *, name: str = "", **fields: Any
) -> HandbookPage:
    """A public handbook whose preface and chapters hold every type of block."""
    index = LibraryIndexPage.objects.first() or library(home)
    film = FilmPage.objects.first() or add(
        index, FilmPage, title="Pengar till starten", slug="pengar", duration=200, **fields
    )
    GlossaryTerm.objects.get_or_create(
        term="ASF", locale=home.locale, defaults={"definition": "Ett företag som ger arbete."}
    )
    fields = {"introduction": f"En handbok. {name}", "edition": "Första upplagan, 2022"}
    book = add(index, HandbookPage, title=f"Att bli ett ASF {name}", slug="boken", **fields)
    HandbookPage.objects.filter(pk=book.pk).update(body=every_block(image, film, book, name))
    for number in range(1, chapters + 1):
        add(
            book,
            ChapterPage,
            title=f"Kapitel {number} {name}",
            slug=f"kapitel-{number}",
            introduction=f"Om {number}. {name}",
            body=every_block(image, film, book, name),
        )
    return HandbookPage.objects.get(pk=book.pk)
