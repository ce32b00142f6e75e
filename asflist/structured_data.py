"""Enterprises as schema.org knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from asflist.models.enterprise import Enterprise


def describe_enterprise(enterprise: Enterprise, request: HttpRequest) -> dict[str, Any]:
    """Return ``enterprise`` as https://schema.org/Organization; what is unknown is left out."""
    place = enterprise.place
    page_url = request.build_absolute_uri(enterprise.get_url(request))
    share = enterprise.share_picture
    address = {
        "@type": "PostalAddress",
        "streetAddress": enterprise.street_address,
        "postalCode": enterprise.postcode,
        "addressLocality": enterprise.locality or (place.name if place else ""),
        "addressRegion": place.county.name_sv if place else "",
        "addressCountry": "SE",
    }
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
        "address": {key: value for key, value in address.items() if value},
        "telephone": enterprise.tel,
        "email": enterprise.email,
        "knowsLanguage": list(enterprise.languages or []),
    }
    if place:
        data["areaServed"] = {"@type": "AdministrativeArea", "name": place.county.name_sv}
    if enterprise.employees is not None:
        data["numberOfEmployees"] = {"@type": "QuantitativeValue", "value": enterprise.employees}
    if enterprise.logo and enterprise.logo.share_url:
        data["logo"] = request.build_absolute_uri(enterprise.logo.share_url)
    if share and share.share_url:
        data["image"] = request.build_absolute_uri(share.share_url)
    return {key: value for key, value in data.items() if value not in ("", [], {})}
