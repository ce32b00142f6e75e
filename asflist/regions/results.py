"""What surveys of the counties have given: each answer, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import FilteredRelation, Q
from django.utils.formats import date_format
from django.utils.translation import get_language

from asflist.enums import QuestionKind
from asflist.models import Survey, SurveyRound
from asflist.places import counties
from asflist.text import sort_key

#: Round, question and county code (``""`` for the whole country).
Cell = tuple[int, int, str]


@dataclass(frozen=True)
class SurveyText:
    """What a survey says of itself in the reader's language."""

    title: str
    slug: str
    introduction: str
    source: str


@dataclass(frozen=True)
class Asked:
    """A question in the reader's language; ``pk`` is the one that answers belong to."""

    pk: int
    code: str
    text: str
    unit: str
    kind: str

    @property
    def is_number(self) -> bool:
        """Whether it is answered by a number; else by yes or no."""
        return self.kind == QuestionKind.NUMBER


@dataclass(frozen=True)
class Occasion:
    """A round: when it was asked, in words “September 2022”."""

    pk: int
    asked_on: date

    @property
    def name(self) -> str:
        """The month and the year."""
        return date_format(self.asked_on, "F Y")

    @property
    def short_name(self) -> str:
        """The same where there is little room: “Sept. 2022”."""
        return date_format(self.asked_on, "N Y")


@dataclass(frozen=True)
class National:
    """The figure for the whole country; ``given`` was stated, ``total`` is from the counties."""

    given: int | None
    total: int | None

    @property
    def value(self) -> int | None:
        """What readers see: the counties' sum where counties have answered, else what is given."""
        return self.given if self.total is None else self.total

    @property
    def differs(self) -> bool:
        """Whether the stated figure and the counties' sum are not the same."""
        return self.given is not None and self.total is not None and self.given != self.total


@dataclass(frozen=True)
class Results:
    """The answers of one survey, its rounds in the order they were asked."""

    survey: SurveyText
    questions: list[Asked]
    rounds: list[Occasion]
    values: dict[Cell, int]

    def county(self, occasion: Occasion, question: Asked, code: str) -> int | None:
        """Return what a county answered, None where it has not."""
        return self.values.get((occasion.pk, question.pk, code))

    def national(self, occasion: Occasion, question: Asked) -> National:
        """Return the whole country's figure; for yes or no, the number of counties that say yes."""
        answers = [self.county(occasion, question, county.code) for county in counties()]
        known = [answer for answer in answers if answer is not None]
        return National(self.county(occasion, question, ""), sum(known) if known else None)

    @property
    def latest(self) -> Occasion | None:
        """The last round."""
        return self.rounds[-1] if self.rounds else None

    @property
    def first(self) -> Occasion | None:
        """The round that the latest is compared with: the first, where there are two."""
        return self.rounds[0] if len(self.rounds) > 1 else None


def load_results(
    *, slug: str | None = None, county: str | None = None, unpublished: int | None = None
) -> list[Results]:
    """Return the results of every survey that has a published round, in two queries.

    ``slug`` asks for one survey, ``county`` for the answers of one county alone, and
    ``unpublished`` is a round that is taken along though readers do not see it.
    """
    shown = Q(published=True) | Q(pk=unpublished)
    of_survey = Q() if slug is None else Q(survey__slug=slug)
    found = find_answers(shown & of_survey, county)
    return [
        Results(survey, questions, list(found[key].rounds.values()), found[key].values)
        for key, survey, questions in (find_surveys(list(found)) if found else [])
    ]


@dataclass
class Found:
    """What has been read of one survey: its rounds by id, in order, and its answers."""

    rounds: dict[int, Occasion] = field(default_factory=dict)
    values: dict[Cell, int] = field(default_factory=dict)


def find_answers(which: Q, county: str | None) -> dict[UUID, Found]:
    """Return rounds and answers by their survey's translation key, with rounds without any."""
    answers = Q() if county is None else Q(answers__county_code=county)
    rounds = SurveyRound.objects.filter(which).annotate(
        shown=FilteredRelation("answers", condition=answers)
    )
    names = ("question_id", "county_code", "value")
    rows = rounds.order_by("asked_on", "pk").values_list(
        "survey__translation_key", "pk", "asked_on", *(f"shown__{name}" for name in names)
    )
    found: defaultdict[UUID, Found] = defaultdict(Found)
    for key, pk, asked_on, question, code, value in rows:
        found[key].rounds[pk] = Occasion(pk, asked_on)
        if question is not None:
            found[key].values[pk, question, code] = value
    return found


def find_surveys(keys: list[UUID]) -> list[tuple[UUID, SurveyText, list[Asked]]]:
    """Return surveys with their questions, each in the reader's language, by title; one query.

    Questions in every language belong to the survey in the source language.
    """
    language = get_language() or settings.LANGUAGE_CODE
    languages = (settings.LANGUAGE_CODE, language)
    texts = ("title", "slug", "introduction", "source")
    parts = ("pk", "translation_key", "code", "text", "unit", "kind")
    rows = (
        Survey.objects.filter(translation_key__in=keys, locale__language_code__in=languages)
        .order_by("questions__sort_order", "questions__pk")
        .values_list(
            "translation_key",
            "locale__language_code",
            "questions__locale__language_code",
            *texts,
            *(f"questions__{name}" for name in parts),
        )
    )
    surveys: dict[UUID, SurveyText] = {}
    asked: defaultdict[UUID, dict[UUID, Asked]] = defaultdict(dict)
    words: dict[UUID, tuple[str, str]] = {}
    for key, of_survey, of_question, *cells in rows:
        if key not in surveys or of_survey == language:
            surveys[key] = SurveyText(*cells[:4])
        pk, question, code, text, unit, kind = cells[4:]
        if of_question == settings.LANGUAGE_CODE:
            asked[key][question] = Asked(pk, code, text, unit, kind)
        if of_question == language:
            words[question] = text, unit
    return [
        (key, survey, [asked_in(question, words.get(pk)) for pk, question in asked[key].items()])
        for key, survey in sorted(surveys.items(), key=lambda item: sort_key(item[1].title))
    ]


def asked_in(question: Asked, words: tuple[str, str] | None) -> Asked:
    """Return the question with its text and unit in another language, where there are any."""
    return replace(question, text=words[0], unit=words[1]) if words else question
