"""Owners report their year: saved as typed, checked against last year, corrected with a log."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from asflist import states
from asflist.enums import EntryType, ReportState
from asflist.models import ClosedReportYear, EnterpriseOwner, YearlyReport
from asflist.owners.access import LINK_LASTS, login_url
from asflist.owners.tasks import tasks_for
from asflist.reports.links import report_url
from tests.asflist.factories import make_enterprise, make_industry, make_report

pytestmark = pytest.mark.django_db

YEAR = 2025
FORM = f"/mitt-asf/rapport/{YEAR}/"
CORRECT = f"{FORM}ratta/"
OVERVIEW = "/mitt-asf/rapport/"


@pytest.fixture(autouse=True)
def _february(locales):
    with time_machine.travel("2026-02-15 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def cafe():
    return make_industry()


@pytest.fixture
def enterprise(home, cafe):
    return make_enterprise(name="Café Lotsbrickan", industries=[cafe], employees=12)


@pytest.fixture
def owner(enterprise):
    return make_owner(enterprise)


def make_owner(enterprise, **kw):
    values = {"email": "hej@foretag.example", "confirmed_at": timezone.now()} | kw
    return EnterpriseOwner.objects.create(enterprise=enterprise, **values)


@pytest.fixture
def browser(client, owner):
    """A browser in which the owner has been let in."""
    return let_in(client, owner)


def let_in(browser, owner):
    response = browser.post(report_url(owner, YEAR).replace("http://localhost:8000", ""))
    assert response.status_code == 302, response.content[:300]
    return browser


def typed(**changes):
    figures = {"employees": "12", "participants": "30", "to_work": "4", "turnover": "1 250 000 kr"}
    return figures | {"sales": "900 000"} | changes


def test_a_report_is_sent_in_and_kept_with_county_and_industry(browser, enterprise, cafe):
    response = browser.post(FORM, typed(main_industry=cafe.pk))
    assert response.url == f"{OVERVIEW}?done=sent"
    report = YearlyReport.objects.get()
    assert (report.enterprise, report.year, report.state) == (enterprise, YEAR, ReportState.SENT)
    assert (report.turnover, report.sales, report.to_study) == (1_250_000, 900_000, None)
    assert (report.county_code, report.main_industry, report.typed) == ("21", cafe, {})
    assert browser.get(response.url).context["done"] == "sent"


def test_the_form_begins_with_what_the_entry_says(browser, cafe):
    form = browser.get(FORM).context["form"]
    assert (form["employees"].value(), form["main_industry"].value()) == (12, cafe.pk)


def test_whatever_is_typed_is_saved_as_a_draft_and_shown_again(browser):
    response = browser.post(FORM, typed(employees="många", sales="9 999 999", save="1"))
    assert response.url == f"{OVERVIEW}?done=saved"
    assert YearlyReport.objects.get().state == ReportState.DRAFT
    page = browser.get(FORM)
    assert page.context["form"]["employees"].value() == "många"
    assert page.context["form"]["sales"].value() == "9 999 999"
    assert not page.context["form"].errors


def test_a_report_that_is_wrong_is_not_sent_and_nothing_typed_is_lost(browser):
    response = browser.post(FORM, typed(employees="många", target_group_share="101"))
    assert set(response.context["form"].errors) == {"employees", "target_group_share"}
    assert 'value="många"' in response.text
    report = YearlyReport.objects.get()
    assert (report.state, report.employees) == (ReportState.DRAFT, None)
    assert browser.get(FORM).context["form"]["employees"].value() == "många"


def test_sales_are_not_more_than_the_turnover(browser):
    response = browser.post(FORM, typed(turnover="100", sales="101"))
    assert set(response.context["form"].errors) == {"sales"}


def test_a_report_has_at_least_one_figure(browser):
    assert browser.post(FORM, {}).context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("figure", "before", "now", "words"),
    [
        ("participants", 3, 30, "10 "),
        ("participants", 300, 30, "10 "),
        ("turnover", 100_000, 1_250_000, "12 "),
        ("to_work", 20, 0, "20"),
    ],
)
def test_a_figure_far_from_last_years_is_asked_about_once(
    browser, enterprise, figure, before, now, words
):
    make_report(enterprise, YEAR - 1, **{figure: before})
    sent = typed(**{figure: str(now)})
    response = browser.post(FORM, sent)
    sure = f"sure-{figure}"
    assert set(response.context["form"].errors) == {sure}
    label = response.context["form"][sure].label
    assert words in label
    assert str(YEAR - 1) in label
    assert f'name="{sure}" value="{now}"' in response.text
    assert YearlyReport.objects.get(year=YEAR).state == ReportState.DRAFT
    browser.post(FORM, sent | {sure: str(now)})
    assert YearlyReport.objects.get(year=YEAR).state == ReportState.SENT


def test_a_tick_is_for_the_number_that_was_asked_about(browser, enterprise):
    make_report(enterprise, YEAR - 1, participants=3)
    changed = typed(participants="300") | {"sure-participants": "30"}
    assert "sure-participants" in browser.post(FORM, changed).context["form"].errors


@pytest.mark.parametrize(("before", "now"), [(10, 49), (49, 10), (0, 9), (None, 900)])
def test_a_likely_figure_is_not_asked_about(browser, enterprise, before, now):
    make_report(enterprise, YEAR - 1, participants=before)
    assert browser.post(FORM, typed(participants=str(now))).status_code == 302


def test_more_who_went_on_than_took_part_is_asked_about(browser):
    response = browser.post(FORM, typed(participants="5", to_work="4", to_study="2"))
    assert set(response.context["form"].errors) == {"sure-to_work"}


def test_more_hours_than_there_are_in_a_working_year_are_asked_about(browser):
    response = browser.post(FORM, typed(participants="2", to_work="", training_hours="4001"))
    assert set(response.context["form"].errors) == {"sure-training_hours"}


def test_own_figures_are_kept_in_their_order(browser):
    own = {"own-label-0": "Sålda luncher", "own-value-0": "1 200,5", "own-unit-0": "st"}
    own |= {"own-label-3": "Ton", "own-value-3": "2"}
    browser.post(FORM, typed(**own))
    rows = YearlyReport.objects.get().own_indicators.values_list("label", "value", "unit")
    assert [(label, float(value), unit) for label, value, unit in rows] == [
        ("Sålda luncher", 1200.5, "st"),
        ("Ton", 2.0, ""),
    ]
    page = browser.get(OVERVIEW)
    assert "Sålda luncher" in page.text


@pytest.mark.parametrize(
    ("own", "wrong"),
    [
        ({"own-label-0": "Luncher"}, "own-value-0"),
        ({"own-value-0": "12"}, "own-label-0"),
        ({"own-label-0": "Luncher", "own-value-0": "tolv"}, "own-value-0"),
    ],
)
def test_an_own_figure_has_both_a_name_and_a_number(browser, own, wrong):
    assert set(browser.post(FORM, typed(**own)).context["form"].errors) == {wrong}


def test_a_sent_report_is_corrected_with_a_note_and_logged(browser, enterprise, owner):
    report = make_report(enterprise, YEAR, participants=30, employees=12)
    assert browser.get(FORM).url == CORRECT
    without = browser.post(CORRECT, {"participants": "33", "employees": "12"})
    assert set(without.context["form"].errors) == {"note"}
    figures = {"participants": "33", "employees": "12", "main_industry": report.main_industry_id}
    response = browser.post(CORRECT, figures | {"note": "Tre deltagare var dubbelt bortglömda."})
    assert response.url == f"{OVERVIEW}?done=corrected"
    change = report.changes.get()
    assert (change.field, change.old, change.new) == ("participants", "30", "33")
    assert (change.by_owner, change.owner, change.user) == (True, owner, None)
    report.refresh_from_db()
    assert (report.participants, report.state) == (33, ReportState.SENT)
    assert "dubbelt bortglömda" in browser.get(OVERVIEW).text


def test_a_correction_that_changes_nothing_is_not_logged(browser, enterprise):
    report = make_report(enterprise, YEAR, participants=30)
    same = {"participants": "30", "main_industry": report.main_industry_id, "note": "Ingenting."}
    assert browser.post(CORRECT, same).url == f"{OVERVIEW}?done=unchanged"
    assert not report.changes.exists()


def test_own_figures_are_corrected_as_one_and_logged(browser, enterprise):
    report = make_report(enterprise, YEAR, participants=30)
    report.own_indicators.create(label="Luncher", value=10, unit="st")
    sent = {"participants": "30", "main_industry": report.main_industry_id, "note": "Fel."}
    browser.post(CORRECT, sent | {"own-label-0": "Luncher", "own-value-0": "11"})
    change = report.changes.get()
    assert (change.field, change.old, change.new) == (
        "own_indicators",
        "Luncher 10 st",
        "Luncher 11",
    )


def test_a_report_can_be_corrected_for_two_years(browser, enterprise):
    make_report(enterprise, 2024, participants=30)
    make_report(enterprise, 2023, participants=30)
    assert browser.get("/mitt-asf/rapport/2024/ratta/").status_code == 200
    assert browser.get("/mitt-asf/rapport/2023/ratta/").status_code == 410


def test_only_the_last_year_is_open_until_staff_close_it(browser):
    assert browser.get("/mitt-asf/rapport/2024/").status_code == 410
    assert browser.get("/mitt-asf/rapport/2026/").status_code == 410
    assert browser.get(FORM).status_code == 200
    ClosedReportYear.objects.create(year=YEAR)
    assert browser.get(FORM).status_code == 410
    assert browser.post(FORM, typed()).status_code == 410
    assert not YearlyReport.objects.exists()


def test_nobody_reads_or_writes_anothers_report(browser, enterprise, cafe):
    other = make_enterprise(industries=[cafe])
    make_report(other, YEAR, participants=987)
    assert "987" not in browser.get(OVERVIEW).text
    browser.post(FORM, typed(enterprise=other.pk))
    assert YearlyReport.objects.get(enterprise=other).participants == 987
    assert YearlyReport.objects.get(enterprise=enterprise).participants == 30


@pytest.mark.parametrize("url", [FORM, CORRECT, OVERVIEW])
def test_who_has_not_been_let_in_is_led_to_ask_for_a_link(client, enterprise, url):
    make_report(enterprise, YEAR, participants=987)
    response = client.get(url)
    assert (response.status_code, response.url) == (302, reverse("owner_link"))


def test_sales_organisations_and_entries_off_the_list_do_not_report(client, home):
    seller = make_enterprise(entry_type=EntryType.SALES_ORGANISATION)
    assert let_in(client, make_owner(seller)).get(FORM).status_code == 404
    gone = make_enterprise()
    owner = make_owner(gone)
    states.withdraw(gone)
    assert let_in(Client(), owner).get(FORM).status_code == 404


def test_the_pages_are_private(browser):
    for url in (FORM, OVERVIEW):
        response = browser.get(url)
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]


def test_the_mails_link_opens_by_a_button_and_once(client, owner):
    link = report_url(owner, YEAR).replace("http://localhost:8000", "")
    assert client.get(link).status_code == 200
    assert client.get(FORM).status_code == 302
    assert client.post(link).url == FORM
    assert client.get(FORM).status_code == 200
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410


@pytest.mark.parametrize("days", [59, 61])
def test_the_mails_link_works_for_two_months(client, owner, days):
    link = report_url(owner, YEAR).replace("http://localhost:8000", "")
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert client.get(link).status_code == (200 if days < 60 else 410)


def test_a_link_for_logging_in_is_no_link_to_a_report(client, owner):
    token = login_url(owner).rstrip("/").rsplit("/", 1)[1]
    assert LINK_LASTS
    assert client.post(f"/mitt-asf/rapport/lank/{token}/").status_code == 410
    assert client.post("/mitt-asf/rapport/lank/hittepa/").status_code == 410


def test_owners_are_told_to_report_and_then_where_their_figures_are(owner, enterprise):
    def urls():
        return {task.url: task.urgent for task in tasks_for(owner) if "rapport" in task.url}

    with translation.override("sv"):
        assert urls() == {FORM: True}
        make_report(enterprise, YEAR, participants=5)
        assert urls() == {OVERVIEW: False}


def test_the_database_refuses_what_cannot_be_right(enterprise, owner):
    report = make_report(enterprise, YEAR, participants=5)
    for wrong in ({"turnover": 1, "sales": 2}, {"target_group_share": 101}, {"sent_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            YearlyReport.objects.filter(pk=report.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(enterprise, YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        report.changes.create(field="participants", old="1", new="2", note="")


def test_markup_in_what_is_typed_stays_text(browser, enterprise):
    hostile = "<script>alert(1)</script>"
    own = {"own-label-0": hostile, "own-value-0": "1", "own-unit-0": hostile[:30]}
    assert browser.post(FORM, typed(**own)).status_code == 302
    assert hostile not in browser.get(OVERVIEW).text
    assert hostile not in browser.get(CORRECT).text
