"""What the page of one enterprise shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail import hooks

from asflist.addresses import list_url
from asflist.cards import industry_ids, industry_names, make_cards, rows
from asflist.models.enterprise import Enterprise
from asflist.places import MAP_VIEW_BOX, counties
from core.models import BasePage
from core.navigation import LanguageLink

if TYPE_CHECKING:
    from asflist.models.enterprise_index_page import EnterpriseIndexPage

RELATED = 3
#: Rooms above tell here of pages about an enterprise: each function registered for the hook takes
#: the enterprise and returns rows of ``BasePage.objects.listed()`` in the reader's language.
STORIES_HOOK = "stories_of_enterprise"


def find_versions(slug: str) -> dict[str, Enterprise]:
    """Return the published entries with this slug by language; translations share their slug."""
    found = rows(Enterprise.objects.published()).filter(slug=slug)
    return {enterprise.language: enterprise for enterprise in found}


def reader_version(versions: dict[str, Enterprise]) -> Enterprise | None:
    """Return the version in the active language, else the source, else None."""
    return versions.get(get_language() or "") or versions.get(settings.LANGUAGE_CODE)


def stories_of(enterprise: Enterprise) -> list[BasePage]:
    """Return the newest pages that rooms above have on the enterprise; one query for each room."""
    rows = [page for tell in hooks.get_hooks(STORIES_HOOK) for page in tell(enterprise)[:RELATED]]
    return rows[:RELATED]


def enterprise_context(
    enterprise: Enterprise,
    request: HttpRequest,
    page: EnterpriseIndexPage | None = None,
    languages: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the template's context.

    ``page`` is the list that the enterprise stands under, ``languages`` those it is published in.
    A preview shows the industries of the draft.
    """
    language = get_language() or settings.LANGUAGE_CODE
    neighbours = list(
        rows(Enterprise.objects.published().in_reader_language())
        .in_county(enterprise.county_code)
        .exclude(translation_key=enterprise.translation_key)
        .like_first(enterprise)[:RELATED]
    )
    ids = industry_ids([enterprise, *neighbours])
    if getattr(request, "is_preview", False):
        ids[enterprise.pk] = [industry.pk for industry in enterprise.industries.all()]
    return {
        "page": page,
        "enterprise": enterprise,
        "list_url": list_url(language, request),
        "own_url": enterprise.get_url(request),
        "industries": [
            name for pk, name in industry_names(request).items() if pk in ids[enterprise.pk]
        ],
        "tags": list(enterprise.tags.all()),
        "texts_lang": "" if enterprise.language == language else enterprise.language,
        "language_links": [
            # Where there is no translation, the entry stands in Swedish at the same address.
            LanguageLink(code, name, enterprise.get_url(request, code), code in languages)
            for code, name in settings.LANGUAGES
            if code != language
        ],
        "stories": stories_of(enterprise),
        "related": make_cards(neighbours, request, ids=ids),
        "counties": counties(),
        "view_box": MAP_VIEW_BOX,
    }
