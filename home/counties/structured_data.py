"""Counties, districts and surveys as schema.org knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from asflist.models import District
from asflist.places import County
from asflist.regions.results import Results


@dataclass(frozen=True)
class Described:
    """What ``{% json_ld %}`` renders."""

    data: dict[str, Any]

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the description with its context."""
        return {"@context": "https://schema.org", **self.data}


def describe_county(county: County, url: str) -> Described:
    """Return a county as https://schema.org/AdministrativeArea; the code is Statistics Sweden's."""
    return Described(
        {
            "@type": "AdministrativeArea",
            "@id": url,
            "name": county.name,
            "url": url,
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "länskod",
                "value": county.code,
            },
            "containedInPlace": {"@type": "Country", "name": "Sweden"},
        }
    )


def describe_district(district: District, url: str) -> Described:
    """Return a district as an organisation that serves its counties."""
    return Described(
        {
            "@type": "Organization",
            "@id": url,
            "name": district.name,
            "url": url,
            "areaServed": [
                {"@type": "AdministrativeArea", "name": place.name} for place in district.places
            ],
        }
    )


def describe_results(results: Results, url: str, csv_url: str) -> Described:
    """Return a survey as https://schema.org/Dataset with its file."""
    survey = results.survey
    data: dict[str, Any] = {
        "@type": "Dataset",
        "@id": url,
        "name": survey.title,
        "description": survey.introduction or survey.title,
        "url": url,
        "creator": {"@type": "Organization", "name": survey.source},
        "spatialCoverage": {"@type": "Country", "name": "Sweden"},
        "variableMeasured": [question.text for question in results.questions],
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": csv_url,
        },
    }
    if results.rounds:
        first, last = results.rounds[0].asked_on, results.rounds[-1].asked_on
        data["temporalCoverage"] = f"{first:%Y-%m}/{last:%Y-%m}"
    return Described(data)
