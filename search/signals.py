"""The index follows what is published; whether a thing is public is asked when it is searched.

A move, a new address, a restriction and an unpublished page therefore need no work here, and a
deleted one takes its entry along.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from taggit.models import TaggedItem
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, published, unpublished

from asflist.models import Enterprise, Industry
from campaigns.models import Event
from core.models import BasePage, CustomDocument, Theme
from library.models import TemplatePage
from search.indexing import index_document, index_enterprise, index_event, index_page


@receiver([page_published, page_unpublished])
def follow_page(instance: Page, **kwargs: Any) -> None:
    """Index what was published, forget what was unpublished."""
    index_page(instance.pk)


@receiver([published, unpublished], sender=Enterprise)
def follow_enterprise(instance: Enterprise, **kwargs: Any) -> None:
    """Index what was published, forget what was unpublished."""
    index_enterprise(instance.pk)


@receiver([published, unpublished], sender=Event)
def follow_event(instance: Event, **kwargs: Any) -> None:
    """Index what was approved, forget what was unpublished."""
    index_event(instance.pk)


@receiver(post_save, sender=CustomDocument)
def follow_document(instance: CustomDocument, raw: bool = False, **kwargs: Any) -> None:
    """Index a saved document, and the templates that are found by what stands in it."""
    if raw:
        return
    index_document(instance.pk)
    templates = TemplatePage.objects.live().filter(document=instance)
    for pk in templates.values_list("pk", flat=True):
        index_page(pk)


@receiver(m2m_changed, sender=TaggedItem)
def follow_document_tags(instance: Model, action: str, **kwargs: Any) -> None:
    """Index a document anew when its tags have changed; a form saves them after the document."""
    if isinstance(instance, CustomDocument) and action.startswith("post_"):
        index_document(instance.pk)


@receiver(post_save, sender=Theme)
def follow_theme(instance: Theme, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Let the pages of a development area be found by its new name."""
    if created or raw:
        return
    pages = BasePage.objects.live().filter(
        themes__translation_key=instance.translation_key, locale=instance.locale_id
    )
    for pk in pages.values_list("pk", flat=True):
        index_page(pk)


@receiver(post_save, sender=Industry)
def follow_industry(instance: Industry, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Let the enterprises and events of an industry be found by its new name."""
    if created or raw:
        return
    enterprises = Enterprise.objects.filter(
        live=True,
        industries__translation_key=instance.translation_key,
        locale=instance.locale_id,
    )
    for pk in enterprises.values_list("pk", flat=True):
        index_enterprise(pk)
    events = Event.objects.filter(
        live=True,
        industry__translation_key=instance.translation_key,
        text_language=instance.locale.language_code,
    )
    for pk in events.values_list("pk", flat=True):
        index_event(pk)
