"""Numbers as readers write them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

MINUS = "\u2212"


def number(value: Decimal | int) -> str:
    """Return ``value`` in the active language, every decimal kept.

    ``1 200,5`` in Swedish (with no-break spaces), ``1,200.5`` in English; a real minus sign.
    """
    return str(number_format(value, use_l10n=True, force_grouping=True)).replace("-", MINUS)
