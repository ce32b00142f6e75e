"""The library's front: everything in it, narrowed by its filters."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS
from library.filters import LibraryFilter
from library.querysets import LibraryQuerySet

PER_PAGE = 24


def as_card(row: BasePage) -> BasePage:
    """Return what the card of ``row`` needs: the film itself, which knows if it is a webinar."""
    film: BasePage | None = getattr(row, "filmpage", None)
    if film is None:
        return row
    film.listing_image, film.locale, film.content_type = (
        row.listing_image,
        row.locale,
        row.content_type,
    )
    return film


class LibraryIndexPage(BasePage):
    """Lists every page under it, of all kinds."""

    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What stands below the list. Often nothing."),
    )

    kind = _("Library")
    kind_plural = _("Libraries")
    kind_icon = "library"
    schema_type = "CollectionPage"
    template = "library/library_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "library.FilmPage",
        "library.FilmSeriesPage",
        "library.HandbookPage",
        "library.GuidancePage",
        "library.TemplatePage",
        "library.ImpactStoryPage",
        "library.ImpactReportPage",
        "library.TheoryOfChangePage",
    ]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def contents(self) -> LibraryQuerySet:
        """Return everything that visitors may see, newest first; chapters are in their books."""
        return LibraryQuerySet(BasePage).in_library(self).newest_first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chosen = LibraryFilter(request.GET, self.contents())
        hits = chosen.apply().with_films()
        page_obj = Paginator(hits, PER_PAGE).get_page(request.GET.get("page"))
        return context | {
            "filter": chosen,
            "facets": chosen.facets(),
            "removable": chosen.removable(page_obj.paginator.count),
            "page_obj": page_obj,
            "items": [as_card(row) for row in page_obj],
        }
