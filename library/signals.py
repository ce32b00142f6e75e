"""What follows when something in the library is published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from core.models import BasePage
from library.lengths import measure


@receiver([page_published, page_unpublished])
def follow_length(instance: Page, **kwargs: Any) -> None:
    """Store how long the page takes to read or watch, for the library's filter."""
    page = instance.specific
    if isinstance(page, BasePage) and page._meta.app_label == "library":
        measure(page)
