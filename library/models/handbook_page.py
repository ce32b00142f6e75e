"""Handbooks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from core.navigation import language_links
from library.blocks import LIBRARY_BLOCKS
from library.books.panels import BookFilesPanel
from library.editions import Editions, all_books, editions_of
from library.models.chapter_page import (
    BOOK_SEARCH,
    WHOLE_BOOK,
    ChapterChange,
    ChapterPage,
    numbered,
)
from library.querysets import ChapterPageQuerySet, HandbookPageQuerySet

#: How many changes the book's own page tells of, and how many hits a page of its search has.
LATEST_CHANGES = 5
HITS_PER_PAGE = 20


def tails_of(names: dict[str, str]) -> dict[str, str]:
    """Return what follows a book's address in each language."""
    return {language: f"{name}/" for language, name in names.items()}


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

    objects = PageManager.from_queryset(HandbookPageQuerySet)()

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
        BookFilesPanel(),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("earlier_edition"),
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

    def search_url(self, request: HttpRequest | None = None) -> str:
        """Return the address of the search in this book, or ``""`` before it has one."""
        url = self.get_url(request)
        return f"{url}{BOOK_SEARCH[self.locale.language_code]}/" if url else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chapters = numbered(self.chapters())
        return context | {
            "book": self,
            "chapters": chapters,
            "reading_minutes": sum(chapter.reading_minutes for chapter in chapters),
            "whole_book_url": self.whole_book_url(request),
            "book_search_url": self.search_url(request),
            "editions": self.editions(),
            "changes": ChapterChange.objects.in_book(self.path)[:LATEST_CHANGES],
        }

    def editions(self) -> Editions:
        """Return the editions that come before and after this one; one query."""
        return editions_of(self.translation_key, self.locale.language_code, all_books())

    def clean(self) -> None:
        super().clean()
        book, seen = self.earlier_edition, {self.translation_key}
        while book is not None:
            if book.translation_key in seen:
                raise ValidationError(
                    {"earlier_edition": _("An edition cannot come before itself. Choose another.")}
                )
            seen.add(book.translation_key)
            book = book.earlier_edition

    @path("hela-boken/")
    @path("whole-book/")
    def whole_book(self, request: HttpRequest) -> HttpResponse:
        """Show the preface and every chapter on one page, to read through or print."""
        address = self.whole_book_url(request)
        if request.path != address:
            return redirect(address, permanent=True)
        chapters = numbered(self.chapters())
        bodies = [self.body, *(chapter.body for chapter in chapters)]
        context = super().get_context(request) | {
            "book": self,
            "book_search_url": self.search_url(request),
            "chapters": chapters,
            "blocks": [block for body in bodies for block in body.raw_data],
            "editions": self.editions(),
            "language_links": language_links(self, request, tails_of(WHOLE_BOOK)),
        }
        return TemplateResponse(request, "library/whole_book.html", context)

    @path("sok/")
    @path("search/")
    def search(self, request: HttpRequest) -> HttpResponse:
        """Search for GET's ``q`` in this book; ``page`` chooses a page of hits."""
        from library.book_search import search_book  # It searches what this module holds.

        address = self.search_url(request)
        if request.path != address:
            query = request.GET.urlencode()
            return redirect(f"{address}?{query}" if query else address, permanent=True)
        chapters = numbered(self.chapters())
        found = search_book(self, chapters, request.GET.get("q", ""))
        page_obj = Paginator(found.parts, HITS_PER_PAGE).get_page(request.GET.get("page"))
        context = super().get_context(request) | {
            "book": self,
            "book_search_url": address,
            "chapters": chapters,
            "found": found,
            "page_obj": page_obj,
            "hits": [found.hit(part, self.get_url(request) or "", request) for part in page_obj],
            "language_links": language_links(self, request, tails_of(BOOK_SEARCH)),
        }
        return TemplateResponse(request, "library/book_search.html", context)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        data = super().structured_data(request)
        if self.edition:
            data["bookEdition"] = self.edition
        return data
