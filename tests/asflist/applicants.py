"""An applicant at the public form: what is typed, step by step, and the links in the mails."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.test import Client
from django.urls import reverse

from asflist.models import Enterprise
from tests.asflist.factories import make_industry, organisation_number
from tests.campaigns.organisers import Browser, errors_in, link_in, step_of

__all__ = ["Browser", "errors_in", "link_in", "step_of"]

EMAIL = "kim@example.com"
OFFER = "Lunch och fika till möten.\n\nVi kör ut:\n- i hela Gävle\n- varje vardag"


def answers() -> dict[str, dict[str, Any]]:
    """Return right answers to every step but the first."""
    return {
        "who": {
            "name": "Kvarterscaféet",
            "legal_form": "economic_association",
            "employees": "4",
            "participants": "9",
        },
        "where": {
            "municipality": "2180",
            "street_address": "Brynässtigen 2",
            "postcode": "802 50",
            "locality": "Gävle",
            "delivers_to": ["21", "17"],
            "delivers_within_km": "80",
        },
        "offers": {
            "industries": [str(make_industry().pk)],
            "summary": "Vi lagar lunch och fika åt kontor i Gävle.",
            "offer": OFFER,
            "procurement": ["direct", "reserved"],
            "languages": ["sv", "ar"],
            "tags": "smörgåstårta, fika",
        },
        "benefit": {
            "social_benefit": "Hos oss arbetar den som har stått länge utanför.",
            "rows": "1",
            "value-0": "11,5",
            "label-0": "har gått vidare till arbete",
            "year-0": "2025",
        },
        "criteria": {
            name: value
            for criterion in ("integrates", "participation", "reinvests", "independent")
            for name, value in ((criterion, "yes"), (f"{criterion}_proof", "Stadgarna, 2 §."))
        }
        | {"target_group_share": "70", "target_group_share_on": "2026-03-01"},
        "references": {
            "rows": "1",
            "customer-0": "Gävle kommun",
            "bought-0": "Fika till fullmäktige sedan 2021",
        },
        "pictures": {"picture_alt": ""},
        "contact": {
            "phone": "026-12 34 56",
            "email": "hej@kvarterscafeet.example",
            "website": "kvarterscafeet.example",
            "owner_name": "Kim i kassan",
            "owner_email": EMAIL,
            "owner_phone": "",
        },
    }


def begin(client: Client, number: str = "", email: str = "") -> str:
    """Give the number on the start page, and return the address of the first step."""
    number = number or organisation_number()
    data = {"organisation_number": number, "email": email, "website": ""}
    response = client.post(reverse("application_start"), data)
    assert response.status_code == 302, errors_in(response)
    return response.url


def fill_in(client: Client, url: str, **changes: dict[str, Any]) -> str:
    """Answer every step as ``answers`` with ``changes`` by step; return the page to check."""
    for step, given in answers().items():
        response = client.post(step_of(url, step), given | changes.get(step, {}))
        assert response.status_code == 302, f"{step}: {errors_in(response)}"
    return step_of(url, "check")


def send(client: Client, url: str) -> Any:
    """Press the last button."""
    return client.post(step_of(url, "check"), {"promise": "on"})


def apply(client: Client, number: str = "", **changes: dict[str, Any]) -> str:
    """Send an application in; return the path of the page to confirm."""
    url = begin(client, number)
    fill_in(client, url, **changes)
    assert send(client, url).status_code == 302
    return link_in(mail.outbox[-1], "bekrafta", "confirm")


def apply_and_confirm(client: Client, number: str = "", **changes: dict[str, Any]) -> Enterprise:
    """Send an application in and confirm the address; return the entry."""
    number = number or organisation_number()
    response = client.post(apply(client, number, **changes))
    assert response.status_code == 302, response.content.decode()
    return Enterprise.objects.in_source_language().get(organisation_number=number)


def token_of(url: str) -> str:
    """Return the signed part of a step's address."""
    found = re.search(r"/([^/]+)/[^/]+/$", urlsplit(url).path)
    return found[1] if found else ""
