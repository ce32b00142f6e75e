"""Forms in steps that strangers fill in without an account: what is typed is kept, right or wrong.

A draft is any row with ``data``: a JSON object that maps each step to its fields' values as they
were typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Protocol

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

#: Typed text is kept as it is up to here: longer than any field may be, shorter than an attack.
LONGEST = 5_000
#: As many values as a field may be sent with: more than any has choices.
MOST_VALUES = 100


class Draft(Protocol):
    """What has been typed so far."""

    data: Any


class StepForm(forms.Form):
    """One step: its data is what the draft has kept."""

    title: ClassVar[Any]
    template: ClassVar[str]

    def __init__(self, *args: Any, draft: Any, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield each field's label and what was answered, in words, for the page to check."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            yield str(field.label), in_words(field, value)


def in_words(field: forms.Field, value: Any) -> str:
    """Return a cleaned value as a reader says it; ``""`` for none."""
    if value in (None, "", []):
        return ""
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(value)
    labels = {str(key): str(label) for key, label in flat(choices)}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(key), str(key)) for key in chosen)


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the choices of a field, those in groups too."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield key, label


#: The steps in order; the key stands in addresses.
Steps = Mapping[str, type[StepForm]]


def typed(form: forms.Form, data: MultiValueDict[str, Any]) -> dict[str, list[str]]:
    """Return what was typed in the form's own fields, as it can be kept in JSON by any database.

    PostgreSQL has no text with a null byte in it. A field of one line has no line break in it
    (HTML, value sanitization), whoever sends it: titles stand in mails and calendars.
    """
    return {
        name: [
            as_kept(str(value)[:LONGEST], lines=isinstance(field.widget, forms.Textarea))
            for value in data.getlist(name)[:MOST_VALUES]
        ]
        for name, field in form.fields.items()
        if name in data and not isinstance(field, forms.FileField) and name != "remove"
    }


def as_kept(text: str, *, lines: bool) -> str:
    """Return ``text`` without null bytes, and on one line unless it may have several."""
    text = text.replace("\0", "")
    return text if lines else " ".join(text.splitlines())


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: nothing unless it was sent."""
    return request.POST if request.method == "POST" else None


def as_query(kept: Mapping[str, list[str]]) -> QueryDict:
    """Return kept values as a form takes them."""
    query = QueryDict(mutable=True)
    for name, values in kept.items():
        query.setlist(name, values)
    return query


def kept_form(steps: Steps, draft: Draft, step: str) -> StepForm:
    """Return the step's form, bound to what the draft has kept: it can tell whether it is right."""
    return steps[step](as_query(draft.data.get(step, {})), draft=draft)


def blank_form(steps: Steps, draft: Draft, step: str) -> StepForm:
    """Return the step's form with what the draft has kept in its fields, and no judgement of it."""
    kept = draft.data.get(step)
    if kept is None:
        return steps[step](draft=draft)
    query = as_query(kept)
    form = steps[step](draft=draft, initial={"rows": query.get("rows")})
    for name, field in form.fields.items():
        if name in query and not field.disabled and not isinstance(field, forms.FileField):
            form.initial[name] = field.widget.value_from_datadict(query, MultiValueDict(), name)
    return form
