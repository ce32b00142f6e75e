"""Other entries that may be the same enterprise, or somebody's second try."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from asflist.models import Enterprise, EnterpriseOwner
from asflist.text import sort_key, words

#: How alike two names must be (difflib's ratio, 0–1), and how many entries are compared at most.
SIMILAR = 0.8
MOST_COMPARED = 500
MOST_SHOWN = 15
#: Words of a name that say nothing of whose it is.
COMMON = {"ab", "asf", "ekonomisk", "ek", "förening", "för", "i", "och", "ideell", "kooperativet"}
#: Mail providers whose addresses have nothing in common but the provider.
PROVIDERS = {
    *("gmail.com", "hotmail.com", "hotmail.se", "icloud.com", "live.com", "live.se", "me.com"),
    *("msn.com", "outlook.com", "outlook.se", "protonmail.com", "spray.se", "telia.com"),
    *("yahoo.com", "yahoo.se", "bredband.net", "comhem.se", "home.se"),
}


@dataclass(frozen=True)
class Alike:
    """An entry in the source language, and in what it is alike."""

    enterprise: Enterprise
    reasons: list[Any]


def find_alike(enterprise: Enterprise) -> list[Alike]:
    """Return the entries in any state that may be the same enterprise; at most six queries."""
    others = (
        Enterprise.objects.in_source_language()
        .exclude(translation_key=enterprise.translation_key)
        .defer("offer", "social_benefit", "references", "benefit_figures", "gallery")
    )
    found: dict[int, Enterprise] = {}
    reasons: dict[int, list[Any]] = defaultdict(list)
    for reason, entries in (
        (_("The same organisation number"), same_number(enterprise, others)),
        (_("A similar name"), similar_name(enterprise, others)),
        (_("The same website"), same_website(enterprise, others)),
        (_("The same e-mail domain"), same_domain(enterprise, others)),
        (_("The same phone number"), same_phone(enterprise, others)),
        (_("The same owner"), same_owner(enterprise, others)),
    ):
        for other in entries:
            found[other.pk] = other
            reasons[other.pk].append(reason)
    by_weight = sorted(found, key=lambda pk: (-len(reasons[pk]), found[pk].sort_key))
    return [Alike(found[pk], reasons[pk]) for pk in by_weight[:MOST_SHOWN]]


def same_number(enterprise: Enterprise, others: QuerySet[Enterprise]) -> list[Enterprise]:
    """Return the entries with the organisation number."""
    number = enterprise.organisation_number
    return list(others.filter(organisation_number=number)[:MOST_SHOWN]) if number else []


def own_words(name: str) -> list[str]:
    """Return the words of a name that tell it from others, in the alphabet's own key."""
    return [sort_key(word) for word in words(name) if word not in COMMON]


def similar_name(enterprise: Enterprise, others: QuerySet[Enterprise]) -> list[Enterprise]:
    """Return the entries whose name is nearly the same, word order and legal form apart."""
    own = own_words(enterprise.name)
    starts = [Q(sort_key__contains=word[:4]) for word in own if len(word) > 2]
    if not starts:
        return []
    candidates = others.filter(reduce(or_, starts))[:MOST_COMPARED]
    return [other for other in candidates if is_similar(own, own_words(other.name))]


def is_similar(one: list[str], other: list[str]) -> bool:
    """Whether the words of two names are alike by difflib's ratio, in whatever order."""
    matcher = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other)))
    return matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


def same_website(enterprise: Enterprise, others: QuerySet[Enterprise]) -> list[Enterprise]:
    """Return the entries whose website is on the same host."""
    host = host_of(enterprise.website)
    if not host:
        return []
    return [
        other
        for other in others.filter(website__icontains=host)[:MOST_COMPARED]
        if host_of(other.website) == host
    ]


def host_of(website: str) -> str:
    """Return the host of an address without ``www.``, ``""`` when there is none."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def same_domain(enterprise: Enterprise, others: QuerySet[Enterprise]) -> list[Enterprise]:
    """Return the entries with an address at the same domain, unless a provider's."""
    domain = enterprise.email.rpartition("@")[2].lower()
    if not domain or domain in PROVIDERS:
        return []
    return list(others.filter(email__iendswith=f"@{domain}")[:MOST_SHOWN])


def same_phone(enterprise: Enterprise, others: QuerySet[Enterprise]) -> list[Enterprise]:
    """Return the entries with the same phone number, however it is written."""
    own = digits(enterprise.phone)
    if not own:
        return []
    candidates = others.filter(phone__regex="[^0-9]*".join(own) + "[^0-9]*$")[:MOST_COMPARED]
    return [other for other in candidates if digits(other.phone) == own]


def digits(phone: str) -> str:
    """Return the digits of a Swedish number without its country code."""
    found = "".join(character for character in phone if character.isdecimal())
    return found.removeprefix("0046").removeprefix("46").removeprefix("0")


def same_owner(enterprise: Enterprise, others: QuerySet[Enterprise]) -> list[Enterprise]:
    """Return the entries that somebody with the same address looks after."""
    owners = EnterpriseOwner.objects.filter(enterprise=enterprise.pk)
    asked = [Q(owners__email__iexact=owner.email) for owner in owners]
    if not asked:
        return []
    return list(others.filter(reduce(or_, asked)).distinct()[:MOST_SHOWN])
