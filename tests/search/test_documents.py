"""What stands inside a document is found, while the document is public, and leads to one place."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from core.models import CustomDocument
from library.models import TemplatePage, TemplateVersion
from search.models import SearchEntry
from tests.core import hostile_files as files
from tests.library.factories import add, library
from tests.search.factories import downloads, make_page, titles


@pytest.fixture
def make(django_capture_on_commit_callbacks):
    """Makes a document of these words as an upload does: it is read when it is stored."""

    def make_document(title: str, *paragraphs: str, **fields) -> CustomDocument:
        with django_capture_on_commit_callbacks(execute=True):
            return CustomDocument.objects.create(
                title=title, file=ContentFile(files.word(*paragraphs), name="fil.docx"), **fields
            )

    return make_document


def test_a_document_is_found_by_what_stands_in_it_and_shows_the_line(home, client, make):
    long = "Ord som fyller ut. " * 40
    document = make("Avtal", f"{long} Vävstolen ska oljas varje fredag. Pris < 5 & > 3. {long}")
    assert titles("vävstolar") == []
    make_page(home, "Upphandling", body=downloads(document))
    assert titles("vävstolar") == ["Avtal"]
    html = client.get("/sok/", {"q": "vävstolen"}).content.decode()
    assert "<mark>Vävstolen</mark> ska oljas varje fredag. Pris &lt; 5 &amp; &gt; 3." in html
    assert document.url in html


def test_a_document_that_is_not_public_is_not_found_by_its_words(home, make):
    document = make("Avtal", "Vävstolen")
    page = make_page(home, "Upphandling", body=downloads(document))
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles("vävstolen") == []
    restriction.delete()
    page.refresh_from_db()
    page.unpublish()
    assert titles("vävstolen") == []


def test_a_replaced_document_is_found_by_its_new_words(
    home, make, django_capture_on_commit_callbacks
):
    document = make("Avtal", "Vävstolen")
    make_page(home, "Upphandling", body=downloads(document))
    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile(files.word("Snickeriet"), name="fil.docx")
        document.save()
        assert titles("vävstolen") == []
    assert titles("snickeriet") == ["Avtal"]


def test_a_template_is_found_by_its_documents_words_and_only_as_the_template(home, client, make):
    document = make("Filen", "Vävstolen")
    page = add(library(home), TemplatePage, title="Mallen", slug="mallen", document=document)
    make_page(home, "Upphandling", body=downloads(document))
    assert titles("vävstolen") == ["Mallen"]
    html = client.get("/sok/", {"q": "vävstolen"}).content.decode()
    assert f'href="{page.get_url()}"' in html
    assert "<mark>Vävstolen</mark>" in html
    assert document.url not in html
    page.unpublish()
    assert titles("vävstolen") == ["Filen"]


def test_a_template_follows_its_document(home, make, django_capture_on_commit_callbacks):
    document = make("Filen", "Vävstolen")
    page = add(library(home), TemplatePage, title="Mallen", slug="mallen", document=document)
    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile(files.word("Snickeriet"), name="fil.docx")
        document.save()
    assert titles("snickeriet") == ["Mallen"]
    assert titles("vävstolen") == []
    page.document = make("Nya filen", "Drejskivan")
    page.save_revision().publish()
    assert titles("drejskivan") == ["Mallen"]
    assert titles("snickeriet") == []


def test_an_earlier_version_does_not_stand_beside_the_template(home, make):
    old = make("Gamla filen", "Vävstolen")
    page = add(library(home), TemplatePage, title="Mallen", slug="mallen", document=make("Ny", "x"))
    page.earlier_versions.add(TemplateVersion(document=old, version="1", locale=home.locale))
    page.save_revision().publish()
    assert titles("vävstolen") == []
    assert titles("gamla") == []


def test_a_document_in_another_language_than_its_template_is_found_by_itself(home, make):
    document = make("Agreement", "The loom is oiled.", language="en")
    add(library(home), TemplatePage, title="Mallen", slug="mallen", document=document)
    assert titles("loom", "sv") == []
    assert titles("loom", "en") == ["Agreement"]


def test_rebuilding_finds_the_same_words(home, make):
    make_page(home, "Upphandling", body=downloads(make("Avtal", "Vävstolen")))
    add(library(home), TemplatePage, title="Mallen", slug="m", document=make("Fil", "Snickeriet"))
    SearchEntry.objects.all().delete()
    call_command("rebuild_search")
    assert titles("vävstolen") == ["Avtal"]
    assert titles("snickeriet") == ["Mallen"]
