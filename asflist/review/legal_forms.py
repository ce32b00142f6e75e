"""What the organisation register's form of a number says of who has it.

The first digit of an organisation number is the group of the legal form: lag (1974:174) om
identitetsbeteckning för juridiska personer, and the groups as Skatteverket and Bolagsverket
publish them. It says what was registered, not what is true today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from asflist.enums import LegalForm
from asflist.models import Enterprise

SOURCE = _("Lag (1974:174) and the groups of Skatteverket and Bolagsverket")


@dataclass(frozen=True)
class Group:
    """A first digit: what it stands for, and the legal forms of ours that agree with it."""

    name: Any
    forms: tuple[LegalForm, ...] = ()
    is_public: bool = False


GROUPS = {
    "1": Group(_("The estate of a deceased person")),
    "2": Group(
        _("The state, a region, a municipality or a parish"), (LegalForm.OTHER,), is_public=True
    ),
    "3": Group(_("A foreign company that does business in Sweden"), (LegalForm.OTHER,)),
    "5": Group(_("A limited company"), (LegalForm.LIMITED_COMPANY,)),
    "6": Group(_("A simple partnership"), (LegalForm.OTHER,)),
    "7": Group(
        _("An economic association or a housing co-operative"), (LegalForm.ECONOMIC_ASSOCIATION,)
    ),
    "8": Group(
        _("A non-profit association or a foundation"),
        (LegalForm.NON_PROFIT_ASSOCIATION, LegalForm.FOUNDATION),
    ),
    "9": Group(_("A trading or limited partnership"), (LegalForm.OTHER,)),
}


@dataclass(frozen=True)
class NumberSays:
    """What the number says, and what the reviewer should look into, if anything."""

    name: Any
    warning: Any = ""


def read_number(enterprise: Enterprise) -> NumberSays:
    """Compare the group of the entry's number with the legal form that it gives."""
    group = GROUPS.get(enterprise.organisation_number[:1])
    if not enterprise.organisation_number:
        return NumberSays(_("There is no number."), _("Ask for the organisation number."))
    if group is None:
        return NumberSays(_("No group that is in use"), _("Look the number up in the register."))
    if group.is_public:
        return NumberSays(
            group.name,
            _("The number belongs to the public sector. An ASF is independent of it."),
        )
    if enterprise.legal_form not in group.forms:
        return NumberSays(
            group.name,
            _("The number and the legal form that the entry gives do not agree."),
        )
    return NumberSays(group.name)
