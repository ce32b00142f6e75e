"""What of an entry is open data: the same facts in the API, GeoJSON, CSV, XLSX and the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from asflist.addresses import list_url
from asflist.cards import industry_ids, industry_names
from asflist.enums import Criterion, EntryType, LegalForm, Procurement, SpokenLanguage
from asflist.models import Enterprise, EnterpriseQuerySet
from asflist.places import counties
from asflist.text import plain


class Place(Schema):
    """A county or a municipality."""

    code: str = Field(description="Official code (SCB): two digits a county, four a municipality.")
    name: str


class IndustryRef(Schema):
    """An industry."""

    slug: str
    name: str


class Reference(Schema):
    """A buyer, and what was bought."""

    customer: str
    bought: str


class BenefitFigure(Schema):
    """A number that shows what comes of the work."""

    value: float
    label: str
    year: int


class Entry(Schema):
    """A public entry of ASF-listan, as its page shows it."""

    slug: str = Field(description="The entry's name in addresses; it never changes.")
    url: str = Field(description="The entry's page.")
    type: EntryType = Field(description="“asf”, or “sales” for a sales organisation.")
    language: str = Field(description="The language of the texts (BCP 47).")
    name: str
    organisation_number: str = Field(description="NNNNNN-NNNN (lag 1974:174).")
    legal_form: LegalForm
    summary: str
    industries: list[IndustryRef]
    county: Place | None
    municipality: Place | None
    street_address: str
    postcode: str
    locality: str
    latitude: float | None = Field(description="WGS 84 degrees, where the entry gives them.")
    longitude: float | None
    website: str
    phone: str
    email: str
    languages: list[str] = Field(description="Languages in which customers are met (ISO 639).")
    delivers_nationwide: bool
    delivers_to: list[str] = Field(description="County codes.")
    delivers_within_km: int | None
    procurement: list[str] = Field(description="Ways in which public bodies can buy.")
    criteria: list[str] = Field(description="The list's criteria that it meets.")
    target_group_share: int | None = Field(description="Percent; see LOU 4 kap. 18 §.")
    target_group_share_on: date | None
    employees: int | None
    participants: int | None
    member_since: date | None
    certified_until: date | None = Field(description="Null when there is no valid certificate.")
    confirmed_on: date | None = Field(description="When the entry was last known to be right.")


class WholeEntry(Entry):
    """An entry with its longer texts, as plain text."""

    offer: str
    social_benefit: str
    references: list[Reference]
    benefit_figures: list[BenefitFigure]
    members: list[str] = Field(description="Slugs of the enterprises that it sells for.")


def entries(enterprises: EnterpriseQuerySet, keys: list[int], request: HttpRequest) -> list[Entry]:
    """Return the public ones of ``keys`` (source-language ids) in their order; four queries.

    ``enterprises`` says what is public and in which language; what has left the list since the
    keys were found is left out.
    """
    sources = dict(Enterprise.objects.filter(pk__in=keys).values_list("translation_key", "pk"))
    places = {key: place for place, key in enumerate(keys)}
    found = list(enterprises.filter(translation_key__in=sources).select_related("locale"))
    found.sort(key=lambda enterprise: places[sources[enterprise.translation_key]])
    ids = industry_ids(found)
    return [describe(enterprise, ids[enterprise.pk], request) for enterprise in found]


def facts(enterprise: Enterprise, industries: list[int], request: HttpRequest) -> dict[str, Any]:
    """Return an entry's facts by the names of ``Entry``; no query of its own."""
    place, county, point = enterprise.place, enterprise.county, enterprise.point
    base = list_url(get_language() or settings.LANGUAGE_CODE, request)
    names = industry_names(request)
    return {
        "slug": enterprise.slug,
        "url": request.build_absolute_uri(f"{base}{enterprise.slug}/") if base else "",
        "type": enterprise.entry_type,
        "language": enterprise.language,
        "name": enterprise.name,
        "organisation_number": enterprise.organisation_number,
        "legal_form": enterprise.legal_form,
        "summary": enterprise.summary,
        "industries": [
            {"slug": name.slug, "name": name.name} for pk, name in names.items() if pk in industries
        ],
        "county": {"code": county.code, "name": county.name} if county else None,
        "municipality": {"code": place.code, "name": place.name} if place else None,
        "street_address": enterprise.street_address,
        "postcode": enterprise.postcode,
        "locality": enterprise.locality,
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "website": enterprise.safe_website,
        "phone": enterprise.phone,
        "email": enterprise.email,
        "languages": list(enterprise.languages or []),
        "delivers_nationwide": enterprise.delivers_nationwide,
        "delivers_to": list(enterprise.delivers_to or []),
        "delivers_within_km": enterprise.delivers_within_km,
        "procurement": list(enterprise.procurement or []),
        "criteria": [criterion.value for criterion in enterprise.criteria_met],
        "target_group_share": enterprise.target_group_share,
        "target_group_share_on": enterprise.target_group_share_on,
        "employees": enterprise.employees,
        "participants": enterprise.participants,
        "member_since": enterprise.member,
        "certified_until": enterprise.certified,
        "confirmed_on": enterprise.confirmed_on,
    }


def describe(enterprise: Enterprise, industries: list[int], request: HttpRequest) -> Entry:
    """Return an entry as the list gives it; ``industries`` are the source-language ids."""
    return Entry(**facts(enterprise, industries, request))


def describe_whole(enterprise: Enterprise, request: HttpRequest) -> WholeEntry:
    """Return an entry with its longer texts."""
    industries = industry_ids([enterprise])[enterprise.pk]
    members = Enterprise.objects.published().in_source_language()
    return WholeEntry(
        **facts(enterprise, industries, request),
        offer=plain(enterprise.offer).strip(),
        social_benefit=plain(enterprise.social_benefit).strip(),
        references=[Reference(**block.value) for block in enterprise.references],
        benefit_figures=[BenefitFigure(**block.value) for block in enterprise.benefit_figures],
        members=list(
            members.filter(sales_organisations__translation_key=enterprise.translation_key)
            .alphabetical()
            .values_list("slug", flat=True)
        ),
    )


#: The columns of the files: heading, and what stands in the cell.
COLUMNS: dict[str, tuple[Any, Callable[[Entry], object]]] = {
    "name": (_("name"), lambda entry: entry.name),
    "type": (_("kind of entry"), lambda entry: EntryType(entry.type).label),
    "organisation_number": (_("organisation number"), lambda entry: entry.organisation_number),
    "legal_form": (_("legal form"), lambda entry: LegalForm(entry.legal_form).label),
    "summary": (_("summary"), lambda entry: entry.summary),
    "industries": (_("industries"), lambda entry: joined(part.name for part in entry.industries)),
    "county": (_("county"), lambda entry: entry.county.name if entry.county else ""),
    "municipality": (
        _("municipality"),
        lambda entry: entry.municipality.name if entry.municipality else "",
    ),
    "street_address": (_("street address"), lambda entry: entry.street_address),
    "postcode": (_("postcode"), lambda entry: entry.postcode),
    "locality": (_("postal town"), lambda entry: entry.locality),
    "latitude": (_("latitude"), lambda entry: entry.latitude),
    "longitude": (_("longitude"), lambda entry: entry.longitude),
    "website": (_("website"), lambda entry: entry.website),
    "phone": (_("phone"), lambda entry: entry.phone),
    "email": (_("e-mail"), lambda entry: entry.email),
    "languages": (_("languages"), lambda entry: in_words(entry.languages, SpokenLanguage.choices)),
    "delivers_nationwide": (
        _("delivers in the whole country"),
        lambda entry: _("Yes") if entry.delivers_nationwide else _("No"),
    ),
    "delivers_to": (
        _("delivers to"),
        lambda entry: in_words(entry.delivers_to, [(c.code, c.name) for c in counties()]),
    ),
    "delivers_within_km": (_("delivers within"), lambda entry: entry.delivers_within_km),
    "procurement": (
        _("forms of procurement"),
        lambda entry: in_words(entry.procurement, Procurement.choices),
    ),
    "criteria": (_("criteria met"), lambda entry: in_words(entry.criteria, Criterion.choices)),
    "target_group_share": (
        _("share from the target group"),
        lambda entry: entry.target_group_share,
    ),
    "target_group_share_on": (_("share counted on"), lambda entry: entry.target_group_share_on),
    "employees": (_("number of employees"), lambda entry: entry.employees),
    "participants": (_("number of participants"), lambda entry: entry.participants),
    "member_since": (_("member of Skoopi since"), lambda entry: entry.member_since),
    "certified_until": (_("certified until"), lambda entry: entry.certified_until),
    "confirmed_on": (_("confirmed"), lambda entry: entry.confirmed_on),
    "url": (_("address"), lambda entry: entry.url),
}


def joined(parts: Iterable[str]) -> str:
    """Return many values as one cell has them."""
    return "; ".join(parts)


def in_words(codes: Iterable[str], choices: Iterable[tuple[Any, Any]]) -> str:
    """Return the labels of ``codes`` in the reader's language, as one cell has them."""
    labels = dict(choices)
    return joined(str(labels[code]) for code in codes if code in labels)


def header() -> list[str]:
    """Return the columns' headings in the reader's language."""
    return [str(heading) for heading, _value in COLUMNS.values()]


def row(entry: Entry) -> list[object]:
    """Return an entry's cells in the order of the columns."""
    return [value(entry) for _heading, value in COLUMNS.values()]
