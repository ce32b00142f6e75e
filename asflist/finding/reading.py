"""Reading the list's address: what it can mean is kept, what it cannot mean gets a notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache

from django.http import QueryDict
from django.utils.translation import gettext as _

from asflist.enums import EntryType
from asflist.models.merged import MergedIndustry
from asflist.places import counties, county, municipalities, municipality
from core.analysis import fold

MAX_TEXT = 100


def clean_text(value: str) -> str:
    """Return a typed value on one line: ``MAX_TEXT`` characters, no null characters."""
    return " ".join(value.replace("\0", " ").split())[:MAX_TEXT]


#: How å, ä and ö are written where the keyboard lacks them.
WITHOUT_RINGS = str.maketrans("åäö", "aao")


def with_plain_letters(codes: dict[str, str]) -> dict[str, str]:
    """Return ``codes`` by name with “gavle” beside “gävle”; “habo” stays Habo, not Håbo."""
    return {name.translate(WITHOUT_RINGS): code for name, code in codes.items()} | codes


@cache
def municipality_codes() -> dict[str, str]:
    """Return the codes of the municipalities by folded name, with and without “kommun”."""
    names = with_plain_letters({fold(place.name): place.code for place in municipalities()})
    return names | {f"{name} kommun": code for name, code in names.items()}


@cache
def county_codes() -> dict[str, str]:
    """Return the codes of the counties by folded name in every language."""
    return with_plain_letters(
        {
            fold(name): place.code
            for place in counties()
            for name in (place.name_sv, place.name_en, place.name_sv.removesuffix(" län"))
        }
    )


def municipality_code(value: str) -> str:
    """Return the code of the municipality with this code or name, “” when there is none."""
    return value if municipality(value) else municipality_codes().get(fold(value), "")


def place_code(value: str) -> str:
    """Return the code of the county or municipality with this code or name, else “”.

    A name that both have (“Stockholm”) is the municipality; “Stockholms län” is the county.
    """
    return (
        municipality_code(value)
        or (value if county(value) else "")
        or county_codes().get(fold(value), "")
    )


class AddressReader:
    """The parameters of one address; ``notices`` gather what was left out."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.notices: list[str] = []

    def value(self, name: str) -> str:
        """Return a parameter's last value on one line."""
        return clean_text(self.params.get(name, ""))

    def known(self, name: str, find: Callable[[str], str], notice: str) -> str:
        """Return what ``find`` makes of the parameter; where it is nothing, leave the notice."""
        value = self.value(name)
        found = find(value) if value else ""
        if value and not found:
            self.notices.append(notice)
        return found

    def county(self) -> str:
        """Return the county's code."""
        return self.known(
            "county",
            lambda value: value if county(value) else "",
            _("There is no such county. Every county is shown."),
        )

    def municipality(self) -> str:
        """Return the municipality's code."""
        return self.known(
            "municipality",
            municipality_code,
            _("There is no such municipality. It is left out of the search."),
        )

    def near(self) -> str:
        """Return the code of the municipality to search round."""
        return self.place("near", municipality_code, municipality_codes())

    def delivers(self) -> str:
        """Return the code of the county or municipality to deliver to."""
        return self.place("delivers", place_code, municipality_codes() | county_codes())

    def place(self, name: str, find: Callable[[str], str], names: dict[str, str]) -> str:
        """Return the code of a typed place; a notice asks about the name that is most like it."""
        value = self.value(name)
        alike = [] if not value else get_close_matches(fold(value), names, n=1, cutoff=0.7)
        code = names[alike[0]] if alike else ""
        suggestion = municipality(code) or county(code)
        return self.known(
            name,
            find,
            _("We know no municipality called “%(value)s”. Did you mean %(suggestion)s?")
            % {"value": value, "suggestion": suggestion.name}
            if suggestion
            else _("We know no municipality called “%(value)s”. It is left out of the search.")
            % {"value": value},
        )

    def distance(self, allowed: tuple[int, ...]) -> int:
        """Return the kilometres, 0 for the municipality itself."""
        value = self.value("km")
        if value in {"", "0"}:
            return 0
        if value in map(str, allowed):
            return int(value)
        self.notices.append(_("There is no such distance. The municipality itself is shown."))
        return 0

    def within(self, code: str, county_code: str) -> str:
        """Return the municipality's code, “” and a notice when it lies outside the county."""
        place = municipality(code)
        chosen = county(county_code)
        if place is None or chosen is None or place.county_code == county_code:
            return code
        self.notices.append(
            _("%(municipality)s is not in %(county)s. The whole county is shown.")
            % {"municipality": place.name, "county": chosen.name}
        )
        return ""

    def industries(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Return the industries' slugs; one that has been merged into another is that one."""
        known, asked = set(slugs), self.asked("industry")
        kept: dict[str, str] = {}
        if asked - known:
            merged = MergedIndustry.objects.filter(slug__in=asked - known)
            kept = dict(merged.values_list("slug", "industry__slug"))
        return self.keep(
            {kept.get(slug, slug) for slug in asked},
            known,
            _("There is no such industry. It is left out of the search."),
        )

    def several(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Return the values of a parameter that may be given more than once, in order."""
        notice = _("A choice in the address is not known. It is left out of the search.")
        return self.keep(self.asked(name), set(allowed), notice)

    def asked(self, name: str) -> set[str]:
        """Return the values of a parameter that are not empty."""
        return {clean_text(value) for value in self.params.getlist(name)} - {""}

    def keep(self, asked: set[str], allowed: set[str], notice: str) -> tuple[str, ...]:
        """Return what is allowed of what is asked for; leave the notice where something is not."""
        if asked - allowed:
            self.notices.append(notice)
        return tuple(sorted(asked & allowed))

    def entry_type(self) -> str:
        """Return the kind of entry."""
        return self.known(
            "type",
            lambda value: value if value in EntryType.values else "",
            _("A choice in the address is not known. It is left out of the search."),
        )

    def yes(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return self.value(name) not in {"", "0"}
