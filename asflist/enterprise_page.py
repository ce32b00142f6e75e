"""What the page of one enterprise shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Value
from django.http import HttpRequest
from django.utils.translation import get_language

from asflist.addresses import keep_list_urls, list_url
from asflist.cards import EnterpriseCard, industry_names, make_cards, rows
from asflist.enums import EntryType
from asflist.mentions import county_page, events_of, pages_from
from asflist.models.enterprise import Enterprise, EnterpriseTag
from asflist.places import MAP_VIEW_BOX, counties
from asflist.reach import reach_in_words, ways_to_buy
from asflist.sales_organisations import members_of, sellers_of
from asflist.structured_data import DescribedEnterprise
from core.models import CustomImage
from core.navigation import LanguageLink

if TYPE_CHECKING:
    from asflist.models.enterprise_index_page import EnterpriseIndexPage
    from asflist.models.industry import IndustryName

RELATED = 3


@dataclass(frozen=True)
class GalleryPicture:
    """A picture that may be shown, with the enterprise's own words for what one sees in it."""

    image: CustomImage
    alt: str


def find_versions(slug: str) -> dict[str, Enterprise]:
    """Return the published entries with this slug by language; translations share their slug."""
    found = rows(Enterprise.objects.published()).filter(slug=slug)
    return {enterprise.language: enterprise for enterprise in found}


def reader_version(versions: dict[str, Enterprise]) -> Enterprise | None:
    """Return the version in the active language, else the source, else None."""
    return versions.get(get_language() or "") or versions.get(settings.LANGUAGE_CODE)


def enterprise_context(
    enterprise: Enterprise,
    request: HttpRequest,
    page: EnterpriseIndexPage | None = None,
    languages: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the template's context.

    ``page`` is the list that the enterprise stands under, ``languages`` those it is published in.
    A preview shows the industries and the members of the draft.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if page is not None:
        keep_list_urls(page, request)
    cards = related_cards(enterprise, request, draft=getattr(request, "is_preview", False))
    return {
        "page": page,
        "enterprise": enterprise,
        "is_seller": enterprise.entry_type == EntryType.SALES_ORGANISATION,
        "list_url": list_url(language, request),
        "own_url": enterprise.get_url(request),
        "industries": cards.industries,
        "tags": cards.tags,
        "reach": reach_in_words(enterprise),
        "ways_to_buy": ways_to_buy(enterprise),
        "gallery": gallery_of(enterprise),
        "texts_lang": "" if enterprise.language == language else enterprise.language,
        "language_links": [
            # Where there is no translation, the entry stands in Swedish at the same address.
            LanguageLink(code, name, enterprise.get_url(request, code), code in languages)
            for code, name in settings.LANGUAGES
            if code != language
        ],
        "pages": pages_from(enterprise),
        "events": events_of(enterprise, request),
        "county_url": county_page(enterprise.county, request),
        "members": cards.members,
        "sellers": cards.sellers,
        "related": cards.neighbours,
        "described": DescribedEnterprise(
            enterprise, cards.industries, cards.members, cards.sellers
        ),
        "share": {"share_url": enterprise.share_path},
        "counties": counties(),
        "view_box": MAP_VIEW_BOX,
    }


@dataclass(frozen=True)
class RelatedCards:
    """The enterprise's own industries and tags, and the cards of the entries around it."""

    industries: list[IndustryName]
    tags: list[str]
    members: list[EnterpriseCard]
    sellers: list[EnterpriseCard]
    neighbours: list[EnterpriseCard]


def related_cards(enterprise: Enterprise, request: HttpRequest, *, draft: bool) -> RelatedCards:
    """Return what leads on from the enterprise; two queries, and the industries' names.

    ``partners`` are a sales organisation's members, or the organisations that sell for others.
    """
    is_seller = enterprise.entry_type == EntryType.SALES_ORGANISATION
    partners = members_of(enterprise, draft=draft) if is_seller else sellers_of(enterprise)
    near = (
        Enterprise.objects.published()
        .in_reader_language()
        .in_county(enterprise.county_code)
        .exclude(translation_key=enterprise.translation_key)
        .exclude(pk__in=partners.order_by().values("pk"))
        .like_first(enterprise)[:RELATED]
    )
    found = list(
        rows(
            Enterprise.objects.filter(
                Q(pk__in=partners.order_by().values("pk")) | Q(pk__in=near.values("pk"))
            )
            .annotate(is_partner=Exists(partners.order_by().filter(pk=OuterRef("pk"))))
            .alphabetical()
        )
    )
    ids, tags = industries_and_tags(enterprise, found)
    if draft:
        ids[enterprise.pk] = [industry.pk for industry in enterprise.industries.all()]
        tags = [tag.name for tag in enterprise.tags.all()]
    own = set(ids[enterprise.pk])
    found.sort(key=lambda other: own.isdisjoint(ids[other.pk]))  # stable: then by name
    cards = {
        is_partner: make_cards(
            [other for other in found if other.is_partner is is_partner], request, ids=ids
        )
        for is_partner in (True, False)
    }
    return RelatedCards(
        industries=[name for pk, name in industry_names(request).items() if pk in own],
        tags=tags,
        members=cards[True] if is_seller else [],
        sellers=[] if is_seller else cards[True],
        neighbours=cards[False],
    )


def industries_and_tags(
    enterprise: Enterprise, others: Iterable[Enterprise]
) -> tuple[dict[int, list[int]], list[str]]:
    """Return each one's industries by id, and the enterprise's own tags; one query for both."""
    keys = [enterprise.pk, *(other.pk for other in others)]
    industries = Enterprise.industries.through.objects.filter(enterprise_id__in=keys)
    tagged = EnterpriseTag.objects.filter(content_object_id=enterprise.pk)
    found = industries.values_list("enterprise_id", "industry_id", Value("")).union(
        tagged.values_list("content_object_id", Value(0), "tag__name"), all=True
    )
    ids: defaultdict[int, list[int]] = defaultdict(list)
    tags = []
    for enterprise_id, industry_id, tag in found:
        if tag:
            tags.append(tag)
        else:
            ids[enterprise_id].append(industry_id)
    return ids, sorted(tags)


def gallery_of(enterprise: Enterprise) -> list[GalleryPicture]:
    """Return the gallery's pictures, without those whose consent has ended or that are gone."""
    pictures = [child.value for child in enterprise.gallery]
    return [
        GalleryPicture(picture["image"], picture["alt"])
        for picture in pictures
        if picture["image"] and not picture["image"].is_expired
    ]
