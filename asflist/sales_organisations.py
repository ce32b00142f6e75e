"""Sales organisations: who sells for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from asflist.enums import EntryType

if TYPE_CHECKING:
    from asflist.models import Enterprise, EnterpriseQuerySet

#: An organisation that sells for one enterprise is that enterprise's own sales.
FEWEST_MEMBERS = 2


def members_of(enterprise: Enterprise, *, draft: bool = False) -> EnterpriseQuerySet:
    """Return the public members of a sales organisation in the reader's language, by name.

    With ``draft`` those that its unpublished version names, else those that are published with it.
    """
    from asflist.models import Enterprise

    readable = Enterprise.objects.published().in_reader_language().alphabetical()
    if draft:
        keys = [member.translation_key for member in enterprise.members.all()]
        return readable.filter(translation_key__in=keys)
    named = Enterprise.objects.filter(sales_organisations=enterprise.pk)
    return readable.filter(translation_key__in=named.order_by().values("translation_key"))


def sellers_of(enterprise: Enterprise) -> EnterpriseQuerySet:
    """Return the public organisations that sell for the enterprise, in the reader's language."""
    from asflist.models import Enterprise

    selling = Enterprise.objects.sales_organisations().filter(
        members__translation_key=enterprise.translation_key
    )
    readable = Enterprise.objects.published().in_reader_language().alphabetical()
    return readable.filter(translation_key__in=selling.order_by().values("translation_key"))


def member_errors(enterprise: Enterprise) -> dict[str, ValidationError]:
    """Return field → what is wrong with the members for this kind of entry."""
    number = len(enterprise.members.all())
    message = ""
    if enterprise.entry_type == EntryType.SALES_ORGANISATION:
        if number < FEWEST_MEMBERS:
            message = _("A sales organisation has at least two members.")
    elif number:
        message = _("Only a sales organisation has members.")
    return {"members": ValidationError(message)} if message else {}
