"""The house rules that a machine can keep, as Django system checks."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from wagtail.models import get_page_models

from core.models import BasePage


@register(Tags.models)
def page_types_declare_their_place(**kwargs: Any) -> list[CheckMessage]:
    """Every page type says where it may stand, what may stand under it, and its kind."""
    errors: list[CheckMessage] = []
    for model in get_page_models():
        if not issubclass(model, BasePage) or model is BasePage:
            continue
        for attribute in ("parent_page_types", "subpage_types", "kind"):
            if attribute not in vars(model):
                errors.append(
                    Error(
                        f"{model._meta.label} does not declare {attribute}.",
                        hint="An undeclared page type may be created anywhere in the tree.",
                        obj=model,
                        id="core.E001",
                    )
                )
    return errors
