"""The columns of the list as a table: what each is called, shows and takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asflist.enums import (
    Criterion,
    EntryType,
    LegalForm,
    ListingState,
    Procurement,
    SpokenLanguage,
)
from asflist.models import Enterprise
from asflist.places import county
from asflist.register import parsing
from asflist.register.parsing import in_each_language, key_of

#: Industries are rows of their own, and are looked up for all of a file at once.
INDUSTRIES = "industries"


#: What the columns are called that are no fields, or whose field has another name.
TITLES = {
    "county": gettext_lazy("County"),
    "language": gettext_lazy("Language of the texts"),
    "live": gettext_lazy("Published"),
}


def heading_of(name: str) -> str:
    """Return what the column of a field is called, in the reader's language."""
    if name in TITLES:
        return str(TITLES[name])
    for criterion in Criterion:
        if name == f"{criterion.value}_proof":
            return _("%(criterion)s: how one sees it") % {"criterion": criterion.label}
    return capfirst(str(label_for_field(name, Enterprise)))


@dataclass(frozen=True)
class Column:
    """A field as a column.

    ``show`` makes a cell of the field's value, ``parse`` a value of a cell's text; a column
    without ``parse`` is exported, and passed over in an import. ``closed``: ``parse`` gives nothing
    but the field's choices.
    """

    name: str
    show: Callable[[Any], object] = lambda value: value
    parse: Callable[[str], Any] | None = str
    closed: bool = False

    @property
    def heading(self) -> str:
        """The heading in the reader's language."""
        return heading_of(self.name)

    @property
    def needed(self) -> bool:
        """Whether a new entry must say it to be reviewed or published; a draft may lack it."""
        field: Any = Enterprise._meta.get_field(self.name)
        return not (field.blank or field.has_default())

    def cell(self, enterprise: Enterprise) -> object:
        """Return what stands in the column for an entry."""
        return self.show(getattr(enterprise, self.name))

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values say the same in a table, which shows no formatting and no order."""
        if isinstance(other, list):
            return set(one or []) == set(other)
        return bool(as_words(self.show(one)) == as_words(self.show(other)))


def as_words(value: object) -> str:
    """Return a cell as one line, ``""`` for nothing."""
    return "" if value is None else " ".join(str(value).split())


def label_in(choices: Any) -> Callable[[Any], str]:
    """Return what shows a value as its label."""
    labels = dict(choices)
    return lambda value: str(labels.get(value, value or ""))


def labels_in(choices: Any) -> Callable[[Any], str]:
    """Return what shows a list of values as their labels, with semicolons between."""
    labels = dict(choices)
    return lambda values: "; ".join(str(labels.get(value, value)) for value in values or [])


def yes_no(value: bool | None) -> str:
    """Return yes or no in the reader's language, ``""`` where nobody has said."""
    return "" if value is None else (_("Yes") if value else _("No"))


def county_names(codes: list[str] | None) -> str:
    """Return the names of the counties, with semicolons between."""
    return "; ".join(place.name for code in codes or [] if (place := county(code)))


def place_name(code: str) -> str:
    """Return the municipality's name."""
    place = Enterprise(municipality=code).place
    return place.name if place else ""


def industry_names(manager: Any) -> str:
    """Return the industries' source names, with semicolons between."""
    return "; ".join(industry.name for industry in manager.all())


def choice(name: str, choices: Any) -> Column:
    """Return the column of a field that holds one of ``choices``."""
    return Column(name, label_in(choices), parsing.one_of(parsing.vocabulary(choices)), True)


def choices_of(name: str, choices: Any) -> Column:
    """Return the column of a field that holds several of ``choices``."""
    return Column(name, labels_in(choices), parsing.some_of(parsing.vocabulary(choices)), True)


COLUMNS = (
    Column("name"),
    Column("organisation_number"),
    choice("entry_type", EntryType.choices),
    choice("legal_form", LegalForm.choices),
    Column("summary"),
    Column(INDUSTRIES, industry_names),
    Column("municipality", place_name, parsing.one_of(parsing.municipality_keys), True),
    Column("street_address"),
    Column("postcode"),
    Column("locality"),
    Column("phone"),
    Column("email"),
    Column("website"),
    choices_of("languages", SpokenLanguage.choices),
    Column("offer", parsing.text_of, parsing.paragraphs),
    Column("social_benefit", parsing.text_of, parsing.paragraphs),
    Column("delivers_nationwide", yes_no, parsing.yes_or_no),
    Column("delivers_to", county_names, parsing.some_of(parsing.county_keys), True),
    Column("delivers_within_km", parse=parsing.whole_number),
    Column("latitude", parse=parsing.degrees),
    Column("longitude", parse=parsing.degrees),
    choices_of("procurement", Procurement.choices),
    Column("employees", parse=parsing.whole_number),
    Column("participants", parse=parsing.whole_number),
    Column("target_group_share", parse=parsing.whole_number),
    Column("target_group_share_on", parse=parsing.day),
    *(Column(criterion.value, yes_no, parsing.yes_or_no) for criterion in Criterion),
    *(Column(f"{criterion.value}_proof") for criterion in Criterion),
    Column("member_since", parse=parsing.day),
)
#: What an export shows besides, and an import passes over without a word.
SHOWN_ONLY = (
    Column("county", lambda found: found.name if found else "", None),
    Column("tags", parse=None),
    Column("state", label_in(ListingState.choices), None),
    Column("confirmed_on", parse=None),
    Column("certified_until", parse=None),
    Column("live", yes_no, None),
    Column("language", parse=None),
)
#: Other words for columns that people have in their own lists, as ``key_of`` gives them.
ALIASES = {
    "näring": INDUSTRIES,
    "näringar": INDUSTRIES,
    "bransch": INDUSTRIES,
    "branscher": INDUSTRIES,
    "orgnr": "organisation_number",
    "adress": "street_address",
    "postort": "locality",
    "telefon": "phone",
    "webbplats": "website",
    "hemsida": "website",
}
BY_NAME = {column.name: column for column in COLUMNS}


@cache
def keys() -> dict[str, str]:
    """Map every heading that an import knows, in both languages, to its column's name."""
    found = {key_of(column.name): column.name for column in (*COLUMNS, *SHOWN_ONLY)}
    for column in (*COLUMNS, *SHOWN_ONLY):
        for key in in_each_language(Heading(column.name)):
            found.setdefault(key, column.name)
    return ALIASES | found


class Heading:
    """A heading that is read in the language that is active then."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return heading_of(self.name)
