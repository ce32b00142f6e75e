"""Enterprises as lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from asflist.addresses import list_url
from asflist.finding.search import Hit
from asflist.models.enterprise import Enterprise
from asflist.models.industry import Industry, IndustryName
from asflist.models.querysets import EnterpriseQuerySet

CACHE_NAME = "_industry_names"


@dataclass(frozen=True)
class EnterpriseCard:
    """An enterprise with its address and the names of its industries in the reader's language.

    ``lang`` is the language of its texts where that is not the reader's, else ``""``. ``hit`` tells
    how far it is, where it was searched for.
    """

    enterprise: Enterprise
    url: str
    industries: list[str]
    lang: str
    hit: Hit | None = None


def rows(enterprises: EnterpriseQuerySet) -> EnterpriseQuerySet:
    """Ask in the same query for what a card touches."""
    return enterprises.select_related("locale", "logo", "picture")


def industry_names(request: HttpRequest | None) -> dict[int, IndustryName]:
    """Return ``Industry.objects.names()``, asked for once a request and language."""
    language = get_language() or settings.LANGUAGE_CODE
    known: dict[str, dict[int, IndustryName]] = getattr(request, CACHE_NAME, {})
    if language not in known:
        known = known | {language: Industry.objects.names(language)}
        if request is not None:
            setattr(request, CACHE_NAME, known)
    return known[language]


def industry_ids(enterprises: Iterable[Enterprise]) -> dict[int, list[int]]:
    """Return the ids of each enterprise's industries; one query however many they are."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    keys = [enterprise.pk for enterprise in enterprises]
    through = Enterprise.industries.through.objects.filter(enterprise_id__in=keys)
    for enterprise_id, industry_id in through.values_list("enterprise_id", "industry_id"):
        found[enterprise_id].append(industry_id)
    return found


def make_cards(
    enterprises: Iterable[Enterprise],
    request: HttpRequest | None,
    *,
    url: str | None = None,
    ids: dict[int, list[int]] | None = None,
) -> list[EnterpriseCard]:
    """Return a card for each of the ``rows``; at most three queries, none when there are no rows.

    A caller that knows the list's ``url`` in the reader's language, or the enterprises'
    ``industry_ids``, saves the query for it.
    """
    enterprises = list(enterprises)
    if not enterprises:
        return []
    language = get_language() or settings.LANGUAGE_CODE
    names = industry_names(request)
    url = list_url(language, request) if url is None else url
    ids = industry_ids(enterprises) if ids is None else ids
    return [
        EnterpriseCard(
            enterprise=enterprise,
            url=f"{url}{enterprise.slug}/" if url else "",
            industries=[
                name.name for pk, name in names.items() if pk in ids.get(enterprise.pk, [])
            ],
            lang="" if enterprise.language == language else enterprise.language,
        )
        for enterprise in enterprises
    ]
