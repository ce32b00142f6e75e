"""What an entry says, for the owner to read through."""

from __future__ import annotations

from django.contrib.admin.utils import label_for_field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from asflist.models import Enterprise

#: The fields that grow old first.
FIELDS = ("summary", "phone", "email", "website", "employees", "participants")


def facts(enterprise: Enterprise) -> list[tuple[str, str]]:
    """Return label and value of what visitors see first; what is missing says so; two queries."""
    address = [enterprise.street_address, f"{enterprise.postcode} {enterprise.locality}".strip()]
    place = enterprise.place
    found = [
        (label(enterprise, "organisation_number"), enterprise.organisation_number),
        (_("Address"), ", ".join(part for part in address if part)),
        (label(enterprise, "municipality"), place.name if place else ""),
        (label(enterprise, "industries"), enterprise.industry_names),
        *((label(enterprise, name), value(enterprise, name)) for name in FIELDS),
    ]
    return [(name, text or _("Not filled in")) for name, text in found]


def label(enterprise: Enterprise, name: str) -> str:
    """Return what the field is called, with a capital first."""
    return capfirst(str(label_for_field(name, type(enterprise))))


def value(enterprise: Enterprise, name: str) -> str:
    """Return the field's value as text, ``""`` for none."""
    found = getattr(enterprise, name)
    return "" if found is None else str(found)
