"""Template tags of the review in the admin."""

from __future__ import annotations

from django import forms, template

from asflist.models import Enterprise
from asflist.models.enterprise_criteria import CriterionAnswer

register = template.Library()


@register.filter
def beside_answers(
    form: forms.Form, entry: Enterprise
) -> list[tuple[forms.BoundField, CriterionAnswer]]:
    """Return each criterion's field of the form with what the entry says of it."""
    return [(form[answer.criterion.value], answer) for answer in entry.criteria_answers]
