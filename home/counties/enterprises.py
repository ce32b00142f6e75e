"""The entries of a county: its ASFs with their figures, and who sells there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery, Sum, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import get_language

from asflist.cards import EnterpriseCard, rows
from asflist.enums import EntryType
from asflist.models import Enterprise, EnterpriseQuerySet, Industry
from asflist.places import County

#: How many of each kind are shown before the page leads to the rest.
MOST = 6


@dataclass(frozen=True)
class CountyEntries:
    """Cards of the first entries, and what all the county's public ASFs add up to.

    The figures are None where nobody has given a number.
    """

    asfs: list[EnterpriseCard]
    sales: list[EnterpriseCard]
    number: int
    employees: int | None
    participants: int | None


def reaching(county: County) -> EnterpriseQuerySet:
    """Return the county's public ASFs, and the public sales organisations that deliver there.

    An organisation delivers where it is, where it says, and everywhere if it says so.
    """
    own = Q(entry_type=EntryType.ENTERPRISE, county_code=county.code)
    there = (
        Q(delivers_nationwide=True)
        | Q(delivers_to__contains=county.code)
        | Q(county_code=county.code)
    )
    sales = Q(entry_type=EntryType.SALES_ORGANISATION) & there
    return Enterprise.objects.published().in_reader_language().filter(own | sales)


def numbered(entries: EnterpriseQuerySet) -> EnterpriseQuerySet:
    """Return the first ``MOST`` of each kind by name, each with what its whole kind adds up to."""
    kind = "entry_type"
    return (
        entries.annotate(
            place_in_kind=Window(RowNumber(), partition_by=kind, order_by=["sort_key", "pk"]),
            kind_number=Window(Count("pk"), partition_by=kind),
            kind_employees=Window(Sum("employees"), partition_by=kind),
            kind_participants=Window(Sum("participants"), partition_by=kind),
        )
        .filter(place_in_kind__lte=MOST)
        .alphabetical()
    )


def industry_names(entries: Iterable[Enterprise]) -> dict[int, list[str]]:
    """Return the names of each entry's industries in the reader's language; one query."""
    language = get_language() or settings.LANGUAGE_CODE
    translated = Industry.objects.filter(
        translation_key=OuterRef("industry__translation_key"), locale__language_code=language
    )
    through = Enterprise.industries.through.objects.filter(enterprise__in=entries)
    found: defaultdict[int, list[str]] = defaultdict(list)
    names = through.annotate(
        name=Coalesce(Subquery(translated.values("name")[:1]), "industry__name")
    ).order_by("name")
    for pk, name in names.values_list("enterprise_id", "name"):
        found[pk].append(name)
    return found


def county_entries(county: County, list_url: str) -> CountyEntries:
    """Return the county's entries; ``list_url`` is the list's path. Two queries."""
    language = get_language() or settings.LANGUAGE_CODE
    entries = list(numbered(rows(reaching(county))))
    names = industry_names(entries) if entries else {}
    cards = [
        EnterpriseCard(
            enterprise=entry,
            url=f"{list_url}{entry.slug}/" if list_url else "",
            industries=names.get(entry.pk, []),
            lang="" if entry.language == language else entry.language,
        )
        for entry in entries
    ]
    asfs = [card for card in cards if card.enterprise.entry_type == EntryType.ENTERPRISE]
    any_asf = vars(asfs[0].enterprise) if asfs else {}
    return CountyEntries(
        asfs,
        [card for card in cards if card.enterprise.entry_type == EntryType.SALES_ORGANISATION],
        any_asf.get("kind_number", 0),
        any_asf.get("kind_employees"),
        any_asf.get("kind_participants"),
    )
