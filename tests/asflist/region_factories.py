"""Districts, process leaders, surveys, the plan and their pages for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from wagtail.models import Locale

from asflist.models import (
    CertificationPage,
    CertificationStep,
    District,
    ProcessLeader,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyRound,
)
from home.models import CountyIndexPage

DECEMBER, SEPTEMBER = date(2021, 12, 15), date(2022, 9, 15)


def swedish() -> Locale:
    """Return the source locale."""
    return Locale.objects.get(language_code="sv")


def add_page(home: Any, model: Any, **fields: Any) -> Any:
    """Return a published page under ``home``, in its language."""
    page = model(locale=home.locale, **fields)
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_county_page(home: Any) -> CountyIndexPage:
    """Return the page of counties."""
    english = home.locale.language_code == "en"
    title, slug = ("Counties", "counties") if english else ("Län", "lan")
    return add_page(home, CountyIndexPage, title=title, slug=slug, introduction="Välj län.")


def make_certification_page(home: Any) -> CertificationPage:
    """Return the page of certification."""
    return add_page(home, CertificationPage, title="Certifiering", slug="certifiering")


def make_district(name: str = "Gästrikland", counties: tuple[str, ...] = ("21",), **kw: Any) -> Any:
    """Return a district."""
    return District.objects.create(locale=swedish(), name=name, counties=list(counties), **kw)


def make_leader(name: str = "Alma Exempel", counties: tuple[str, ...] = ("21",), **kw: Any) -> Any:
    """Return a process leader."""
    values = {"role": "Processledare", "email": "lan@skoopi.example", "phone": "026-12 34 56"} | kw
    return ProcessLeader.objects.create(
        locale=swedish(), name=name, counties=list(counties), **values
    )


def make_survey(slug: str = "laget", **kw: Any) -> Survey:
    """Return a survey with two questions: ``agreements`` (a number) and ``network`` (yes or no)."""
    values = {"title": "Läget i länen", "source": "Skoopi", "introduction": "Alla fick frågan."}
    survey = Survey.objects.create(locale=swedish(), slug=slug, **values | kw)
    for order, (code, text, kind) in enumerate(
        [("agreements", "Nya avtal", "number"), ("network", "Finns ett nätverk?", "yes_no")]
    ):
        SurveyQuestion.objects.create(
            locale=swedish(),
            survey=survey,
            code=code,
            text=text,
            unit="avtal" if kind == "number" else "",
            kind=kind,
            sort_order=order,
        )
    return survey


def make_round(
    survey: Survey, day: date, answers: dict[str, dict[str, int]], *, published: bool = True
) -> SurveyRound:
    """Return a round with ``answers`` (question's code → county code → value)."""
    occasion = SurveyRound.objects.create(survey=survey, asked_on=day, published=published)
    questions = {question.code: question for question in survey.questions.all()}
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(round=occasion, question=questions[code], county_code=county, value=value)
        for code, values in answers.items()
        for county, value in values.items()
    )
    return occasion


def make_step(title: str = "Visa stadgarna", order: int = 0, **kw: Any) -> CertificationStep:
    """Return a step of the plan."""
    values = {"text": "Vi läser dem.", "evidence": "Stadgarna."} | kw
    return CertificationStep.objects.create(
        locale=swedish(), title=title, sort_order=order, **values
    )
