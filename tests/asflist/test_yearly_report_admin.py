"""Staff see the reports, correct them with a note, remind owners, close years, take them home."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from asflist import states
from asflist.enums import EntryType, ReportState
from asflist.models import ClosedReportYear, EnterpriseOwner, YearlyReport
from asflist.reports.requests import ask_for_reports
from core.models import OutgoingMail
from home.access import EDITORS, LIST_KEEPERS, set_up_groups
from tests.asflist.factories import make_enterprise, make_report

pytestmark = pytest.mark.django_db

YEAR = 2025
INDEX = "yearly_reports:index"


@pytest.fixture(autouse=True)
def _february(home):
    with time_machine.travel("2026-02-15 09:00:00+01:00", tick=False):
        yield


def log_in(client, role):
    set_up_groups()
    user = User.objects.create_user(role.name, "staff@example.com", "password")
    user.groups.add(Group.objects.get(name=role.name))
    client.force_login(user)
    return user


@pytest.fixture
def keeper(client):
    return log_in(client, LIST_KEEPERS)


def owned(number=1, **kw):
    enterprise = make_enterprise(**kw)
    for place in range(number):
        EnterpriseOwner.objects.create(
            enterprise=enterprise,
            email=f"{enterprise.pk}-{place}@example.com",
            confirmed_at=timezone.now(),
        )
    return enterprise


def addresses(report):
    return [
        reverse(INDEX),
        reverse("yearly_reports:report", args=[report.pk]),
        reverse("yearly_reports:missing", args=[YEAR]),
        f"{reverse(INDEX)}?export=csv",
    ]


def test_list_keepers_see_the_reports_and_editors_do_not(client, keeper):
    report = make_report(make_enterprise(name="Café Lotsbrickan"), YEAR, participants=7)
    for address in addresses(report):
        assert client.get(address).status_code == 200
    assert "Café Lotsbrickan" in client.get(reverse(INDEX)).text
    client.logout()
    log_in(client, EDITORS)
    for address in addresses(report):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address).status_code in (302, 403, 405)
    client.logout()
    for address in addresses(report):
        assert "login" in client.get(address).url


def test_staff_correct_with_a_note_whatever_the_year_and_it_is_logged(client, keeper):
    report = make_report(make_enterprise(), 2021, participants=7)
    address = reverse("yearly_reports:report", args=[report.pk])
    without = client.post(address, {"participants": "8"})
    assert set(without.context["form"].errors) == {"note"}
    figures = {"participants": "8", "main_industry": report.main_industry_id or ""}
    assert client.post(address, figures | {"note": "Företaget ringde."}).status_code == 302
    change = report.changes.get()
    assert (change.user, change.by_owner, change.old, change.new) == (keeper, False, "7", "8")
    assert "Företaget ringde." in client.get(address).text


def test_a_draft_is_the_owners_alone_to_write(client, keeper):
    draft = make_report(make_enterprise(), YEAR, state=ReportState.DRAFT)
    address = reverse("yearly_reports:report", args=[draft.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"participants": "8", "note": "Nej."}).status_code == 404


def test_the_export_holds_every_figure_and_no_formula(client, keeper):
    make_report(make_enterprise(name="=HYPERLINK(1)"), YEAR, participants=7, turnover=900)
    for kind in ("csv", "xlsx"):
        response = client.get(f"{reverse(INDEX)}?export={kind}")
        assert response.status_code == 200
    body = client.get(f"{reverse(INDEX)}?export=csv").getvalue().decode()
    assert "'=HYPERLINK(1)" in body
    assert "900" in body
    assert body.count("\n") == 2


def test_the_list_is_filtered_by_year_state_and_county(client, keeper):
    make_report(make_enterprise(name="Äldre"), 2024)
    make_report(make_enterprise(name="Nyare"), YEAR)
    text = client.get(reverse(INDEX), {"year": YEAR, "county_code": "21", "state": "sent"}).text
    assert "Nyare" in text
    assert "Äldre" not in text


@pytest.mark.parametrize("number", [3, 30])
def test_the_lists_cost_the_same_however_long(
    client, keeper, number, django_assert_max_num_queries
):
    for _number in range(number):
        make_report(owned(), 2024)
    with django_assert_max_num_queries(25):
        client.get(reverse(INDEX))
    with django_assert_max_num_queries(25):
        client.get(reverse("yearly_reports:missing", args=[YEAR]))


def test_staff_remind_those_who_have_not_reported_once_a_day(
    client, keeper, django_capture_on_commit_callbacks
):
    silent, told = owned(2), owned()
    make_report(told, YEAR)
    address = reverse("yearly_reports:missing", args=[YEAR])
    page = client.get(address)
    assert [row[0] for row in page.context["rows"]] == [silent]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"action": "remind"})
        client.post(address, {"action": "remind"})
    assert {to for message in mail.outbox for to in message.to} == set(
        silent.owners.values_list("email", flat=True)
    )
    assert len(mail.outbox) == 2


def test_a_closed_year_takes_no_reports_and_asks_nobody(client, keeper):
    owned()
    address = reverse("yearly_reports:missing", args=[YEAR])
    client.post(address, {"action": "close"})
    assert ClosedReportYear.objects.get().year == YEAR
    client.post(address, {"action": "remind"})
    assert ask_for_reports(date(2026, 2, 15)) == 0
    assert not OutgoingMail.objects.exists()
    client.post(address, {"action": "open"})
    assert not ClosedReportYear.objects.exists()


def test_owners_are_asked_in_january_and_reminded_twice_until_they_report():
    enterprise = owned()
    late = owned()
    make_report(late, YEAR, state=ReportState.DRAFT)
    asked = {}
    for day in ("01-09", "01-10", "01-11", "02-09", "02-10", "02-11", "03-10", "04-29", "05-01"):
        month, number = map(int, day.split("-"))
        asked[day] = ask_for_reports(date(2026, month, number))
        if day == "02-10":
            make_report(enterprise, YEAR)
    assert asked == {
        "01-09": 0,
        "01-10": 2,
        "01-11": 0,
        "02-09": 0,
        "02-10": 2,
        "02-11": 0,
        "03-10": 1,
        "04-29": 0,
        "05-01": 0,
    }
    assert YearlyReport.objects.filter(state=ReportState.DRAFT).count() == 1


def test_nobody_is_asked_who_does_not_report():
    owned(entry_type=EntryType.SALES_ORGANISATION)
    states.withdraw(owned())
    states.pause(owned())
    owned(live=False)
    unconfirmed = make_enterprise()
    EnterpriseOwner.objects.create(enterprise=unconfirmed, email="ny@example.com")
    assert ask_for_reports(date(2026, 1, 10)) == 0


def test_the_command_can_be_run_twice_and_the_mail_leads_to_the_report(
    client, capsys, django_capture_on_commit_callbacks
):
    enterprise = owned(name="Café\nLotsbrickan: bcc@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("ask_for_reports")
        call_command("ask_for_reports")
    assert capsys.readouterr().out.split("\n")[:2] == ["1 mails", "0 mails"]
    (message,) = mail.outbox
    assert message.to == [enterprise.owners.get().email]
    assert str(YEAR) in message.subject
    assert "\n" not in message.subject
    link = next(line for line in message.body.splitlines() if "/rapport/lank/" in line)
    path = link.removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    assert client.post(path).url == f"/mitt-asf/rapport/{YEAR}/"


def test_the_mail_is_in_the_owners_language():
    enterprise = make_enterprise()
    EnterpriseOwner.objects.create(
        enterprise=enterprise, email="en@example.com", language="en", confirmed_at=timezone.now()
    )
    ask_for_reports(date(2026, 1, 10))
    body = OutgoingMail.objects.get().body
    assert "/en/my-enterprise/report/link/" in body
    assert "Open the report:" in body


def test_a_report_that_is_not_written_yet_shows_no_none(client, keeper):
    make_report(make_enterprise(), YEAR, participants=None, state=ReportState.DRAFT)
    table = client.get(reverse(INDEX)).content.decode().partition("<tbody")[2]
    assert not re.search(r">\s*None\s*<", table)
