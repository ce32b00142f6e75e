"""What happens when a press page is scheduled or published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import ReferenceIndex, Revision
from wagtail.signals import page_published

from campaigns.models import PressChange, PressPage
from campaigns.press.embargo import move_translations

# Wagtail follows pages and snippets by itself; the pictures of earlier versions are in use as well.
ReferenceIndex.register_model(PressChange)


@receiver(post_save, sender=Revision)
def schedule_translations_with_their_source(
    instance: Revision, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Move the translations' moment with their source's: Wagtail saves it by itself."""
    moment = instance.approved_go_live_at
    if moment is None or "approved_go_live_at" not in (update_fields or ()):
        return
    page = instance.content_object
    if isinstance(page, PressPage) and page.locale.language_code == settings.LANGUAGE_CODE:
        move_translations(page, moment)


@receiver(page_published)
def publish_translations_with_their_source(instance: Any, **kwargs: Any) -> None:
    """Let the translations that have waited go out within the minute, with ``publish_scheduled``.

    Wagtail sends this also for a page that has only been scheduled.
    """
    if (
        isinstance(instance, PressPage)
        and instance.live
        and instance.locale.language_code == settings.LANGUAGE_CODE
    ):
        move_translations(instance, timezone.now())
