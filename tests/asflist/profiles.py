"""A rich profile for tests: everything that an enterprise can tell."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from asflist.enums import EntryType
from asflist.models import Enterprise
from tests.asflist.factories import make_enterprise

PROOF = "Stadgarna paragraf 2, hemligt för besökare"


def stream(kind: str, *values: dict[str, Any]) -> str:
    """Return the JSON data of a stream of one kind of block."""
    return json.dumps([{"type": kind, "value": value} for value in values])


def make_rich(make_image: Any = None, pictures: int = 1, **kw: Any) -> Enterprise:
    """Return a published enterprise that has filled in all there is."""
    today = timezone.localdate()
    images = [make_image() for _number in range(pictures)] if make_image else []
    gallery = [{"image": image.pk, "alt": "Två personer bakar bröd"} for image in images]
    return make_enterprise(
        **{
            "delivers_to": ["21", "03"],
            "delivers_within_km": 50,
            "procurement": ["reserved", "direct"],
            "target_group_share": 45,
            "target_group_share_on": today - timedelta(days=30),
            "confirmed_on": today,
            "certified_until": today + timedelta(days=30),
            "member_since": today - timedelta(days=400),
            "references": stream("reference", {"customer": "Bolaget AB", "bought": "Lunch"}),
            "benefit_figures": stream(
                "figure", {"value": "1200.5", "label": "timmar i arbete", "year": 2025}
            ),
            "gallery": stream("picture", *gallery),
            **{f"{name}_proof": PROOF for name in ("integrates", "participation")},
            "integrates": True,
            "participation": True,
            "reinvests": False,
        }
        | kw
    )


def make_seller(*members: Enterprise, **kw: Any) -> Enterprise:
    """Return a published sales organisation with these members."""
    seller = make_enterprise(entry_type=EntryType.SALES_ORGANISATION, **kw)
    seller.members = list(members)
    seller.save()
    return seller
