"""Lengths of time as people and machines write them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def spoken(seconds: int) -> str:
    """Return a length in seconds as readers write it: “3 min 20 s”, “1 h 5 min”."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = []
    if hours:
        parts.append(_("%(number)d h") % {"number": hours})
    if minutes:
        parts.append(_("%(number)d min") % {"number": minutes})
    if left and not hours:
        parts.append(_("%(number)d s") % {"number": left})
    return " ".join(parts)


def iso(seconds: int) -> str:
    """Return a length in seconds as an ISO 8601 duration: ``"PT3M20S"``."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [
        f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if number
    ]
    return "PT" + ("".join(parts) or "0S")
