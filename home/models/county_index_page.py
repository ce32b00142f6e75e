"""The counties: a page for each, with districts and surveys beside them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BODY_BLOCKS
from core.models import BasePage


class CountyIndexPage(RoutablePageMixin, BasePage):
    """The map and list of counties and districts; one in each language."""

    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What readers must know about counties and districts. It stands below them."),
    )

    kind = _("Counties")
    kind_plural = _("Counties")
    kind_icon = "map"
    schema_type = "CollectionPage"
    template = "home/county_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page of counties")
        verbose_name_plural = _("pages of counties")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """One in each language, under the language's home page."""
        return bool(super().can_create_at(parent)) and not (
            cls.objects.filter(locale=parent.locale_id).exists()
        )

    @path("")
    def show_counties(self, request: HttpRequest) -> HttpResponse:
        """Show the map, the counties, the districts and the surveys."""
        from home.counties.views import show_index

        return show_index(self, request)

    @path("<slug:slug>/")
    def show_county(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a county; 404 for what is none."""
        from home.counties.views import show_county

        return show_county(self, request, slug)

    @path("<slug:part>/<slug:slug>/")
    def show_part(self, request: HttpRequest, part: str, slug: str) -> HttpResponse:
        """Show a district or a survey."""
        from home.counties.views import show_part

        return show_part(self, request, part, slug)

    @path("<slug:part>/<slug:slug>/csv/")
    def send_figures(self, request: HttpRequest, part: str, slug: str) -> HttpResponse:
        """Answer with a survey's figures as a file."""
        from home.counties.views import send_figures

        return send_figures(self, request, part, slug)

    def get_searchable_text(self) -> list[str]:
        """Return the body and every county: readers search for “Gävleborgs län”."""
        from asflist.models import District
        from asflist.places import counties

        names = [county.name for county in counties()]
        districts = [district.name for district in District.objects.for_reader()]
        return [*super().get_searchable_text(), *names, *districts]
