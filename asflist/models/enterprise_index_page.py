"""ASF-listan: the list, and a page for each enterprise under it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BODY_BLOCKS
from core.models import BasePage


class EnterpriseIndexPage(RoutablePageMixin, BasePage):
    """The list with its filters and the map; one in each language."""

    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_(
            "What readers must know about the list, often a fact box. It stands below the list."
        ),
    )

    kind = _("The ASF list")
    kind_plural = _("The ASF list")
    kind_icon = "map-pinned"
    schema_type = "CollectionPage"
    template = "asflist/enterprise_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("the ASF list")
        verbose_name_plural = _("the ASF list")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """One list in each language, under the language's home page."""
        return bool(super().can_create_at(parent)) and not (
            cls.objects.filter(locale=parent.locale_id).exists()
        )

    @path("")
    def show_list(self, request: HttpRequest) -> HttpResponse:
        """Show the enterprises that the address asks for."""
        from asflist.listing import Listing

        return self.render(request, context_overrides={"listing": Listing(request)})

    @path("<slug:slug>/")
    def show_enterprise(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one enterprise, in Swedish where it is not translated; 404 unless published.

        The address of an entry that has been merged into another leads to that for good.
        """
        from asflist.enterprise_page import enterprise_context, find_versions, reader_version
        from asflist.register.merging import kept_entry

        versions = find_versions(slug)
        enterprise = reader_version(versions)
        if enterprise is None:
            kept = kept_entry(slug)
            if kept is None:
                raise Http404
            return redirect(f"{self.get_url(request)}{kept.slug}/", permanent=True)
        return TemplateResponse(
            request,
            "asflist/enterprise.html",
            enterprise_context(enterprise, request, self, versions),
        )
