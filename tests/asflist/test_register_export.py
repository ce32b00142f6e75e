"""Staff take the whole list home as a table, and what they take home does no harm."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from asflist.enums import ImportAs, RowFate
from asflist.models import Enterprise
from asflist.register.export import headings, rows
from asflist.register.importing import upload
from asflist.register.table import read_table
from tests.asflist.factories import make_enterprise, make_industry

LISTING = "wagtailsnippets_asflist_enterprise:list"
EVIL = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def reader(client, locales):
    """A browser with somebody logged in who may publish entries."""
    user = User.objects.create_user("redaktor", "r@example.org", "x")
    names = ["access_admin", "view_enterprise", "change_enterprise", "publish_enterprise"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def exported(client, kind, **query):
    response = client.get(reverse(LISTING), query | {"export": kind})
    assert response.status_code == 200
    content = response.getvalue()
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def make_evil():
    industry = make_industry(name=f"@{EVIL}"[:60], slug="ond")
    return make_enterprise(
        name=EVIL,
        summary="+1",
        street_address="-1",
        locality="@SUM(A1)",
        phone="+46 26 12",
        offer=f"<p>{EVIL}</p>",
        social_benefit="<p>\t=1</p>",
        integrates_proof=EVIL,
        industries=[industry],
        tags=[EVIL],
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_any_column_is_a_formula(reader, kind):
    make_evil()
    table = exported(reader, kind)
    texts = [cell for line in table for cell in line if isinstance(cell, str)]
    assert sum(EVIL in text for text in texts) >= 5
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_has_what_the_filters_show(reader, kind):
    make_enterprise(name="Här", municipality="2180")
    make_enterprise(name="Där", municipality="0180")
    assert [line[0] for line in exported(reader, kind, county_code="21")[1:]] == ["Här"]


def test_what_was_exported_is_imported_unchanged(reader, superuser, make_image):
    industry = make_industry()
    enterprise = make_enterprise(
        name="Kafé Ett",
        industries=[industry],
        delivers_to=["21", "01"],
        delivers_within_km=30,
        procurement=["reserved", "iop"],
        latitude=60.6749,
        longitude=17.1413,
        integrates=True,
        independent=False,
        integrates_proof="Stadgarna.",
        target_group_share=40,
        target_group_share_on="2026-01-31",
        offer="<p>Lunch <b>och</b> fika.</p><ul><li>Tårta</li></ul>",
        phone="+46 26 12 34 56",
    )
    make_evil()
    for kind in ("csv", "xlsx"):
        response = reader.get(reverse(LISTING), {"export": kind})
        content = response.getvalue()
        table = read_table(content, kind)
        kept = upload(superuser, f"lista.{kind}", content, table, ImportAs.DRAFT)
        assert [(row[1], row[4]) for row in kept.fates] == [(RowFate.UNCHANGED, [])] * 2
    enterprise.refresh_from_db()
    assert "<b>" in enterprise.offer


def test_no_two_columns_have_the_same_heading():
    for language in ("sv", "en"):
        with translation.override(language):
            assert len(set(headings())) == len(headings())


def test_the_export_costs_the_same_however_long_the_list(locales):
    used = []
    for number in (3, 27):
        for _entry in range(number):
            make_enterprise(industries=[make_industry()], tags=["surdeg"])
        with CaptureQueriesContext(connection) as queries:
            table = list(rows(Enterprise.objects.all()))
        assert {len(line) for line in table} == {len(headings())}
        used.append(len(queries))
    assert used == [3, 3]


def test_who_may_not_see_entries_takes_nothing_home(client, locales):
    user = User.objects.create_user("nagon", "n@example.org", "x")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    response = client.get(reverse(LISTING), {"export": "csv"})
    assert response.status_code in (302, 403)
