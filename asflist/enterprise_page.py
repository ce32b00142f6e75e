"""What the page of one enterprise shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from asflist.addresses import list_url
from asflist.cards import EnterpriseCard, industry_names, make_cards, rows
from asflist.models.enterprise import Enterprise
from asflist.models.industry import IndustryName
from asflist.places import MAP_VIEW_BOX, counties
from core.navigation import LanguageLink

if TYPE_CHECKING:
    from asflist.models.enterprise_index_page import EnterpriseIndexPage

RELATED = 3


def find_enterprise(slug: str) -> Enterprise | None:
    """Return the published entry with this slug in the reader's language, else in the source's."""
    return rows(Enterprise.objects.published().in_reader_language()).filter(slug=slug).first()


def enterprise_context(
    enterprise: Enterprise, request: HttpRequest, page: EnterpriseIndexPage | None = None
) -> dict[str, Any]:
    """Return the template's context; ``page`` is the list that the enterprise stands under."""
    language = get_language() or settings.LANGUAGE_CODE
    names = industry_names(request)
    chosen = {industry.pk for industry in enterprise.industries.all()}
    industries = [name for pk, name in names.items() if pk in chosen]
    return {
        "page": page,
        "enterprise": enterprise,
        "list_url": list_url(language, request),
        "own_url": enterprise.get_url(request),
        "industries": industries,
        "tags": list(enterprise.tags.all()),
        "texts_lang": "" if enterprise.language == language else enterprise.language,
        "language_links": language_links(enterprise, request, language),
        "related": related(enterprise, request, industries),
        "counties": counties(),
        "view_box": MAP_VIEW_BOX,
    }


def language_links(
    enterprise: Enterprise, request: HttpRequest, language: str
) -> list[LanguageLink]:
    """Return one link for each other language; where there is no translation it leads to the source."""
    translated = set(
        Enterprise.objects.published()
        .filter(translation_key=enterprise.translation_key)
        .values_list("locale__language_code", flat=True)
    )
    return [
        LanguageLink(
            code=code,
            name=name,
            url=enterprise.get_url(request, code),
            translated=code in translated,
        )
        for code, name in settings.LANGUAGES
        if code != language
    ]


def related(
    enterprise: Enterprise,
    request: HttpRequest,
    industries: list[IndustryName],
) -> list[EnterpriseCard]:
    """Return others in the same county and industry, then others in the county; by name."""
    others = list(
        rows(Enterprise.objects.published().in_reader_language())
        .in_county(enterprise.county_code)
        .exclude(translation_key=enterprise.translation_key)
        .in_industries_first([industry.pk for industry in industries])[:RELATED]
    )
    return make_cards(others, request)
