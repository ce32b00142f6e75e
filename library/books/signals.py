"""When a book's files are made anew: whatever stands in them, or is shown there, changes."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.models import BasePage, CustomDocument, CustomImage, OrganisationSettings
from library.books.affected import book_above, books_around, books_of, books_that_use
from library.books.builder import want
from library.models import BookFile, ChapterPage, FilmPage, GlossaryTerm, HandbookPage
from library.short_addresses import short_url

PRINTED = (ChapterPage, FilmPage, HandbookPage)


@receiver(page_published)
def follow_publication(instance: Page, **kwargs: Any) -> None:
    """A handbook or chapter, or what one shows or links to. Sent for what is scheduled, too."""
    if instance.live:
        want(books_of(instance))


@receiver(page_published)
def give_short_address(instance: Page, **kwargs: Any) -> None:
    """What may be printed has an address for it from the day it is public."""
    if instance.live and instance.specific_class in PRINTED:
        short_url(instance)


@receiver(page_unpublished)
def follow_withdrawal(instance: Page, **kwargs: Any) -> None:
    want(books_of(instance), withdrawn=True)


@receiver(post_page_move)
def follow_move(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Chapters change places, and addresses stand in the files; some go where few may read."""
    moved = instance.get_specific()
    moved.refresh_from_db()
    parents = HandbookPage.objects.filter(pk__in={parent_page_before.pk, parent_page_after.pk})
    is_public = BasePage.objects.public().filter(pk=moved.pk).exists()
    books = {*parents.values_list("pk", flat=True), *books_around(moved)}
    want(books, withdrawn=not is_public)


@receiver(pre_delete)
def follow_deletion_of_pages(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Asked before, while it is known what refers to the page; its book may be going as well."""
    if not issubclass(sender, BasePage) or sender in (BasePage, HandbookPage):
        return
    page = instance if isinstance(instance, BasePage) else None
    if page and page.live:
        books = book_above(page) if sender is ChapterPage else books_of(page)
        want(books, withdrawn=True, create=False)


@receiver(post_save, sender=PageViewRestriction)
def follow_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    want(books_around(instance.page), withdrawn=True)


@receiver(pre_delete, sender=PageViewRestriction)
def follow_end_of_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    want(books_around(instance.page), create=False)


@receiver(post_save, sender=CustomImage)
def follow_image(instance: CustomImage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A picture whose consent has ended may not be shown for a moment longer."""
    if created or raw:
        return
    books = books_that_use(instance)
    # The file that is there may have to do for long, if no newer one can be made.
    BookFile.objects.filter(handbook__in=books).not_after(instance.consent_expires_on)
    want(books, withdrawn=instance.is_expired)


@receiver(pre_delete, sender=CustomImage)
@receiver(pre_delete, sender=CustomDocument)
def follow_deletion_of_files(instance: CustomImage | CustomDocument, **kwargs: Any) -> None:
    want(books_that_use(instance), withdrawn=True)


@receiver(post_save, sender=GlossaryTerm)
@receiver(post_delete, sender=GlossaryTerm)
@receiver(post_save, sender=OrganisationSettings)
def follow_words(
    instance: GlossaryTerm | OrganisationSettings, raw: bool = False, **kwargs: Any
) -> None:
    """The glossary and whom to write to stand in every book of the language."""
    if not raw:
        books = HandbookPage.objects.live().filter(locale=instance.locale_id)
        want(books.values_list("pk", flat=True))


@receiver(post_delete, sender=BookFile)
def delete_file_with_its_row(instance: BookFile, **kwargs: Any) -> None:
    if name := instance.file.name:
        transaction.on_commit(partial(default_storage.delete, name))
