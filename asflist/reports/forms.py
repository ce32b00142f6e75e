"""The report as a form, for owners and for staff, to send and to correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from asflist.models import Industry, OwnIndicator, YearlyReport
from asflist.reports.checks import Question, questions
from asflist.reports.fields import FigureField, WholeNumberField, as_written
from asflist.statistics.measures import MEASURES

#: The largest figures: more people than any has, and what the database holds.
MOST_PEOPLE = 100_000
MOST = {
    "target_group_share": 100,
    "training_hours": 100_000_000,
    "turnover": 10**12,
    "sales": 10**12,
}
TOO_MUCH = {"target_group_share": {"max_value": _("A share is at most 100 percent.")}}
#: How many figures of their own an enterprise can have.
OWN = 5


@dataclass(frozen=True)
class OwnRow:
    """The fields of one own indicator; ``number`` counts from 1."""

    number: int
    label: forms.BoundField
    value: forms.BoundField
    unit: forms.BoundField


@dataclass(frozen=True)
class FigureRow:
    """A figure's field, and the box to tick where the figure has been asked about."""

    field: forms.BoundField
    sure: forms.BoundField | None


class IndustryChoice(forms.ModelChoiceField):
    """The wide industries, named in the reader's language."""

    def __init__(self) -> None:
        field = YearlyReport._meta.get_field("main_industry")
        super().__init__(
            Industry.objects.source().filter(parent=None),
            required=False,
            label=cast("Any", field).verbose_name.capitalize(),
            help_text=field.help_text,
        )
        names = Industry.objects.names()
        wide = [(row.pk, row.name) for row in names.values() if row.parent is None]
        self.choices = [("", "–"), *wide]


class ReportForm(forms.Form):
    """A year's figures. What looks wrong beside last year's must be said yes to.

    ``before`` is the report of the year before, None where there is none. A tick is for the number
    that it was made for: when the number changes, it is asked about anew.
    """

    def __init__(self, *args: Any, year: int, before: YearlyReport | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.before = year, before
        for name in MEASURES:
            model_field: Any = YearlyReport._meta.get_field(name)
            self.fields[name] = WholeNumberField(
                label=MEASURES[name].label,
                help_text=model_field.help_text,
                max_value=MOST.get(name, MOST_PEOPLE),
                error_messages=TOO_MUCH.get(name),
            )
        self.fields["main_industry"] = IndustryChoice()
        for row in range(OWN):
            self.fields[f"own-label-{row}"] = forms.CharField(
                label=_("What you count"), max_length=80, required=False
            )
            self.fields[f"own-value-{row}"] = FigureField(
                label=_("Figure"), max_digits=14, decimal_places=2, required=False
            )
            self.fields[f"own-unit-{row}"] = forms.CharField(
                label=_("Unit"), max_length=30, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Check what spans figures, and ask about what looks wrong."""
        data = super().clean() or {}
        turnover, sales = data.get("turnover"), data.get("sales")
        if turnover is not None and sales is not None and sales > turnover:
            self.add_error("sales", _("Sales are a part of the turnover, and cannot be more."))
        if not self.errors and all(data.get(name) is None for name in MEASURES):
            self.add_error(None, _("Fill in at least one figure."))
        self.clean_own(data)
        before = {} if self.before is None else figures_of(self.before)
        for question in questions(data, before, self.year - 1):
            self.ask(question, data[question.field])
        return data

    def clean_own(self, data: dict[str, Any]) -> None:
        """See that an own indicator has both a name and a figure."""
        for row in range(OWN):
            label, value = data.get(f"own-label-{row}"), data.get(f"own-value-{row}")
            if label and value is None and f"own-value-{row}" not in self.errors:
                self.add_error(f"own-value-{row}", _("Write the figure too, or empty the row."))
            if value is not None and not label:
                self.add_error(f"own-label-{row}", _("Say what the figure counts."))

    def ask(self, question: Question, value: int) -> None:
        """Add a box that says yes to ``value``; it is an error while it is not ticked."""
        name = f"sure-{question.field}"
        self.fields[name] = forms.BooleanField(
            label=question.text, required=False, widget=forms.CheckboxInput({"value": str(value)})
        )
        if self.data.get(self.add_prefix(name)) != str(value):
            self.add_error(name, _("Change the figure, or tick the box if it is right."))

    def figure_rows(self) -> list[FigureRow]:
        """Return the figures' fields, each with the box to tick where it has been asked about."""
        sure = {name: self[name] for name in self.fields if name.startswith("sure-")}
        return [FigureRow(self[name], sure.get(f"sure-{name}")) for name in MEASURES]

    def own_rows(self) -> list[OwnRow]:
        """Return the fields of the own indicators."""
        return [
            OwnRow(
                row + 1, self[f"own-label-{row}"], self[f"own-value-{row}"], self[f"own-unit-{row}"]
            )
            for row in range(OWN)
        ]

    def own_indicators(self) -> list[OwnIndicator]:
        """Return the own indicators that were filled in, unsaved, in their order."""
        data = self.cleaned_data
        return [
            OwnIndicator(
                label=data[f"own-label-{row}"],
                value=data[f"own-value-{row}"],
                unit=data[f"own-unit-{row}"],
                place=row,
            )
            for row in range(OWN)
            if data.get(f"own-label-{row}") and data.get(f"own-value-{row}") is not None
        ]


class CorrectionForm(ReportForm):
    """A sent report with what is to be changed, and why."""

    note = forms.CharField(
        label=_("What was wrong?"),
        max_length=300,
        help_text=_("One sentence. It stands in the report’s log, which you and Skoopi read."),
        error_messages={"required": _("Say what was wrong.")},
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, report: YearlyReport, **kwargs: Any) -> None:
        initial: dict[str, Any] = figures_of(report) | {"main_industry": report.main_industry_id}
        for row, own in enumerate(report.own_indicators.all()[:OWN]):
            initial |= {f"own-label-{row}": own.label, f"own-unit-{row}": own.unit}
            initial[f"own-value-{row}"] = as_written(own.value)
        super().__init__(*args, year=report.year, initial=initial, **kwargs)


def figures_of(report: YearlyReport) -> dict[str, int | None]:
    """Return the report's figures by name."""
    return {name: getattr(report, name) for name in MEASURES}
