"""Template tags of the review in the admin."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.urls import reverse

from asflist.models import Enterprise
from asflist.models.enterprise_criteria import CriterionAnswer
from asflist.review.panels import ReviewTab

register = template.Library()


@register.simple_tag
def review_path(under_review: Any) -> str:
    """Return the path to where an enterprise is judged in the admin; ``""`` for anything else."""
    if not isinstance(under_review, Enterprise):
        return ""
    edit = reverse("wagtailsnippets_asflist_enterprise:edit", args=[under_review.pk])
    return f"{edit}#tab-{ReviewTab.clean_name}"


@register.filter
def beside_answers(
    form: forms.Form, entry: Enterprise
) -> list[tuple[forms.BoundField, CriterionAnswer]]:
    """Return each criterion's field of the form with what the entry says of it."""
    return [(form[answer.criterion.value], answer) for answer in entry.criteria_answers]
