"""What a reader may ask of the list, and the address that asks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asflist.enums import EntryType, Procurement, SpokenLanguage
from asflist.finding.reading import AddressReader, clean_text
from asflist.models.enterprise_criteria import RESERVED_SHARE
from asflist.models.industry import Industry, IndustryName
from asflist.places import county, municipality

#: Kilometres from a place that may be chosen.
DISTANCES = (10, 25, 50, 100)


def place_name(code: str) -> str:
    """Return the name of the county (two digits) or municipality (four) with this code."""
    place = county(code) or municipality(code)
    return place.name if place else code


@dataclass(frozen=True)
class Filters:
    """What is asked for, in a form that compares: codes, slugs in order, each once.

    ``near`` is the code of the municipality that ``km`` are counted from; ``delivers`` that of a
    county or municipality. Of what may be several, one is enough. ``notices`` say what in the
    address was not understood and left out.
    """

    text: str = ""
    county: str = ""
    municipality: str = ""
    near: str = ""
    km: int = 0
    delivers: str = ""
    industries: tuple[str, ...] = ()
    procurement: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    entry_type: str = ""
    certified: bool = False
    member: bool = False
    reserved: bool = False
    notices: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_address(
        cls, params: QueryDict, industries: Iterable[IndustryName] | None = None
    ) -> Filters:
        """Read the parameters that ``query`` writes, and places by name as well as by code.

        A place without a distance is the municipality itself. ``industries`` saves the query for
        their slugs.
        """
        read = AddressReader(params)
        near, km = read.near(), read.distance(DISTANCES)
        municipality_code = read.municipality()
        if near and not km:
            municipality_code, near = near, ""
        county_code = read.county()
        if municipality_code:
            municipality_code = read.within(municipality_code, county_code)
        if industries is None:
            industries = Industry.objects.names().values() if "industry" in params else ()
        return cls(
            text=clean_text(params.get("q", "")),
            county=county_code,
            municipality=municipality_code,
            near=near,
            km=km if near else 0,
            delivers=read.delivers(),
            industries=read.industries(name.slug for name in industries),
            procurement=read.several("procurement", Procurement.values),
            languages=read.several("language", SpokenLanguage.values),
            entry_type=read.entry_type(),
            certified=read.yes("certified"),
            member=read.yes("member"),
            reserved=read.yes("reserved"),
            notices=tuple(read.notices),
        )

    def query(self) -> str:
        """Return the filters as the part of an address after “?”, “” when nothing is asked for."""
        params = QueryDict(mutable=True)
        single = {
            "q": self.text,
            "county": self.county,
            "municipality": self.municipality,
            "near": self.near,
            "km": str(self.km) if self.near else "",
            "delivers": self.delivers,
        }
        params.update({name: value for name, value in single.items() if value})
        params.setlist("industry", list(self.industries))
        params.setlist("procurement", list(self.procurement))
        params.setlist("language", list(self.languages))
        if self.entry_type:
            params["type"] = self.entry_type
        for name in ("certified", "member", "reserved"):
            if getattr(self, name):
                params[name] = "1"
        return params.urlencode()

    def address(self, path: str) -> str:
        """Return ``path`` with the filters: ``"/asf-listan/?county=21&industry=…"``."""
        query = self.query()
        return f"{path}?{query}" if query else path

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self != Filters()

    @property
    def is_narrow(self) -> bool:
        """Whether more is asked for than one place and one industry: no page for search engines."""
        broad = Filters(
            county=self.county, municipality=self.municipality, industries=self.industries[:1]
        )
        return self != broad

    def parts(self, industries: Iterable[IndustryName] = ()) -> Iterator[tuple[str, Filters]]:
        """Yield each thing asked for in the reader's words, and the filters without it."""
        if self.text:
            yield _("“%(text)s”") % {"text": self.text}, replace(self, text="")
        if self.county:
            # A municipality without its county would go on filtering by the county.
            yield place_name(self.county), replace(self, county="", municipality="")
        if self.municipality:
            yield place_name(self.municipality), replace(self, municipality="")
        if self.near:
            yield (
                _("Within %(km)s km of %(place)s, or delivers there")
                % {"km": self.km, "place": place_name(self.near)},
                replace(self, near="", km=0),
            )
        if self.delivers:
            yield (
                _("Delivers to %(place)s") % {"place": place_name(self.delivers)},
                replace(self, delivers=""),
            )
        yield from self.vocabulary_parts(industries)
        yield from self.standing_parts()

    def vocabulary_parts(self, industries: Iterable[IndustryName]) -> Iterator[tuple[str, Filters]]:
        """Yield what is asked for of industries, procurement, languages and kind of entry."""
        names = {name.slug: name.name for name in industries}
        for slug in self.industries:
            left = tuple(other for other in self.industries if other != slug)
            yield names.get(slug, slug), replace(self, industries=left)
        for value in self.procurement:
            left = tuple(other for other in self.procurement if other != value)
            yield str(Procurement(value).label), replace(self, procurement=left)
        for value in self.languages:
            left = tuple(other for other in self.languages if other != value)
            yield str(SpokenLanguage(value).label), replace(self, languages=left)
        if self.entry_type == EntryType.ENTERPRISE:
            yield _("Only social enterprises"), replace(self, entry_type="")
        elif self.entry_type:
            yield _("Only sales organisations"), replace(self, entry_type="")

    def standing_parts(self) -> Iterator[tuple[str, Filters]]:
        """Yield what is asked for of certificate, membership and share of target group."""
        if self.certified:
            yield pgettext("filter", "Certified"), replace(self, certified=False)
        if self.member:
            yield _("Member of Skoopi"), replace(self, member=False)
        if self.reserved:
            yield (
                _("At least %(share)s%% from the target group") % {"share": RESERVED_SHARE},
                replace(self, reserved=False),
            )

    def in_words(self, industries: Iterable[IndustryName] | None = None) -> str:
        """Return what is asked for as one line, for example “lunch”, Gävleborgs län.

        ``industries`` saves the query for their names. Everything, when nothing is asked for.
        """
        if industries is None:
            industries = Industry.objects.names().values() if self.industries else ()
        return ", ".join(label for label, _left in self.parts(industries)) or _(
            "Everything on the ASF list"
        )
