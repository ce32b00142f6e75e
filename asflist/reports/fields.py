"""Form fields for figures as people write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

#: Spaces of every width, and what stands for kronor and percent.
NOISE = re.compile(r"[\s\u00a0\u202f]|kr(onor)?\.?$|%$", re.IGNORECASE)


class WholeNumberField(forms.IntegerField):
    """A number without decimals, written ``1 250 000``, ``1250000`` or ``1 250 000 kr``."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write a whole number with digits, for example 1 250."),
        "max_value": _("That is more than can be right. Look at the number once more."),
        "min_value": _("A figure cannot be less than nought."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric"}))
        super().__init__(min_value=0, required=False, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(NOISE.sub("", value) if isinstance(value, str) else value)


class FigureField(forms.DecimalField):
    """A number that may have two decimals, with a comma or a point."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write a number with digits, for example 12.5.")}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = NOISE.sub("", value).replace(",", ".")
        return super().to_python(value)


def trimmed(value: Decimal) -> Decimal:
    """Return ``value`` without noughts at its end, and never as ``1.2E+3``."""
    return Decimal(f"{value.normalize():f}")


def as_written(value: Decimal) -> str:
    """Return ``value`` as it may be written in a field in the active language: ``12,5``."""
    return str(number_format(trimmed(value), force_grouping=False))
