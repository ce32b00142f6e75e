"""Filters of a listing: what may be chosen, and how many hits each choice gives."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Up to this many choices are shown as radio buttons, more as a list to choose from.
SHORT = 6


@dataclass(frozen=True)
class FacetChoice:
    """One value of a filter with its number of hits, the other filters applied."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """One filter: the GET parameter's name, what readers call it, and its choices.

    Of a ``multiple`` one several may be chosen, and all of them must hold.
    """

    name: str
    legend: str
    choices: list[FacetChoice] = field(default_factory=list)
    multiple: bool = False

    @property
    def selected(self) -> FacetChoice | None:
        """The choice that is made, if any."""
        return next((choice for choice in self.choices if choice.selected), None)

    @property
    def is_short(self) -> bool:
        """Whether the choices are few enough to be seen all at once."""
        return len(self.choices) <= SHORT
