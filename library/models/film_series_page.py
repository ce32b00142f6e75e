"""Series of films."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS
from library.film_data import series_parts
from library.models.film_page import FilmPage
from library.querysets import FilmPageQuerySet
from library.series import total_length


class FilmSeriesPage(BasePage):
    """Films to be watched in order: the pages under it, in the tree's order."""

    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("For whom the series is, and what one can do after each film."),
    )

    kind = _("Film series")
    kind_plural = pgettext_lazy("several", "Film series")
    kind_icon = "list-video"
    schema_type = "CreativeWorkSeries"
    template = "library/film_series_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types = ["library.FilmPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("film series")
        verbose_name_plural = pgettext_lazy("several", "film series")

    def films(self) -> FilmPageQuerySet:
        """Return the films that visitors may see, in the tree's order."""
        return FilmPage.objects.in_series_at(self.path)

    @cached_property
    def shown_films(self) -> list[FilmPage]:
        """The films of ``films``, asked for once."""
        return list(self.films())

    @property
    def length(self) -> str:
        """How long all films are together, as readers write it; empty where one is not known."""
        return total_length(self.shown_films)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the series as a schema.org ``CreativeWorkSeries`` with its films in order."""
        data = super().structured_data(request)
        return data | {"hasPart": series_parts(self.shown_films, request)}
