"""Chapters of handbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.dates import swedish_today
from core.models import BasePage
from library import durations
from library.blocks import LIBRARY_BLOCKS
from library.books.panels import BookFilesPanel
from library.editions import all_books, editions_of
from library.querysets import ChapterChangeQuerySet, ChapterPageQuerySet

#: What stands under the handbook's address beside its chapters, per language.
WHOLE_BOOK = {"sv": "hela-boken", "en": "whole-book"}
BOOK_SEARCH = {"sv": "sok", "en": "search"}
TAG = re.compile(r"<[^>]*>")


def number_of_words(value: Any) -> int:
    """Return how many words there are in a stream's raw data; no block is made of it."""
    if isinstance(value, str):
        return len(TAG.sub(" ", value).split())
    if isinstance(value, dict):
        return sum(
            number_of_words(part) for key, part in value.items() if key not in ("id", "type")
        )
    if isinstance(value, list):
        return sum(map(number_of_words, value))
    return 0


def numbered(chapters: Iterable[ChapterPage]) -> list[ChapterPage]:
    """Number the chapters of a book from 1, in the order given."""
    result = list(chapters)
    for number, chapter in enumerate(result, start=1):
        chapter.number = number
    return result


class ChapterPage(BasePage):
    """A chapter; its number is its place among its siblings."""

    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("The chapter itself. Begin each part with a heading."),
    )

    objects = PageManager.from_queryset(ChapterPageQuerySet)()

    kind = _("Chapter")
    kind_plural = _("Chapters")
    kind_icon = "bookmark"
    schema_type = "Chapter"
    template = "library/chapter_page.html"
    parent_page_types = ["library.HandbookPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel(
            "changes",
            label=_("Change"),
            heading=_("What has changed"),
            help_text=_("What readers of an earlier version should know, the newest first."),
        ),
        BookFilesPanel(),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    #: What has changed is told of the edition that it changed in.
    exclude_fields_in_copy = ["changes"]
    #: The chapter's place in its book, from 1; ``numbered`` sets it.
    number = 0
    #: The code of its short address, where it has been given one; ``in_book`` knows it.
    short_code: str | None = None

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def clean(self) -> None:
        super().clean()
        if self.slug in (*WHOLE_BOOK.values(), *BOOK_SEARCH.values()):
            raise ValidationError({"slug": _("The book itself uses this address. Choose another.")})

    @property
    def reading_minutes(self) -> int:
        """About how many minutes it takes to read, at 200 words a minute; at least 1."""
        words = number_of_words([self.introduction, *self.body.raw_data])
        return durations.reading(words)

    def chapters(self) -> list[ChapterPage]:
        """Return the book's public chapters and this one, numbered from 1."""
        rows = ChapterPage.objects.in_book(self.path[: -self.steplen]).defer("body")
        self.short_code = next((row.short_code for row in rows if row.pk == self.pk), None)
        others = [row for row in rows if row.pk != self.pk]
        return numbered(sorted([*others, self], key=lambda row: row.path))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chapters = self.chapters()
        place = chapters.index(self)
        ancestors = getattr(request, "page_ancestors", None)
        book = ancestors[-1] if ancestors else self.get_parent()
        language = self.locale.language_code
        changes = sorted(self.changes.all(), key=lambda change: change.changed_on, reverse=True)
        return context | {
            "book": book,
            "book_search_url": f"{book.get_url(request)}{BOOK_SEARCH[language]}/",
            "editions": editions_of(book.translation_key, language, all_books()),
            "changes": changes,
            "chapters": chapters,
            "previous_chapter": chapters[place - 1] if place else None,
            "next_chapter": chapters[place + 1] if place + 1 < len(chapters) else None,
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        data = super().structured_data(request)
        if self.number:
            data["position"] = self.number
        return data


class ChapterChange(TranslatableMixin, Orderable):
    """Something that has changed in a chapter since it was first published."""

    chapter = ParentalKey(ChapterPage, on_delete=models.CASCADE, related_name="changes")
    changed_on = models.DateField(
        _("day"), default=swedish_today, help_text=_("The day of the change.")
    )
    note = models.CharField(
        _("what has changed"),
        max_length=300,
        help_text=_("One or two sentences, for those who have read the chapter before."),
    )

    objects = ChapterChangeQuerySet.as_manager()

    panels = [FieldPanel("changed_on"), FieldPanel("note")]
    override_translatable_fields = [SynchronizedField("changed_on")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("change of a chapter")
        verbose_name_plural = _("changes of chapters")

    def __str__(self) -> str:
        return f"{self.changed_on}: {self.note}"
