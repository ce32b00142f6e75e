"""Enterprises as schema.org knows them. What is told there is what the page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from asflist.places import counties_by_code

if TYPE_CHECKING:
    from asflist.cards import EnterpriseCard
    from asflist.models.enterprise import Enterprise
    from asflist.models.industry import IndustryName

METRES = 1000  # a kilometre
ASSOCIATION = {"@type": "Organization", "name": "Skoopi"}


@dataclass(frozen=True)
class DescribedEnterprise:
    """An enterprise with what its page shows around it, for ``{% json_ld %}``."""

    enterprise: Enterprise
    industries: list[IndustryName] = field(default_factory=list)
    members: list[EnterpriseCard] = field(default_factory=list)
    sellers: list[EnterpriseCard] = field(default_factory=list)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the enterprise, its offers, and the organisations it belongs to or consists of."""
        data = describe_enterprise(self.enterprise, request) | {
            "makesOffer": [
                {"@type": "Offer", "itemOffered": {"@type": "Service", "name": industry.name}}
                for industry in self.industries
            ],
            "member": list(describe_cards(self.members, request)),
            "memberOf": [
                *([ASSOCIATION] if self.enterprise.member else []),
                *describe_cards(self.sellers, request),
            ],
        }
        return known(data)


def describe_cards(
    cards: Iterable[EnterpriseCard], request: HttpRequest
) -> Iterable[dict[str, Any]]:
    """Yield other organisations by name and address."""
    for card in cards:
        yield known(
            {
                "@type": "Organization",
                "name": card.enterprise.name,
                "url": request.build_absolute_uri(card.url) if card.url else "",
            }
        )


def describe_enterprise(enterprise: Enterprise, request: HttpRequest) -> dict[str, Any]:
    """Return ``enterprise`` as https://schema.org/Organization; what is unknown is left out."""
    page_url = request.build_absolute_uri(enterprise.get_url(request))
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": page_url,
        "name": enterprise.name,
        "description": enterprise.summary,
        "url": enterprise.safe_website or page_url,
        "mainEntityOfPage": page_url,
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "organisationsnummer",
            "value": enterprise.organisation_number,
        },
        "address": describe_address(enterprise),
        "areaServed": describe_reach(enterprise),
        "telephone": enterprise.tel,
        "email": enterprise.email,
        "knowsLanguage": list(enterprise.languages or []),
        "hasCredential": describe_certificate(enterprise),
    }
    if enterprise.employees is not None:
        data["numberOfEmployees"] = {"@type": "QuantitativeValue", "value": enterprise.employees}
    if enterprise.logo and enterprise.logo.share_url:
        data["logo"] = request.build_absolute_uri(enterprise.logo.share_url)
    if share := enterprise.share_path:
        data["image"] = request.build_absolute_uri(share)
    return known(data)


def describe_address(enterprise: Enterprise) -> dict[str, Any]:
    """Return where the enterprise is as https://schema.org/PostalAddress."""
    place = enterprise.place
    return known(
        {
            "@type": "PostalAddress",
            "streetAddress": enterprise.street_address,
            "postalCode": enterprise.postcode,
            "addressLocality": enterprise.locality or (place.name if place else ""),
            "addressRegion": place.county.name_sv if place else "",
            "addressCountry": "SE",
        }
    )


def describe_reach(enterprise: Enterprise) -> Any:
    """Return where the enterprise delivers, by default in its own county; one area or several."""
    place, counties = enterprise.place, counties_by_code()
    if enterprise.delivers_nationwide:
        return {"@type": "Country", "name": "Sverige"}
    areas: list[dict[str, Any]] = [
        {"@type": "AdministrativeArea", "name": counties[code].name_sv}
        for code in sorted(enterprise.delivers_to or [])
        if code in counties
    ]
    if enterprise.delivers_within_km and place:
        latitude, longitude = enterprise.point or (place.lat, place.lon)
        areas.append(
            {
                "@type": "GeoCircle",
                "geoMidpoint": {
                    "@type": "GeoCoordinates",
                    "latitude": latitude,
                    "longitude": longitude,
                },
                "geoRadius": enterprise.delivers_within_km * METRES,
            }
        )
    if place and not areas:
        areas.append({"@type": "AdministrativeArea", "name": place.county.name_sv})
    return areas[0] if len(areas) == 1 else areas


def describe_certificate(enterprise: Enterprise) -> dict[str, Any]:
    """Return the certificate with its last day while it is valid, else nothing."""
    if not enterprise.certified:
        return {}
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": "certification",
        "recognizedBy": ASSOCIATION,
        "expires": enterprise.certified.isoformat(),
    }


def known(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` without what is empty."""
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}
