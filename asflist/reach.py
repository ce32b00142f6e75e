"""How far an enterprise delivers and how public bodies can buy from it, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asflist.enums import Procurement
from asflist.places import counties_by_code

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from asflist.models import Enterprise

#: What each form means to somebody who has never bought that way (LOU, lag 2016:1145).
EXPLANATIONS: dict[Procurement, StrOrPromise] = {
    Procurement.RESERVED: _(
        "Only enterprises in which at least 30 percent of those who work belong to the target "
        "group may tender (LOU chapter 4, section 18)."
    ),
    Procurement.DIRECT: _("A smaller purchase that can be made without advertising it."),
    Procurement.IOP: _(
        "An agreement between a public body and a non-profit actor, to develop something together."
    ),
    Procurement.FRAMEWORK: _("Public bodies order within an agreement that is there already."),
    Procurement.OPEN: _("An advertised procurement in which anybody may tender."),
}


@dataclass(frozen=True)
class WayToBuy:
    """A form of procurement: its name, and what it means in a sentence."""

    label: str
    explanation: str


def ways_to_buy(enterprise: Enterprise) -> list[WayToBuy]:
    """Return the forms of procurement in the order of the vocabulary."""
    chosen = enterprise.procurement or []
    return [
        WayToBuy(str(form.label), str(EXPLANATIONS[form])) for form in Procurement if form in chosen
    ]


def reach_in_words(enterprise: Enterprise) -> list[str]:
    """Return how far the enterprise delivers, the widest first; empty where nobody has said it."""
    known = counties_by_code()
    if enterprise.delivers_nationwide:
        return [gettext("The whole of Sweden")]
    parts = [known[code].name for code in sorted(enterprise.delivers_to or []) if code in known]
    place = enterprise.place
    if enterprise.delivers_within_km and place:
        parts.append(
            gettext("Within %(distance)d km of %(place)s")
            % {"distance": enterprise.delivers_within_km, "place": place.name}
        )
    return parts
