"""Surveys of the counties: what may be answered, how a round is filled in, what it adds up to."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from asflist.models import District, SurveyAnswer
from asflist.regions.figures import national_chart, national_rows, question_chart
from asflist.regions.grid import GridForm, cell_name
from asflist.regions.results import load_results
from core.uploads import BOMB
from tests.asflist.region_factories import (
    DECEMBER,
    SEPTEMBER,
    make_district,
    make_round,
    make_survey,
    swedish,
)


@pytest.fixture
def survey(home):
    """A survey without answers."""
    return make_survey()


@pytest.fixture
def questions(survey):
    """Its questions by code."""
    return {question.code: question for question in survey.questions.all()}


def address(occasion):
    return reverse("survey_answers", args=[occasion.pk])


def send(client, occasion, name, content):
    file = SimpleUploadedFile(name, content)
    return client.post(address(occasion), {"read-file": "1", "file": file})


def test_a_county_belongs_to_one_district(home):
    make_district("Mitt", ("21", "22"))
    other = District(locale=swedish(), name="Norr", counties=["22", "25"])
    with pytest.raises(ValidationError) as error:
        other.full_clean()
    assert "Mitt" in str(error.value.message_dict["counties"])
    other.counties = ["25"]
    other.full_clean()


def test_a_district_keeps_its_own_counties_when_it_is_saved_again(home):
    district = make_district("Mitt", ("21", "22"))
    district.full_clean()


def test_two_districts_of_one_name_have_different_addresses(home):
    assert make_district("Mitt", ("21",)).slug != make_district("Mitt", ("22",)).slug


def test_a_cell_has_one_answer(survey, questions):
    occasion = make_round(survey, DECEMBER, {"agreements": {"21": 1}})
    again = {"round": occasion, "question": questions["agreements"], "county_code": "21"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(**again, value=2)


@pytest.mark.parametrize("values", [{"value": -1}, {"value": 1, "county_code": "02"}])
def test_the_database_refuses_negative_numbers_and_counties_that_are_not(survey, questions, values):
    occasion = make_round(survey, DECEMBER, {})
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(round=occasion, question=questions["agreements"], **values)


def test_a_yes_or_no_is_one_or_nought_and_another_surveys_question_is_refused(survey, questions):
    occasion = make_round(survey, DECEMBER, {})
    answer = SurveyAnswer(round=occasion, question=questions["network"], county_code="21", value=2)
    with pytest.raises(ValidationError):
        answer.full_clean()
    stranger = make_survey(slug="annan").questions.first()
    with pytest.raises(ValidationError):
        SurveyAnswer(round=occasion, question=stranger, county_code="21", value=1).full_clean()


def test_the_national_figure_is_the_counties_sum_else_what_is_given(survey):
    make_round(survey, DECEMBER, {"agreements": {"": 30}})
    make_round(
        survey,
        SEPTEMBER,
        {"agreements": {"": 36, "21": 20, "01": 16}, "network": {"21": 1, "01": 0, "14": 1}},
    )
    (results,) = load_results()
    first, last = results.rounds
    agreements, network = results.questions
    assert results.national(first, agreements).value == 30
    assert results.national(last, agreements).value == 36
    assert not results.national(last, agreements).differs
    assert results.national(last, network).value == 2
    assert results.national(first, network).value is None


def test_charts_and_tables_say_the_same(survey):
    make_round(survey, DECEMBER, {"agreements": {"21": 1, "01": 2}})
    make_round(survey, SEPTEMBER, {"agreements": {"21": 4, "01": 5}})
    (results,) = load_results()
    chart = national_chart(results)
    assert [(bar.value, bar.before) for bar in chart.bars] == [(9, 3)]
    assert national_rows(results)[0].cells == ["3", "9"]
    assert national_rows(results)[0].change == "+6"
    by_county = question_chart(results, results.questions[0])
    assert {bar.label: bar.value for bar in by_county.bars}["Gävleborgs län"] == 4
    assert question_chart(results, results.questions[1]) is None


def test_staff_are_told_when_the_given_figure_is_not_the_counties_sum(admin_client_sv, survey):
    occasion = make_round(survey, SEPTEMBER, {"agreements": {"": 36, "21": 20}})
    (mismatch,) = GridForm(occasion).mismatches
    assert (mismatch[1].given, mismatch[1].total) == (36, 20)
    text = admin_client_sv.get(address(occasion)).content.decode()
    assert "help-warning" in text


def test_a_round_is_filled_in_county_by_county(admin_client_sv, survey, questions):
    occasion = make_round(survey, SEPTEMBER, {"agreements": {"01": 8}}, published=False)
    agreements, network = questions["agreements"].pk, questions["network"].pk
    data = {
        cell_name(agreements, "21"): "4",
        cell_name(agreements, ""): "4",
        cell_name(network, "21"): "0",
    }
    response = admin_client_sv.post(address(occasion), data)
    assert response.status_code == 302
    stored = set(occasion.answers.values_list("question__code", "county_code", "value"))
    assert stored == {("agreements", "21", 4), ("agreements", "", 4), ("network", "21", 0)}


def test_what_was_typed_is_kept_when_a_cell_is_wrong(admin_client_sv, survey, questions):
    occasion = make_round(survey, SEPTEMBER, {"agreements": {"01": 8}})
    agreements = questions["agreements"].pk
    data = {cell_name(agreements, "21"): "-3", cell_name(agreements, "14"): "17"}
    response = admin_client_sv.post(address(occasion), data)
    text = response.content.decode()
    assert response.status_code == 200
    assert 'value="-3"' in text
    assert 'value="17"' in text
    assert list(occasion.answers.values_list("value", flat=True)) == [8]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_round_goes_out_as_a_file_and_comes_back_the_same(
    admin_client_sv, survey, questions, suffix
):
    occasion = make_round(survey, SEPTEMBER, {"agreements": {"01": 8, "": 8}, "network": {"21": 1}})
    response = admin_client_sv.get(reverse("survey_file", args=[occasion.pk, suffix]))
    assert "attachment" in response["Content-Disposition"]
    shown = send(admin_client_sv, occasion, f"runda.{suffix}", response.getvalue())
    form = shown.context["form"]
    assert form.is_valid()
    assert form.cleaned_data[cell_name(questions["agreements"].pk, "01")] == 8
    assert form.cleaned_data[cell_name(questions["agreements"].pk, "")] == 8
    assert form.cleaned_data[cell_name(questions["network"].pk, "21")] == "1"
    assert form.cleaned_data[cell_name(questions["network"].pk, "01")] == ""


def test_a_file_saves_nothing_by_itself_and_its_errors_stand_in_the_grid(
    admin_client_sv, survey, questions
):
    occasion = make_round(survey, SEPTEMBER, {"agreements": {"01": 8}})
    content = "county_code;agreements\r\n1;många\r\n21;5\r\n".encode()
    shown = send(admin_client_sv, occasion, "runda.csv", content)
    text = shown.content.decode()
    assert 'value="många"' in text
    assert shown.context["form"].errors.keys() == {cell_name(questions["agreements"].pk, "01")}
    assert list(occasion.answers.values_list("value", flat=True)) == [8]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("runda.csv", b"county_code,okand\r\n21,5\r\n"),
        ("runda.csv", b"lan,agreements\r\n21,5\r\n"),
        ("runda.csv", b"county_code,agreements\r\n99,5\r\n"),
        ("runda.csv", b"county_code,agreements\r\n21,5\r\n21,6\r\n"),
        ("runda.csv", b"\xff\xfe\x00"),
        ("runda.xlsx", b"inte en arbetsbok"),
        ("runda.exe", b"MZ"),
        ("runda.csv", b"a" * 600_000),
    ],
)
def test_a_file_that_cannot_be_read_says_why(admin_client_sv, survey, name, content):
    occasion = make_round(survey, SEPTEMBER, {"agreements": {"01": 8}})
    shown = send(admin_client_sv, occasion, name, content)
    assert shown.status_code == 200
    assert shown.context["file_form"].errors["file"]
    assert occasion.answers.count() == 1


def test_a_workbook_that_unpacks_without_measure_is_refused(admin_client_sv, survey):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "0" * 130_000_000)
    assert len(file.getvalue()) < 512 * 1024
    occasion = make_round(survey, SEPTEMBER, {})
    shown = send(admin_client_sv, occasion, "runda.xlsx", file.getvalue())
    assert shown.context["file_form"].errors["file"] == [BOMB]


def test_a_file_that_excel_saved_is_read(admin_client_sv, survey, questions):
    occasion = make_round(survey, SEPTEMBER, {})
    content = "county_code;county;agreements\r\n21;Gävleborgs län;5\r\n".encode("cp1252")
    form = send(admin_client_sv, occasion, "runda.csv", content).context["form"]
    assert form.is_valid()
    assert form.cleaned_data[cell_name(questions["agreements"].pk, "21")] == 5


def test_an_error_names_the_row_that_the_spreadsheet_shows(admin_client_sv, survey):
    occasion = make_round(survey, SEPTEMBER, {})
    content = b"county_code,agreements\r\n\r\n21,5\r\n,,\r\n99,5\r\n"
    shown = send(admin_client_sv, occasion, "runda.csv", content)
    assert "5" in shown.context["file_form"].errors["file"][0].partition("99")[0]


def test_a_formula_in_a_workbook_is_what_it_gave_and_never_run(admin_client_sv, survey):
    occasion = make_round(survey, SEPTEMBER, {})
    book = Workbook()
    book.active.append(["county_code", "agreements"])
    book.active.append(["21", "=1+1"])
    file = io.BytesIO()
    book.save(file)
    shown = send(admin_client_sv, occasion, "runda.xlsx", file.getvalue())
    assert shown.context["form"].is_valid()
    assert not any(shown.context["form"].cleaned_data.values())


def test_a_question_that_looks_like_a_formula_leaves_as_text(admin_client_sv, home):
    survey = make_survey(slug="formel")
    survey.questions.filter(code="agreements").update(code="-agreements")
    occasion = make_round(survey, SEPTEMBER, {})
    response = admin_client_sv.get(reverse("survey_file", args=[occasion.pk, "xlsx"]))
    header = next(load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))
    assert "'-agreements" in header


@pytest.mark.parametrize("path", ["survey_answers", "survey_file"])
def test_only_those_who_may_change_rounds_see_them(client, survey, path):
    occasion = make_round(survey, SEPTEMBER, {})
    user = User.objects.create_user("nagon", password="password")
    access = Permission.objects.get(codename="access_admin")
    group = Group.objects.create(name="Andra")
    group.permissions.add(access)
    user.groups.add(group)
    client.force_login(user)
    args = [occasion.pk] if path == "survey_answers" else [occasion.pk, "csv"]
    assert client.get(reverse(path, args=args)).status_code in (302, 403)
    group.permissions.add(Permission.objects.get(codename="change_surveyround"))
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(reverse(path, args=args)).status_code == 200
