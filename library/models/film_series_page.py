"""Series of films."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS
from library.models.film_page import FilmPage
from library.querysets import FilmPageQuerySet


class FilmSeriesPage(BasePage):
    """Films to be watched in order: the pages under it, in the tree's order."""

    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("For whom the series is, and what one can do after each film."),
    )

    kind = _("Film series")
    kind_plural = _("Film series")
    kind_icon = "list-video"
    schema_type = "CreativeWorkSeries"
    template = "library/film_series_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types = ["library.FilmPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("film series")
        verbose_name_plural = _("film series")

    def films(self) -> FilmPageQuerySet:
        """Return the films that visitors may see, in the tree's order."""
        return FilmPage.objects.listed().child_of(self).order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"films": list(self.films())}
