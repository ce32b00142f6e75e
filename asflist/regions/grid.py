"""The form in which staff fill in a round: a row a county, a column a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from asflist.models import SurveyAnswer, SurveyRound
from asflist.places import counties
from asflist.regions.results import Asked, National, Results, load_results

#: What PostgreSQL's integer has room for.
LARGEST = 2_147_483_647
YES_NO = [("", "–"), ("1", _("Yes")), ("0", _("No"))]


def cell_name(question: int, code: str) -> str:
    """Return the name of a cell's field; the whole country is ``se``."""
    return f"q{question}-{code or 'se'}"


def places() -> list[tuple[str, str]]:
    """Return code and name of each row, the whole country first, its code ``""``."""
    return [("", str(_("The whole country"))), *((place.code, place.name) for place in counties())]


@dataclass(frozen=True)
class GridRow:
    """A county's cells, one for each question."""

    code: str
    name: str
    fields: list[forms.BoundField]


class GridForm(forms.Form):
    """Every cell of a round; an empty one is no answer."""

    def __init__(self, occasion: SurveyRound, *args: Any, **kwargs: Any) -> None:
        self.occasion = occasion
        self.results = results_of(occasion)
        kwargs.setdefault("initial", self.stored())
        super().__init__(*args, **kwargs)
        for question in self.questions:
            for code, name in places():
                self.fields[cell_name(question.pk, code)] = make_field(question, code, name)

    @property
    def questions(self) -> list[Asked]:
        """The survey's questions, the grid's columns."""
        return self.results.questions

    def stored(self) -> dict[str, int]:
        """Return the answers that the round has, by the names of their fields."""
        return {
            cell_name(question, code): value
            for (occasion, question, code), value in self.results.values.items()
            if occasion == self.occasion.pk
        }

    @property
    def rows(self) -> list[GridRow]:
        """The grid as the template shows it."""
        return [
            GridRow(code, name, [self[cell_name(q.pk, code)] for q in self.questions])
            for code, name in places()
        ]

    @property
    def wrong_cells(self) -> list[forms.BoundField]:
        """The fields with an error."""
        return [self[name] for name in self.errors if name in self.fields]

    @property
    def mismatches(self) -> list[tuple[Asked, National]]:
        """The questions where the stored national figure is not the counties' sum."""
        occasion = next(o for o in self.results.rounds if o.pk == self.occasion.pk)
        figures = [(q, self.results.national(occasion, q)) for q in self.questions]
        return [(question, figure) for question, figure in figures if figure.differs]

    def save(self) -> int:
        """Make the round's answers exactly those of the form, and count them."""
        made = [
            SurveyAnswer(
                round=self.occasion, question_id=question.pk, county_code=code, value=int(value)
            )
            for question in self.questions
            for code, _name in places()
            if (value := self.cleaned_data[cell_name(question.pk, code)]) not in (None, "")
        ]
        with transaction.atomic():
            SurveyRound.objects.select_for_update().get(pk=self.occasion.pk)
            self.occasion.answers.all().delete()
            SurveyAnswer.objects.bulk_create(made)
        return len(made)


def results_of(occasion: SurveyRound) -> Results:
    """Return the survey's results with this round among them, whether it is published or not."""
    return load_results(slug=occasion.survey.slug, unpublished=occasion.pk)[0]


def make_field(question: Asked, code: str, name: str) -> forms.Field:
    """Return the field of one cell, named for screen readers by its county and question."""
    label = f"{name}: {question.text}"
    if question.is_number or not code:
        most = LARGEST if question.is_number else len(counties())
        return forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=most,
            widget=forms.TextInput(attrs={"aria-label": label, "inputmode": "numeric", "size": 6}),
        )
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=YES_NO,
        widget=forms.Select(attrs={"aria-label": label}),
    )
