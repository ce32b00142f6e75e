"""What the demonstration's enterprises tell buyers: reach, figures, references, pictures."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from asflist.enums import Criterion, LegalForm
from asflist.models import Enterprise
from home.demo import content
from home.demo.bodies import Keys, block_id
from home.demo.content import in_language

#: How each legal form shows that it meets the criteria; reviewers see it, visitors do not.
PROOFS: dict[str, dict[str, str]] = {
    LegalForm.ECONOMIC_ASSOCIATION: {
        "integrates": "Stadgarna § 2: ändamålet är att ge arbete åt den som står långt från det.",
        "participation": "En medlem, en röst. Stämmans protokoll visar vilka beslut som togs.",
        "reinvests": "Stadgarna § 14: överskottet stannar i föreningen. Se årsredovisningen.",
        "independent": "Medlemmarna väljer styrelsen. Ingen kommun eller region är medlem.",
    },
    LegalForm.NON_PROFIT_ASSOCIATION: {
        "integrates": "Verksamhetsberättelsen beskriver arbetsträning och anställning som mål.",
        "participation": "Deltagare är medlemmar och sitter i styrelsen enligt protokollen.",
        "reinvests": "Föreningen delar inte ut något. Se årsbokslutet.",
        "independent": "Styrelsen väljs av årsmötet. Inget offentligt organ utser ledamöter.",
    },
    LegalForm.LIMITED_COMPANY: {
        "integrates": "Bolagsordningen § 3 har arbetsintegration som föremål för verksamheten.",
        "participation": "Husmöte varje månad och en plats i styrelsen, se protokollen.",
        "reinvests": "Bolag med begränsad vinstutdelning enligt 32 kap. aktiebolagslagen.",
        "independent": "Alla aktier ägs av en förening och av dem som arbetar här.",
    },
    LegalForm.FOUNDATION: {
        "integrates": "Stiftelseförordnandet: att skapa arbete åt den som har svårt att få det.",
        "participation": "Ett råd av deltagare yttrar sig över budget och inköp.",
        "reinvests": "Avkastningen används för ändamålet. Se årsredovisningen.",
        "independent": "Styrelsen utser själv nya ledamöter. Ingen utses av det offentliga.",
    },
}


def fill_profile(
    enterprise: Enterprise, key: str, profile: dict[str, Any], keys: Keys, language: str
) -> None:
    """Fill what is told in words and pictures, in ``language``."""
    told = in_language(profile, language)
    references = [
        {"customer": customer, "bought": bought} for customer, bought in told.get("references", [])
    ]
    figures = [
        {"value": str(value), "label": label, "year": keys.today.year - years}
        for value, label, years in told.get("figures", [])
    ]
    alts = in_language(pictures_in_words(), language)
    gallery = [
        {"image": keys.images[picture], "alt": alts[picture]} for picture in told.get("gallery", [])
    ]
    enterprise.references = stream(key, "reference", references)
    enterprise.benefit_figures = stream(key, "figure", figures)
    enterprise.gallery = stream(key, "picture", gallery)


def fill_standing(enterprise: Enterprise, profile: dict[str, Any], today: date) -> None:
    """Fill what is not told in words, with days counted from ``today``."""
    reach = profile.get("reach", {})
    enterprise.delivers_nationwide = reach.get("nationwide", False)
    enterprise.delivers_to = reach.get("counties", [])
    enterprise.delivers_within_km = reach.get("km")
    enterprise.procurement = profile.get("buy", [])
    enterprise.latitude, enterprise.longitude = profile.get("at", (None, None))
    if "share" in profile:
        percent, days_ago = profile["share"]
        enterprise.target_group_share = percent
        enterprise.target_group_share_on = today - timedelta(days=days_ago)
    enterprise.confirmed_on = today - timedelta(days=profile["confirmed"])
    if "certified" in profile:
        enterprise.certified_until = today + timedelta(days=profile["certified"])


def fill_criteria(enterprise: Enterprise) -> None:
    """Say that every criterion is met, and how one sees it."""
    proofs = PROOFS[enterprise.legal_form]
    for criterion in Criterion:
        setattr(enterprise, criterion.value, True)
        setattr(enterprise, f"{criterion.value}_proof", proofs[criterion.value])


def pictures_in_words() -> dict[str, Any]:
    """Return what one sees in each of the demonstration's pictures, in both languages."""
    bank = content.read("press")["media_bank"]
    return {item["image"]: item["alt"] for item in bank if "image" in item} | {
        "camera": {
            "sv": "Illustration: en person filmar en bagare med bröd i famnen.",
            "en": "Illustration: a person films a baker with an armful of bread.",
        },
        "graph": {
            "sv": "Illustration: tre personer bygger en trappa av pusselbitar.",
            "en": "Illustration: three people build a staircase of puzzle pieces.",
        },
        "handshake": {
            "sv": "Illustration: två personer skakar hand framför ett fönster.",
            "en": "Illustration: two people shake hands in front of a window.",
        },
        "puzzle": {
            "sv": "Illustration: två personer fogar ihop stora pusselbitar.",
            "en": "Illustration: two people fit large puzzle pieces together.",
        },
    }


def stream(key: str, kind: str, values: list[dict[str, Any]]) -> str:
    """Return the JSON data of a stream of one kind of block."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": block_id(f"enterprise/{key}/{kind}", place)}
            for place, value in enumerate(values)
        ]
    )
