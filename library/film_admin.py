"""The listing of films in the admin, with what each still lacks."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import ParentPageColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.menu import PageListMenuItem
from library.completeness import in_short
from library.listing_columns import STATUS_COLUMNS, TITLE_COLUMNS
from library.models import FilmPage
from library.querysets import FilmPageQuerySet

LACKS, WHOLE = "yes", "no"


class FilmFilterSet(PageFilterSet):
    """Films by kind, language and whether they lack anything."""

    missing = django_filters.ChoiceFilter(
        label=_("Something is missing"),
        method="by_completeness",
        choices=[(LACKS, _("Yes")), (WHOLE, _("No"))],
    )

    class Meta:
        model = FilmPage
        fields = ["film_kind", "live", "locale"]

    def by_completeness(self, films: FilmPageQuerySet, name: str, value: str) -> FilmPageQuerySet:
        """Films that lack something, or those that do not."""
        incomplete = FilmPage.objects.incomplete()
        ids = incomplete.values("pk")
        return films.filter(pk__in=ids) if value == LACKS else films.exclude(pk__in=ids)


class FilmIndexView(IndexView):
    """The films with their text tracks, in a number of queries that does not grow."""

    def get_base_queryset(self) -> FilmPageQuerySet:
        films: FilmPageQuerySet = super().get_base_queryset()
        return films.with_tracks()


class FilmListing(PageListingViewSet):
    """All films, with what is easily forgotten: length, and what is missing."""

    model = FilmPage
    name = "films"
    menu_label = _("Films")
    icon = "media"
    menu_item_class = PageListMenuItem
    index_view_class = FilmIndexView
    filterset_class = FilmFilterSet
    list_display = [
        *TITLE_COLUMNS,
        Column(
            "film_kind", label=_("Kind"), accessor="get_film_kind_display", sort_key="film_kind"
        ),
        ParentPageColumn("parent", label=_("Parent page")),
        Column("length", label=_("Length"), accessor="length", sort_key="duration"),
        Column("missing", label=_("Missing"), accessor=in_short),
        *STATUS_COLUMNS,
    ]
