"""Handbooks."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from core.navigation import language_links
from library.blocks import LIBRARY_BLOCKS
from library.models.chapter_page import WHOLE_BOOK, ChapterPage, numbered
from library.querysets import ChapterPageQuerySet


class HandbookPage(RoutablePageMixin, BasePage):
    """A book whose chapters are the pages under it, numbered in the tree's order."""

    edition = models.CharField(
        _("edition"),
        max_length=80,
        blank=True,
        help_text=_("Which edition it is, for example “First edition, 2022”."),
    )
    earlier_edition = models.ForeignKey(
        "self",
        verbose_name=_("earlier edition"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="later_editions",
        help_text=_(
            "The edition that this one replaces. It stays at its address, and tells its readers "
            "that there is a newer one."
        ),
    )
    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("The preface: for whom the book is, and how to use it."),
    )

    kind = _("Handbook")
    kind_plural = _("Handbooks")
    kind_icon = "book-open"
    schema_type = "Book"
    template = "library/handbook_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types = ["library.ChapterPage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("edition"),
        PageChooserPanel("earlier_edition"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("handbook")
        verbose_name_plural = _("handbooks")

    def chapters(self) -> ChapterPageQuerySet:
        """Return the chapters that visitors may read, in the tree's order."""
        return ChapterPage.objects.in_book(self.path)

    def whole_book_url(self, request: HttpRequest | None = None) -> str:
        """Return the address of the whole book on one page, or ``""`` before it has one."""
        url = self.get_url(request)
        return f"{url}{WHOLE_BOOK[self.locale.language_code]}/" if url else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "chapters": numbered(self.chapters().defer("body")),
            "whole_book_url": self.whole_book_url(request),
        }

    @path("hela-boken/")
    @path("whole-book/")
    def whole_book(self, request: HttpRequest) -> HttpResponse:
        """Show the preface and every chapter on one page, to read through or print."""
        address = self.whole_book_url(request)
        if request.path != address:
            return redirect(address, permanent=True)
        tails = {language: f"{name}/" for language, name in WHOLE_BOOK.items()}
        context = super().get_context(request) | {
            "chapters": numbered(self.chapters()),
            "language_links": language_links(self, request, tails),
        }
        return TemplateResponse(request, "library/whole_book.html", context)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        data = super().structured_data(request)
        if self.edition:
            data["bookEdition"] = self.edition
        return data
