"""Lengths of time as people and machines write them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

WORDS_A_MINUTE = 200
#: A time in a film as people write it: minutes and seconds, with hours in front where needed.
CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)"


def seconds(clock: str) -> int:
    """Return the seconds of “1:23” or “1:02:03”. Raises ``ValueError`` for anything else."""
    match = re.fullmatch(CLOCK, clock.strip())
    if match is None:
        raise ValueError(clock)
    hours, minutes, left = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + left


def clock(length: int) -> str:
    """Return a number of seconds as a time in a film: “1:23”, “1:02:03”."""
    hours, rest = divmod(length, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def reading(words: int) -> int:
    """Return about how many minutes it takes to read so many words, at 200 a minute; at least 1."""
    return max(1, round(words / WORDS_A_MINUTE))


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
