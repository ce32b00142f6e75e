"""Staff import entries from a table, and see first what becomes of each row."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from itertools import groupby

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask
from wagtail.search.backends import get_search_backend

from asflist import states
from asflist.enums import ImportAs, ListingAction, ListingState, RowFate
from asflist.models import Enterprise, RegisterImport
from asflist.register import import_views, importing
from asflist.register.columns import heading_of
from asflist.register.importing import go_on
from asflist.register.parsing import paragraphs, text_of
from asflist.register.table import MAX_ROWS, read_table
from campaigns.events.retention import delete_what_is_spent
from home.access import set_up_groups, set_up_workflows
from tests.asflist.factories import (
    make_enterprise,
    make_industry,
    make_list_page,
    organisation_number,
)

HEADINGS = [
    "Namn",
    "Organisationsnummer",
    "Kommun",
    "Näringar",
    "Sammanfattning",
    "offer",
    "social_benefit",
]


def row(name="Nytt kafé", number=None, **kw):
    cells = {
        "Namn": name,
        "Organisationsnummer": number or organisation_number(),
        "Kommun": "Gävle",
        "Näringar": "Kafé och catering",
        "Sammanfattning": "Lagar lunch.",
        "offer": "Lunch.",
        "social_benefit": "Arbete.",
    } | kw
    return [str(cells.get(heading, "")) for heading in HEADINGS]


def as_csv(rows, headings=HEADINGS, encoding="utf-8", delimiter=";"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def as_xlsx(rows, headings=HEADINGS):
    book = Workbook()
    for line in [headings, *rows]:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def industry(locales):
    return make_industry()


@pytest.fixture
def importer(industry, django_user_model):
    """Somebody who may add and change entries and publish none."""
    user = User.objects.create_user("importor", "i@example.org", "x")
    names = ["access_admin", "add_enterprise", "change_enterprise", "view_enterprise"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def upload(user, name, content, new_entries):
    """Keep a file as the page does that takes it."""
    table = read_table(content, name.rpartition(".")[2])
    return importing.upload(user, name, content, table, new_entries)


def fates(kept):
    return [fate for _number, fate, *_rest in kept.fates]


def test_a_dry_run_changes_nothing_and_says_what_would(importer):
    there = make_enterprise(name="Kafé Ett", phone="026-1")
    same = make_enterprise(name="Kafé Två")
    rows = [
        row(),
        ["Kafé Ettan", there.organisation_number, "", "", "", "", ""],
        ["", same.organisation_number, "", "", "", "", ""],
        row(number="769600-0000"),
    ]
    kept = upload(importer, "lista.csv", as_csv(rows), ImportAs.SUBMITTED)
    assert fates(kept) == [RowFate.NEW, RowFate.CHANGED, RowFate.UNCHANGED, RowFate.BROKEN]
    assert kept.fates[1][4] == [["Namn", "Kafé Ett", "Kafé Ettan"]]
    assert kept.fates[3][0] == 5, "the number that the spreadsheet shows"
    assert Enterprise.objects.count() == 2
    there.refresh_from_db()
    assert there.name == "Kafé Ett"


def test_every_error_of_a_row_is_told_with_its_column(importer):
    bad = row(number="123", Kommun="Ingenstans", Näringar="Raketer")
    kept = upload(importer, "lista.csv", as_csv([bad]), ImportAs.SUBMITTED)
    headings = [heading for heading, _text in kept.fates[0][4]]
    assert headings == ["Organisationsnummer", "Kommun", "Branscher"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_as_swedish_programs_save_it(encoding, delimiter):
    content = as_csv([row("Ångström, Åsa & Ölund")], encoding=encoding, delimiter=delimiter)
    table = read_table(content, "csv")
    assert table.header == HEADINGS
    assert table.rows[0][0] == "Ångström, Åsa & Ölund"


def test_a_workbook_is_read_like_a_csv_file():
    content = as_xlsx([["Kafé", 7696000017, 180, "", date(2024, 5, 1), True, 2.5]])
    assert read_table(content, "xlsx").rows == [
        ["Kafé", "7696000017", "180", "", "2024-05-01", "1", "2.5"]
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["Namn", "Organisationsnummer"],
        ["Name", "Organisation number"],
        ["name", "organisation_number"],
        ["NAMN", "organisations-nummer"],
    ],
)
def test_headings_are_known_in_both_languages_and_as_fields(importer, headings):
    content = as_csv([["Kafé", organisation_number()]], headings)
    assert fates(upload(importer, "lista.csv", content, ImportAs.DRAFT)) == [RowFate.NEW]


def test_a_new_entry_is_as_one_that_was_saved_by_itself(importer, industry):
    kept = upload(importer, "lista.csv", as_csv([row("Ö & Co")]), ImportAs.DRAFT)
    assert go_on(kept)
    made = Enterprise.objects.get()
    twin = Enterprise.objects.get()
    twin.save()
    twin.refresh_from_db()
    for field in Enterprise._meta.concrete_fields:
        assert getattr(made, field.attname) == getattr(twin, field.attname), field.name
    assert list(made.industries.all()) == [industry]
    assert (made.slug, made.county_code, made.state, made.live) == ("o-co", "21", "draft", False)
    event = made.events_of_listing.get()
    assert (event.action, event.user) == (ListingAction.IMPORTED, importer)


def test_new_entries_are_found_in_the_admin(importer, settings):
    backend = settings.WAGTAILSEARCH_BACKENDS["default"] | {"AUTO_UPDATE": True}
    settings.WAGTAILSEARCH_BACKENDS = {"default": backend}
    go_on(upload(importer, "l.csv", as_csv([row("Nykomlingen")]), ImportAs.DRAFT))
    found = get_search_backend().search("nykomlingen", Enterprise)
    assert [entry.name for entry in found] == ["Nykomlingen"]


def test_new_entries_never_get_an_address_that_is_taken(importer):
    make_enterprise(name="Kafé")
    go_on(upload(importer, "l.csv", as_csv([row("Kafé"), row("Kafé")]), ImportAs.DRAFT))
    assert set(Enterprise.objects.values_list("slug", flat=True)) == {"kafe", "kafe-2", "kafe-3"}


def test_an_application_waits_in_the_review_and_can_be_approved(importer, superuser, home):
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Godkänn")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    kind = ContentType.objects.get_for_model(Enterprise)
    WorkflowContentType.objects.create(workflow=workflow, content_type=kind)
    go_on(upload(importer, "lista.csv", as_csv([row()]), ImportAs.SUBMITTED))
    entry = Enterprise.objects.get()
    assert (entry.state, entry.live) == (ListingState.SUBMITTED, False)
    assert entry.current_workflow_task_state.task.name == "Godkänn"
    entry.current_workflow_task_state.approve(user=superuser)
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (ListingState.APPROVED, True)
    assert [industry.name for industry in entry.industries.all()] == ["Kafé och catering"]
    assert entry.offer == "<p>Lunch.</p>"


def test_who_may_not_publish_publishes_nothing(importer, home):
    there = make_enterprise(name="Kafé Ett")
    rows = [row(), ["Kafé Ettan", there.organisation_number, "", "", "", "", ""]]
    kept = upload(importer, "lista.csv", as_csv(rows), ImportAs.APPROVED)
    go_on(kept)
    there.refresh_from_db()
    assert there.name == "Kafé Ett"
    assert there.get_latest_revision_as_object().name == "Kafé Ettan"
    assert not Enterprise.objects.exclude(pk=there.pk).get().live


def test_who_may_publish_changes_what_visitors_see(superuser, industry, home, client):
    make_list_page(home)
    there = make_enterprise(name="Kafé Ett", industries=[industry])
    other = make_industry("Städning", "stadning")
    rows = [
        row("Nykomlingen"),
        ["Kafé Ettan", there.organisation_number, "", "Städning", "", "", ""],
    ]
    go_on(upload(superuser, "lista.xlsx", as_xlsx(rows), ImportAs.APPROVED))
    there.refresh_from_db()
    assert there.name == "Kafé Ettan"
    assert list(there.industries.all()) == [other]
    assert there.get_latest_revision_as_object().name == "Kafé Ettan"
    assert client.get("/asf-listan/nykomlingen/").status_code == 200
    actions = there.events_of_listing.values_list("action", flat=True)
    assert ListingAction.IMPORTED in actions


def test_a_waiting_change_is_never_overwritten(superuser, industry):
    there = make_enterprise(name="Kafé Ett")
    there.name = "Ägarens namn"
    there.save_revision()
    there = Enterprise.objects.get()
    rows = [["Kafé Ettan", there.organisation_number, "", "", "", "", ""]]
    kept = upload(superuser, "lista.csv", as_csv(rows), ImportAs.DRAFT)
    assert fates(kept) == [RowFate.BROKEN]


def test_a_change_that_waits_beside_a_paused_entry_is_not_lost(superuser, industry, home):
    set_up_groups()
    set_up_workflows()
    there = make_enterprise(name="Kafé Ett", industries=[industry])
    rows = [["Kafé Ettan", there.organisation_number, "", "", "", "", ""]]
    states.pause(there, superuser)
    assert fates(upload(superuser, "l.csv", as_csv(rows), ImportAs.DRAFT)) == [RowFate.CHANGED]
    there.save_revision()
    states.submit(there, superuser)
    assert fates(upload(superuser, "l.csv", as_csv(rows), ImportAs.DRAFT)) == [RowFate.BROKEN]
    states.resume(there, superuser)
    assert fates(upload(superuser, "l.csv", as_csv(rows), ImportAs.DRAFT)) == [RowFate.BROKEN]


def test_an_empty_row_is_counted_where_rows_are_named(superuser, industry):
    number = organisation_number()
    rows = [row(number=number), [""] * 7, row(number=number), row(number="x")]
    kept = upload(superuser, "lista.csv", as_csv(rows), ImportAs.DRAFT)
    assert [fate[0] for fate in kept.fates] == [2, 4, 5]
    assert "2" in kept.fates[1][4][0][1]
    assert kept.fates[2][6][1] == "x"


@pytest.mark.parametrize("state", [ListingState.DECLINED, ListingState.WITHDRAWN])
def test_what_has_left_the_list_is_left_alone(superuser, industry, state):
    there = make_enterprise(live=False, state=state, state_reason="Därför.")
    rows = [["Annat", there.organisation_number, "", "", "", "", ""]]
    assert fates(upload(superuser, "l.csv", as_csv(rows), ImportAs.DRAFT)) == [RowFate.BROKEN]


def test_a_number_that_stands_twice_is_taken_once(importer, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 1)
    number = organisation_number()
    rows = [row("Ett", number), row("Två", number.replace("-", ""))]
    kept = upload(importer, "lista.csv", as_csv(rows), ImportAs.DRAFT)
    assert fates(kept) == [RowFate.NEW, RowFate.BROKEN]
    go_on(kept)
    assert Enterprise.objects.get().name == "Ett"


def test_markup_in_a_cell_is_text(importer):
    cells = row("<script>alert(1)</script>", offer="<img src=x onerror=alert(1)>\n\nRad två")
    go_on(upload(importer, "lista.csv", as_csv([cells]), ImportAs.DRAFT))
    offer = Enterprise.objects.get().offer
    assert "<img" not in offer
    assert text_of(offer) == "<img src=x onerror=alert(1)>\n\nRad två"


def test_text_goes_out_and_comes_in_the_same():
    for text in ("En rad.", "Två\nrader.", "Ett stycke.\n\nEtt till & <tecken>."):
        assert text_of(paragraphs(text)) == text


def test_a_formula_is_guarded_out_and_its_guard_taken_off_in(importer, client):
    kept = upload(
        importer, "l.csv", as_csv([row("=HYPERLINK(1)", number="@SUM(1)")]), ImportAs.DRAFT
    )
    client.force_login(importer)
    response = client.get(reverse("register_import:broken", args=[kept.uid]))
    content = response.getvalue()
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines[1][:2] == ["'=HYPERLINK(1)", "'@SUM(1)"]
    assert lines[0][-1] == "Vad som är fel"
    assert "Organisationsnummer" in lines[1][-1]
    again = read_table(content, "csv")
    assert again.rows[0][0] == "=HYPERLINK(1)"


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"0" * 150_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"", "csv"),
        (b"\n;;\n", "csv"),
        (b"Namn;Organisationsnummer\n", "csv"),
        (b"Namn\nKaf\xc3\xa9\n", "csv"),
        (b"Namn;Namn;Organisationsnummer\n1;2;3\n", "csv"),
        (b"\x00\x01\x02", "csv"),
        (b'Namn;Organisationsnummer\n"' + b"x" * 30_000, "csv"),
        (b"no workbook", "xlsx"),
        (b"PK\x03\x04 half a zip", "xlsx"),
        (bomb, "xlsx"),
        (b"a;" * 200 + b"\n1", "csv"),
    ],
)
def test_what_is_no_table_is_refused_with_a_message(importer, content, suffix):
    content = content() if callable(content) else content
    with pytest.raises(ValidationError):
        upload(importer, f"lista.{suffix}", content, ImportAs.DRAFT)
    assert not RegisterImport.objects.exists()


def test_too_many_rows_are_refused():
    with pytest.raises(ValidationError):
        read_table(b"Namn\n" + b"x\n" * (MAX_ROWS + 1), "csv")
    assert len(read_table(b"Namn\n" + b"x\n" * MAX_ROWS, "csv").rows) == MAX_ROWS


def test_nobody_sees_another_users_upload(importer, client, superuser):
    kept = upload(importer, "lista.csv", as_csv([row()]), ImportAs.DRAFT)
    client.force_login(superuser)
    for name in ("dry_run", "broken"):
        assert client.get(reverse(f"register_import:{name}", args=[kept.uid])).status_code == 404
    assert client.post(reverse("register_import:dry_run", args=[kept.uid])).status_code == 404


def test_who_may_not_add_entries_imports_nothing(client, locales):
    user = User.objects.create_user("oversattare", "o@example.org", "x")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_enterprise"])
    )
    client.force_login(user)
    assert client.get(reverse("register_import:index")).status_code in (302, 403)


def test_the_file_goes_from_upload_to_import_in_the_admin(importer, client):
    client.force_login(importer)
    url = reverse("register_import:index")
    html = client.get(url).content.decode()
    assert 'value="approved"' not in html, "who may not publish is not offered to"
    file = SimpleUploadedFile("lista.csv", as_csv([row("Kafé"), row(number="1")]))
    response = client.post(url, {"file": file, "new_entries": "submitted"}, follow=True)
    assert response.status_code == 200
    assert Enterprise.objects.count() == 0
    path = response.redirect_chain[-1][0]
    done = client.post(path, follow=True)
    assert done.status_code == 200
    assert Enterprise.objects.get().name == "Kafé"
    kept = RegisterImport.objects.get()
    assert bytes(kept.content) == b""
    assert kept.done == {"new": 1, "broken": 1}
    client.post(path)
    assert Enterprise.objects.count() == 1, "pressed twice it does nothing twice"


def test_the_form_says_what_a_new_entry_must_have(importer, client):
    client.force_login(importer)
    page = client.get(reverse("register_import:index"))
    needed = {column.name for column in page.context["columns"] if column.needed}
    with translation.override("sv"):
        assert f"<strong>{heading_of('offer')}*</strong>" in page.text
        lacking = {heading_of(name) for name in needed - {"name", "organisation_number"}}
    file = as_csv([["Nytt kafé", organisation_number(), *[""] * (len(HEADINGS) - 2)]])
    for choice, wrong in ((ImportAs.SUBMITTED, lacking), (ImportAs.DRAFT, set())):
        posted = {"file": SimpleUploadedFile("lista.csv", file), "new_entries": choice.value}
        shown = client.post(reverse("register_import:index"), posted, follow=True).context
        assert {heading for heading, _text in shown["rows"][0]["errors"]} == wrong
        assert shown["may_be_drafts"] is (choice != ImportAs.DRAFT)


def test_a_bad_file_is_told_beside_its_field(importer, client):
    client.force_login(importer)
    url = reverse("register_import:index")
    for name, content in (("lista.pdf", b"%PDF"), ("lista.xlsx", b"nej"), ("lista.csv", b"Namn")):
        response = client.post(
            url, {"file": SimpleUploadedFile(name, content), "new_entries": "draft"}
        )
        assert response.status_code == 200
        assert response.context["form"].errors["file"]


def test_an_import_goes_on_where_it_was_interrupted(importer, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    rows = [row(f"Kafé {number}") for number in range(5)]
    kept = upload(importer, "lista.csv", as_csv(rows), ImportAs.DRAFT)
    assert not go_on(kept, seconds=-1)
    assert Enterprise.objects.count() == 2
    kept.refresh_from_db()
    assert kept.position == 2
    assert go_on(kept)
    assert Enterprise.objects.count() == 5


def test_a_row_that_broke_after_the_dry_run_is_told_and_can_be_taken_home(superuser, client):
    there = make_enterprise(name="Kafé Ett")
    cells = ["Kafé Ettan", there.organisation_number, "", "", "", "", ""]
    kept = upload(superuser, "lista.csv", as_csv([cells]), ImportAs.DRAFT)
    there.name = "Någon annans ändring"
    there.save_revision()
    assert go_on(kept)
    kept.refresh_from_db()
    assert fates(kept) == [RowFate.BROKEN]
    client.force_login(superuser)
    broken = reverse("register_import:broken", args=[kept.uid])
    page = client.get(reverse("register_import:dry_run", args=[kept.uid]))
    assert broken in page.content.decode()
    assert "Kafé Ettan" in client.get(broken).getvalue().decode()


def test_an_upload_is_read_once(importer, client, monkeypatch):
    read = []

    def counting(content, suffix):
        read.append(suffix)
        return read_table(content, suffix)

    for module in (importing, import_views):
        monkeypatch.setattr(module, "read_table", counting)
    client.force_login(importer)
    file = SimpleUploadedFile("lista.csv", as_csv([[*row("Kafé"), "x"]], [*HEADINGS, "Okänd"]))
    data = {"file": file, "new_entries": "submitted"}
    response = client.post(reverse("register_import:index"), data, follow=True)
    assert "Okänd" in response.content.decode()
    assert read == ["csv"]


def test_a_file_that_nobody_imported_is_forgotten_the_next_day(importer):
    with time_machine.travel("2026-05-04T06:00Z"):
        upload(importer, "lista.csv", as_csv([row()]), ImportAs.DRAFT)
    with time_machine.travel("2026-05-05T05:00Z"):
        assert delete_what_is_spent()["imports"] == 0
    with time_machine.travel("2026-05-05T07:00Z"):
        assert delete_what_is_spent()["imports"] == 1


def many(number, broken):
    return [
        row(f"Kafé {index}", number="1" if index % (number // broken) == 0 else None)
        for index in range(number)
    ]


def number_of(captured):
    """Count the queries; what Django divides into several for SQLite's sake counts as one."""
    queries = [query["sql"][:60] for query in captured]
    return len(queries if connection.vendor != "sqlite" else [q for q, _same in groupby(queries)])


@pytest.mark.parametrize("state", [ImportAs.DRAFT, ImportAs.SUBMITTED])
def test_a_chunk_costs_the_same_however_many_rows_it_has(importer, state):
    used = []
    upload(importer, "lista.csv", as_csv(many(20, 2)), state)
    for number in (20, 200):
        content = as_csv(many(number, 2))
        with CaptureQueriesContext(connection) as dry:
            kept = upload(importer, "lista.csv", content, state)
        with CaptureQueriesContext(connection) as wet:
            assert go_on(kept)
        used.append((number_of(dry), number_of(wet)))
    assert used[0] == used[1]
    assert used[0][0] <= 12
    assert used[0][1] <= 30


def test_ten_thousand_rows_with_a_hundred_broken_ones_pass(importer):
    content = as_csv(many(10_000, 100))
    kept = upload(importer, "lista.csv", content, ImportAs.DRAFT)
    assert (kept.figures["new"], kept.figures["broken"]) == (9_900, 100)
    while not go_on(kept):
        pass
    assert Enterprise.objects.count() == 9_900
