"""The list's filters as the form shows them, each choice with the hits it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asflist.enums import EntryType, Procurement, SpokenLanguage
from asflist.finding.filters import place_name
from asflist.finding.reading import clean_text
from asflist.models.enterprise_criteria import RESERVED_SHARE
from asflist.models.industry import IndustryName
from asflist.places import counties, counties_by_name, municipalities
from asflist.text import sort_key
from core.facets import Facet, FacetChoice

if TYPE_CHECKING:
    from asflist.finding.search import Hits


@dataclass(frozen=True)
class ChoiceGroup:
    """A wide industry with its parts."""

    choice: FacetChoice
    parts: list[FacetChoice] = field(default_factory=list)


def place_suggestions() -> list[str]:
    """Return the names that may be typed as a place: every municipality and county."""
    names = [place.name for place in municipalities()] + [place.name for place in counties()]
    return sorted(names, key=sort_key)


class FinderForm:
    """The form for one answer; only choices that give hits, or are made, are offered."""

    def __init__(self, hits: Hits, names: Mapping[int, IndustryName], params: QueryDict) -> None:
        self.hits, self.filters, self.names, self.params = hits, hits.filters, names, params

    @property
    def county(self) -> Facet:
        """The counties."""
        counted = self.hits.counts["county"]
        chosen = self.filters.county
        places = counties_by_name()
        return Facet(
            "county",
            _("County"),
            [
                FacetChoice(place.code, place.name, counted[place.code], place.code == chosen)
                for place in places
                if counted[place.code] or place.code == chosen
            ],
        )

    @property
    def place(self) -> str:
        """The name in the field for a place: what distance counts from, else the municipality.

        What was typed and is no place stays, to be mended.
        """
        code = self.filters.near or self.filters.municipality
        return place_name(code) if code else clean_text(self.params.get("near", ""))

    @property
    def hidden_municipality(self) -> str:
        """The municipality's code where it is asked for beside a place to be near."""
        return self.filters.municipality if self.filters.near else ""

    @property
    def distances(self) -> list[FacetChoice]:
        """The distances, with hits where a place is chosen."""
        counted = self.hits.by_distance
        labels = {0: _("In the municipality itself")} | {
            km: _("Within %(km)s km") % {"km": km} for km in (10, 25, 50, 100)
        }
        return [
            FacetChoice(str(km or ""), label, counted.get(km, 0), km == self.filters.km)
            for km, label in labels.items()
        ]

    @property
    def delivers(self) -> str:
        """The name in the field for where something is to be delivered, or what was typed there."""
        code = self.filters.delivers
        return place_name(code) if code else clean_text(self.params.get("delivers", ""))

    @cached_property
    def industries(self) -> list[ChoiceGroup]:
        """The industries, each wide one with its parts."""
        groups = [
            ChoiceGroup(
                self.industry(name),
                [self.industry(part) for part in self.names.values() if part.parent == name.pk],
            )
            for name in self.names.values()
            if name.parent is None
        ]
        shown = [
            ChoiceGroup(group.choice, [part for part in group.parts if offered(part)])
            for group in groups
        ]
        return [group for group in shown if offered(group.choice) or group.parts]

    def industry(self, name: IndustryName) -> FacetChoice:
        """Return an industry as a choice."""
        count = self.hits.counts["industry"][name.slug]
        return FacetChoice(name.slug, name.name, count, name.slug in self.filters.industries)

    @cached_property
    def entry_type(self) -> Facet:
        """Social enterprises or sales organisations."""
        counted = self.hits.counts["type"]
        labels = {
            EntryType.ENTERPRISE: _("Social enterprises"),
            EntryType.SALES_ORGANISATION: _("Sales organisations"),
        }
        choices = [
            FacetChoice(value, label, counted[value], value == self.filters.entry_type)
            for value, label in labels.items()
        ]
        return Facet("type", _("Kind"), [choice for choice in choices if offered(choice)])

    @cached_property
    def standing(self) -> list[tuple[str, FacetChoice]]:
        """Certified, member, share of target group: each a box of its own, by parameter."""
        labels = {
            "certified": pgettext("filter", "Certified"),
            "member": _("Member of Skoopi"),
            "reserved": _("At least %(share)s%% from the target group (LOU 4:18)")
            % {"share": RESERVED_SHARE},
        }
        choices = [
            (name, FacetChoice("1", label, count, getattr(self.filters, name)))
            for name, label in labels.items()
            for count in [self.hits.by_standing[name]]
        ]
        return [(name, choice) for name, choice in choices if offered(choice)]

    @cached_property
    def procurement(self) -> Facet:
        """The ways in which public bodies buy."""
        return self.several("procurement", _("How you can buy"), dict(Procurement.choices))

    @cached_property
    def languages(self) -> Facet:
        """The languages in which customers are met."""
        return self.several("language", _("Languages"), dict(SpokenLanguage.choices))

    def several(self, name: str, legend: str, labels: Mapping[str, object]) -> Facet:
        """Return a facet of which several may be chosen, one of them enough."""
        counted = self.hits.counts[name]
        chosen = getattr(self.filters, "languages" if name == "language" else name)
        choices = [
            FacetChoice(value, str(label), counted[value], value in chosen)
            for value, label in labels.items()
        ]
        return Facet(name, legend, [choice for choice in choices if offered(choice)], multiple=True)

    @property
    def folded(self) -> int:
        """How many of the filters that are folded away are in use."""
        filters = self.filters
        several = (*filters.procurement, *filters.languages)
        single = (
            filters.delivers,
            filters.entry_type,
            filters.certified,
            filters.member,
            filters.reserved,
        )
        return len(several) + sum(map(bool, single))


def offered(choice: FacetChoice) -> bool:
    """Whether a choice leads anywhere, or is made."""
    return bool(choice.count) or choice.selected
