"""What the steps of the public form have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms

from campaigns.models import Event, EventDraft


def event_field(name: str, **changes: Any) -> Any:
    """Return the form field for a field of ``Event``, with its words and limits."""
    field: Any = Event._meta.get_field(name)
    return field.formfield(**changes)


class StepForm(forms.Form):
    """One step: its fields are those of the event, its data what ``EventDraft`` has kept."""

    title: ClassVar[Any]
    template: ClassVar[str] = "campaigns/registration/fields.html"

    def __init__(self, *args: Any, draft: EventDraft, **kwargs: Any) -> None:
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
