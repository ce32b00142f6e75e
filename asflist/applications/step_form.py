"""What the steps of the application have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asflist.models import Enterprise
from core.step_forms import StepForm, in_words


def entry_field(name: str, **changes: Any) -> Any:
    """Return the form field for a field of ``Enterprise``, with its words and limits."""
    field: Any = Enterprise._meta.get_field(name)
    form_field = field.formfield(**changes)
    # A model field leaves its validators to the model, which no step has.
    known = form_field.validators
    form_field.validators = [*known, *(v for v in field.validators if v not in known)]
    return form_field


def number_input(mode: str = "numeric") -> forms.TextInput:
    """Return a plain text box with keys for numbers: a number box loses what is no number.

    ``mode`` is the HTML attribute ``inputmode``: "numeric" or "decimal".
    """
    return forms.TextInput({"inputmode": mode, "class": "short"})


class WrittenNumber:
    """A number as people write it: with a comma or a point, and spaces between thousands."""

    def to_python(self, value: Any) -> Any:
        """Return the number that is meant. Raises ``ValidationError`` for what is none."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)  # type: ignore[misc]


class WrittenFloatField(WrittenNumber, forms.FloatField):
    """A measure, to the precision of a float."""


class WrittenDecimalField(WrittenNumber, forms.DecimalField):
    """A number that is kept as it is written."""


class EntryStepForm(StepForm):
    """One step of an application or a change; ``entry_fields`` are those it gives the entry."""

    template: ClassVar[str] = "asflist/applications/fields.html"
    introduction: Any = ""
    entry_fields: ClassVar[tuple[str, ...]] = ()

    @property
    def is_change(self) -> bool:
        """Whether an owner changes an entry, and nobody applies."""
        return self.draft.enterprise_id is not None

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield each field's label and its answer in words; what is wrong is no answer."""
        for name in self.answered():
            yield str(self.fields[name].label), self.answer(name)

    def answered(self) -> list[str]:
        """Return the names of the fields whose answers are shown."""
        return [name for name in self.fields if name not in self.errors]

    def answer(self, name: str) -> str:
        """Return one field's answer in words; ``""`` for none."""
        field, value = self.fields[name], self.cleaned_data.get(name)
        if isinstance(field, forms.BooleanField):
            return gettext("Yes") if value else gettext("No")
        return in_words(field, value)


@dataclass(frozen=True)
class Row:
    """The fields of one row of a form; ``number`` counts from 1."""

    number: int
    fields: list[forms.BoundField]


class RowsForm(EntryStepForm):
    """A step with rows of the same fields; an empty row is none.

    A subclass names the rows' fields, how many there may be and the name of the whole, which its
    cleaned data has as a list of one mapping for each row.
    """

    rows_name: ClassVar[str]
    row_label: ClassVar[Any]
    add_label: ClassVar[Any]
    row_names: ClassVar[tuple[str, ...]]
    most_rows: ClassVar[int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_count = max(1, min(self.most_rows, self.count_rows()))
        for row in range(self.row_count):
            for name, field in self.row_fields().items():
                self.fields[f"{name}-{row}"] = field
        self.fields["rows"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.row_count
        )

    def row_fields(self) -> dict[str, forms.Field]:
        """Return new fields for one row, none of them required."""
        raise NotImplementedError

    def count_rows(self) -> int:
        """Return how many rows the form was sent or kept with."""
        given = str(self.data.get("rows") if self.is_bound else self.initial.get("rows"))
        return int(given) if given.isdecimal() and len(given) < 4 else 1

    def may_add(self) -> bool:
        """Whether there may be another row."""
        return self.row_count < self.most_rows

    def first_of_row(self, row: int) -> str:
        """Return the id of the row's first field, with rows counted from 0."""
        return f"id_{self.row_names[0]}-{row}"

    def row_groups(self) -> list[Row]:
        """Return the fields of each row."""
        return [
            Row(row + 1, [self[f"{name}-{row}"] for name in self.row_names])
            for row in range(self.row_count)
        ]

    def other_fields(self) -> list[forms.BoundField]:
        """Return the fields that belong to no row."""
        return [field for field in self.visible_fields() if "-" not in field.name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        filled = []
        for row in range(self.row_count):
            if not any(self.data.get(f"{name}-{row}", "").strip() for name in self.row_names):
                continue
            values = {name: cleaned.get(f"{name}-{row}") for name in self.row_names}
            for name, value in values.items():
                if value in (None, "") and f"{name}-{row}" not in self.errors:
                    self.add_error(
                        f"{name}-{row}",
                        _("Fill this in too, or empty the row."),
                    )
            filled.append(values)
        cleaned[self.rows_name] = filled
        return cleaned

    def answers(self) -> Iterator[tuple[str, str]]:
        for field in self.other_fields():
            if not field.errors:
                yield str(field.label), self.answer(field.name)
        found = self.cleaned_data[self.rows_name]
        rows = [row for row in found if not {None, ""} & set(row.values())]
        if not rows:
            yield str(self.row_label), ""
        for number, values in enumerate(rows, start=1):
            yield f"{self.row_label} {number}", self.row_in_words(values)

    def row_in_words(self, values: dict[str, Any]) -> str:
        """Return one row as a reader says it."""
        return ", ".join(str(value) for value in values.values())


def check_phone(phone: str) -> str:
    """Return ``phone``. Raises ``ValidationError`` for what has no number in it."""
    if phone and sum(character.isdigit() for character in phone) < 5:
        raise ValidationError(_("Write a phone number, for example 070-174 06 05."))
    return phone
