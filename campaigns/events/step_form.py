"""What the steps of the public form have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from campaigns.models import Event
from core.step_forms import StepForm


def event_field(name: str, **changes: Any) -> Any:
    """Return the form field for a field of ``Event``, with its words and limits."""
    field: Any = Event._meta.get_field(name)
    return field.formfield(**changes)


class EventStepForm(StepForm):
    """One step of an event: its fields are those of ``Event``, its draft an ``EventDraft``."""

    template: ClassVar[str] = "campaigns/registration/fields.html"
