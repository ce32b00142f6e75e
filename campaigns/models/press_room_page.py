"""The press room."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as Slice
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel

from asflist.figures import sector_figures
from campaigns.enums import PressKind
from campaigns.models.press_contact import ContactLink, contacts_for_reader
from campaigns.models.press_page import PressPage
from campaigns.models.press_picture import PressPicture
from campaigns.models.press_settings import PressSettings
from core.facets import Facet, FacetChoice
from core.models import BasePage
from core.pagination import CountedPaginator

PER_PAGE = 20

#: What ``PressPageQuerySet.tally`` returns.
Tally = list[tuple[PressKind, int, int]]


class PressRoomPage(BasePage):
    """Newest first, whom to call, pictures to take, and ASF in short."""

    kind = _("Press room")
    kind_plural = _("Press rooms")
    kind_icon = "newspaper"
    schema_type = "CollectionPage"
    template = "campaigns/press_room_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "campaigns.PressReleasePage",
        "campaigns.DebateArticlePage",
        "campaigns.MediaBankPage",
    ]
    # One home page a language, so one press room a language.
    max_count_per_parent = 1
    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "contact_links",
            heading=_("Contacts"),
            label=_("Contact"),
            help_text=_("Whom journalists call. They stand at the top of the press room."),
        ),
        InlinePanel(
            "pictures",
            heading=_("Pictures to take"),
            label=_("Picture"),
            help_text=_("Pictures of ASFs that any newspaper may publish."),
        ),
    ]

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = PressPage.objects.child_of(self).listed()
        tally = pages.tally()
        kind = request.GET.get("kind", "")
        kind = kind if kind in PressKind.values else ""
        year = request.GET.get("year", "")
        year = year if year in {str(year) for _kind, year, _number in tally} else ""
        number = count(tally, kind, year)
        if kind:
            pages = pages.of_kind(kind)
        if year:
            pages = pages.from_year(int(year))
        return super().get_context(request, *args, **kwargs) | {
            "page_obj": page_of(pages.with_newspaper().newest_first(), number, request),
            "facets": press_facets(tally, kind, year),
            "filtered": bool(kind or year),
            "contacts": contacts_for_reader(self.contact_links.get_queryset()),
            "pictures": self.pictures.select_related("image"),
            "press_settings": PressSettings.current(),
            "figures": sector_figures(),
        }


def page_of(pages: models.QuerySet[PressPage], number: int, request: HttpRequest) -> Slice:
    """Return the part of ``pages``, which are ``number``, that ``?page=`` asks for.

    The first or the last when there is no such part.
    """
    paginator = CountedPaginator(pages, PER_PAGE, number)
    return paginator.get_page(request.GET.get("page"))


def count(tally: Tally, kind: str, year: str) -> int:
    """Return the number of pages of a kind from a year, either of them empty for all."""
    return sum(
        number
        for row_kind, row_year, number in tally
        if kind in ("", row_kind) and year in ("", str(row_year))
    )


def press_facets(tally: Tally, kind: str, year: str) -> list[Facet]:
    """Return the filters by kind and by year, each counted with the other one applied.

    ``kind`` and ``year`` are what is chosen, empty for all.
    """
    years = dict.fromkeys(str(row_year) for _kind, row_year, _number in tally)
    return [
        Facet(
            "kind",
            gettext("Kind"),
            [
                FacetChoice(value, str(label), count(tally, value, year), selected=value == kind)
                for value, label in PressKind.choices
            ],
        ),
        Facet(
            "year",
            gettext("Year"),
            [
                FacetChoice(value, value, count(tally, kind, value), selected=value == year)
                for value in years
            ],
        ),
    ]


class PressRoomContact(ContactLink):
    """A contact at the top of the press room."""

    page = ParentalKey(PressRoomPage, on_delete=models.CASCADE, related_name="contact_links")


class PressRoomPicture(PressPicture):
    """A picture that the press may take at any time."""

    page = ParentalKey(PressRoomPage, on_delete=models.CASCADE, related_name="pictures")
