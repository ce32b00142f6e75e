"""The text inside documents is read in a process of its own, whatever the file is."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from core import extraction
from core.enums import TextState
from core.extraction import Finding, Reading
from core.models import CustomDocument
from core.text_reader import LONGEST_TEXT
from tests.core import hostile_files as files

WORD_TEXT = (
    f"<w:document {files.W}><w:p><w:r><w:t>Ull</w:t><w:tab/><w:t>och</w:t></w:r></w:p>"
    "<w:p><w:del><w:delText>struket</w:delText></w:del><w:r><w:t>lin</w:t></w:r></w:p></w:document>"
)


def read(content: bytes, suffix: str) -> Reading:
    return extraction.read(ContentFile(content), suffix)


def make(content: bytes, name: str) -> CustomDocument:
    return CustomDocument.objects.create(title="Fil", file=ContentFile(content, name=name))


@pytest.mark.parametrize(
    ("content", "suffix", "text"),
    [
        (files.word("Vävstolen står.", "Ring först."), "docx", "Vävstolen står.\nRing först."),
        (files.docx_of(WORD_TEXT), "docx", "Ull och\nlin"),
        (files.odt("Är <text:s/>rött.", "Ja<text:line-break/>visst"), "odt", "Är rött.\nJa\nvisst"),
        (files.pdf(files.pdf_text("En"), files.pdf_text("Sida till")), "pdf", "En\nSida till"),
    ],
    ids=["word", "word with deletions", "opendocument", "pdf"],
)
def test_the_text_inside_is_read(content, suffix, text):
    assert read(content, suffix) == Reading(Finding.READ, text)


@pytest.mark.parametrize(
    ("content", "suffix", "finding"),
    [
        (files.bomb, "docx", Finding.BOMB),
        (files.many_members, "docx", Finding.BOMB),
        (files.nested, "docx", Finding.BOMB),
        (files.with_entities, "docx", Finding.BOMB),
        (files.reading_files, "docx", Finding.BOMB),
        (lambda: files.word("Hej")[:-400], "docx", Finding.OTHER_KIND),
        (lambda: files.zipped(("bild.png", "x")), "docx", Finding.OTHER_KIND),
        (lambda: files.odt("Hej", media_type="text/plain"), "odt", Finding.OTHER_KIND),
        (lambda: files.odt("Hej"), "ods", Finding.OTHER_KIND),
        (lambda: files.docx_of("<w:p"), "docx", Finding.UNREADABLE),
        (lambda: files.docx_of(f"<w:d {files.W}/>"), "docx", Finding.EMPTY),
        (files.scanned, "pdf", Finding.EMPTY),
        (files.locked, "pdf", Finding.UNREADABLE),
        (lambda: b"%PDF-1.7\n" + b"\0" * 5000, "pdf", Finding.UNREADABLE),
        (lambda: files.zipped(("bild.png", "x")), "zip", Finding.NOT_READ),
        (lambda: b"a;b\n1;2\n", "csv", Finding.NOT_READ),
    ],
    ids=[
        "bomb", "members", "nesting", "entities", "external entity", "cut off", "other zip",
        "other media type", "text as sheet", "broken xml", "empty word", "scanned", "locked",
        "broken pdf", "zip", "csv",
    ],
)  # fmt: skip
def test_a_file_that_is_odd_or_hostile_ends_with_a_finding(content, suffix, finding):
    assert read(content(), suffix) == Reading(finding)


def test_pages_that_lie_in_themselves_end():
    assert read(files.endless(), "pdf").finding in (Finding.READ, Finding.UNREADABLE)


def test_only_so_much_text_is_kept():
    assert len(read(files.word("ord " * LONGEST_TEXT), "docx").text) == LONGEST_TEXT


def test_what_a_database_cannot_keep_is_left_out():
    reading = read(files.pdf("BT /F1 12 Tf (a\\000b\\001c) Tj ET"), "pdf")
    assert reading.finding == Finding.READ
    assert reading.text.isprintable()


@pytest.mark.parametrize(
    "program",
    [
        "while True: pass",
        "import time; time.sleep(3600)",
        'x = bytearray(4 * 1024**3); print(\'{"finding": "read", "text": ""}\')',
        "while True: print('x' * 1000)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "print('{')",
        'print(\'{"finding": "read", "text": 1}\')',
    ],
    ids=["spins", "sleeps", "eats", "floods", "crashes", "babbles", "lies"],
)
def test_a_reader_that_a_file_has_taken_over_is_stopped(program, tmp_path, monkeypatch):
    reader = tmp_path / "reader.py"
    limits = "import sys; sys.path.insert(0, {!r}); import text_reader as r; r.limit()\n"
    reader.write_text(limits.format(str(extraction.READER.parent)) + program)
    monkeypatch.setattr(extraction, "READER", reader)
    monkeypatch.setattr(extraction, "WALL_SECONDS", 3)
    assert read(b"", "pdf") == Reading(Finding.UNREADABLE)


@pytest.mark.django_db
def test_a_saved_document_is_read_when_it_is_safely_stored(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = make(files.word("Vävstolen"), "a.docx")
        assert document.text_state == TextState.UNKNOWN
    document.refresh_from_db()
    assert (document.text, document.text_state) == ("Vävstolen", TextState.READ)


@pytest.mark.django_db
def test_a_reader_that_fails_loses_no_document(django_capture_on_commit_callbacks, monkeypatch):
    def fail(*args):
        raise OSError("No more processes")

    monkeypatch.setattr(extraction, "read", fail)
    with django_capture_on_commit_callbacks(execute=True):
        document = make(files.word("Vävstolen"), "a.docx")
    document.refresh_from_db()
    assert document.text_state == TextState.UNKNOWN
    assert list(CustomDocument.objects.unread()) == [document]


@pytest.mark.django_db
def test_a_replaced_file_is_read_anew(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = make(files.word("Vävstolen"), "a.docx")
    old_hash = document.file_hash
    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile(files.scanned(), name="b.pdf")
        document.save()
        stored = CustomDocument.objects.get(pk=document.pk)
        assert (stored.text, stored.text_state) == ("", TextState.UNKNOWN)
    document.refresh_from_db()
    assert document.file_hash != old_hash
    assert (document.text, document.text_state) == ("", TextState.EMPTY)


@pytest.mark.django_db
def test_an_unchanged_file_is_not_read_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = make(files.word("Vävstolen"), "a.docx")
    document = CustomDocument.objects.get(pk=document.pk)
    document.title = "Ny"
    with django_capture_on_commit_callbacks() as callbacks:
        document.save()
    assert not [call for call in callbacks if getattr(call, "__name__", "") == "read"]
    document.refresh_from_db()
    assert document.text == "Vävstolen"


@pytest.mark.django_db
def test_the_command_reads_what_nobody_has_read_once(capsys):
    word, scan = make(files.word("Vävstolen"), "a.docx"), make(files.scanned(), "b.pdf")
    sheet = make(b"a;b\n", "c.csv")
    old = make(files.word("Snickeriet"), "d.docx")
    CustomDocument.objects.filter(pk=old.pk).update(file_hash="")  # From before hashes were kept.
    call_command("read_documents")
    assert "Documents read: 4" in capsys.readouterr().out
    states = CustomDocument.objects.in_bulk([word.pk, scan.pk, sheet.pk, old.pk])
    assert [d.text_state for d in states.values()] == ["read", "empty", "unknown", "read"]
    assert not CustomDocument.objects.unread().exists()
    call_command("read_documents")
    assert "Documents read: 0" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_that_is_gone_stops_no_other(capsys):
    gone, there = make(b"x", "a.docx"), make(files.word("Vävstolen"), "b.docx")
    gone.file.storage.delete(gone.file.name)
    call_command("read_documents")
    assert CustomDocument.objects.get(pk=there.pk).text == "Vävstolen"


@pytest.mark.django_db
def test_documents_are_fetched_without_their_text():
    make(files.word("Vävstolen"), "a.docx")
    assert CustomDocument.objects.get().get_deferred_fields() == {"text"}
