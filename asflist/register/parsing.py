"""What stands in a cell, as a field's value; each function raises ``ValidationError``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from asflist.places import counties, municipalities
from asflist.text import plain

LANGUAGES = ("sv", "en")
YES = {"ja", "yes", "true", "sant", "1", "x"}
NO = {"nej", "no", "false", "falskt", "0"}


def key_of(text: object) -> str:
    """Return what two ways of writing the same words have in common."""
    return "".join(re.findall(r"\w+", str(text).casefold()))


def in_each_language(text: Any) -> set[str]:
    """Return the keys of a lazy text in every language of the interface."""
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(key_of(text))
    return found


def whole_number(text: str) -> int:
    """Return a number without decimals, 0 or more."""
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise ValidationError(_("Write a whole number, for example 12."))
    return int(digits)


def degrees(text: str) -> float:
    """Return a number with a decimal point or comma."""
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{1,15})?", text):
        raise ValidationError(_("Write degrees as a number, for example 60.6749."))
    return float(text.replace(",", "."))


def day(text: str) -> date:
    """Return a day written as ISO 8601."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise ValidationError(_("Write the day like this: 2026-05-31.")) from error


def yes_or_no(text: str) -> bool:
    """Return True for yes and False for no, in Swedish or English."""
    word = text.casefold()
    if word not in YES | NO:
        raise ValidationError(_("Write yes or no."))
    return word in YES


def paragraphs(text: str) -> str:
    """Return plain text as HTML paragraphs; markup in it is harmless text."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts)


def text_of(html: str) -> str:
    """Return the text of a rich text field, its paragraphs with an empty line between."""
    spaced = re.sub(r"</(?:p|li|ul|ol)>", "\n\n", re.sub(r"<br\s*/?>", "\n", html))
    blocks = re.split(r"\n\s*\n", spaced)
    texts = ("\n".join(" ".join(plain(line).split()) for line in b.split("\n")) for b in blocks)
    return "\n\n".join(text.strip() for text in texts if text.strip())


def pieces(text: str) -> list[str]:
    """Return what stands between semicolons, else between commas."""
    mark = ";" if ";" in text else ","
    return [piece.strip() for piece in text.split(mark) if piece.strip()]


def one_of(choices: Callable[[], dict[str, str]]) -> Callable[[str], str]:
    """Return a parser for one of ``choices``, which maps keys to values."""

    def parse(text: str) -> str:
        value = choices().get(key_of(text))
        if value is None:
            raise ValidationError(_("“%(text)s” is none of the choices.") % {"text": text[:80]})
        return value

    return parse


def some_of(choices: Callable[[], dict[str, str]]) -> Callable[[str], list[str]]:
    """Return a parser for several of ``choices``, in the order of the choices."""
    parse_one = one_of(choices)

    def parse(text: str) -> list[str]:
        known = choices()
        try:
            chosen = {parse_one(text)}
        except ValidationError:
            chosen = {parse_one(piece) for piece in pieces(text)}
        order = list(dict.fromkeys(known.values()))
        return sorted(chosen, key=order.index)

    return parse


def vocabulary(choices: Iterable[tuple[Any, Any]]) -> Callable[[], dict[str, str]]:
    """Return a function that maps every way to write a choice to its value."""
    listed = list(choices)

    @cache
    def known() -> dict[str, str]:
        found: dict[str, str] = {}
        for value, label in listed:
            for key in {key_of(value), *in_each_language(label)}:
                found.setdefault(key, str(value))
        return found

    return known


@cache
def municipality_keys() -> dict[str, str]:
    """Map codes, with and without the nought that spreadsheets drop, and names to codes."""
    found: dict[str, str] = {}
    for place in municipalities():
        for key in (place.code, place.code.lstrip("0"), key_of(place.name)):
            found.setdefault(key, place.code)
        found.setdefault(key_of(f"{place.name} kommun"), place.code)
    return found


@cache
def county_keys() -> dict[str, str]:
    """Map codes and names in both languages to counties' codes."""
    found: dict[str, str] = {}
    for county in counties():
        for key in (county.code, county.code.lstrip("0")):
            found.setdefault(key, county.code)
        for name in (county.name_sv, county.name_en):
            found.setdefault(key_of(name), county.code)
    return found
