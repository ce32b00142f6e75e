"""What follows when something in the library is published, or a film's file is deleted."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished
from wagtailmedia.models import Media

from core.models import BasePage
from library.lengths import measure
from library.models import FilmPage


@receiver([page_published, page_unpublished])
def follow_length(instance: Page, **kwargs: Any) -> None:
    """Store how long the page takes to read or watch, for the library's filter."""
    page = instance.specific
    if isinstance(page, BasePage) and page._meta.app_label == "library":
        measure(page)


@receiver(pre_delete, sender=Media)
def withdraw_films_without_their_file(instance: Media, **kwargs: Any) -> None:
    """Make drafts of the public films that are not whole without a file that is deleted."""
    films = FilmPage.objects.live().filter(Q(video=instance) | Q(described_video=instance))
    for film in films:
        film.video = None if film.video_id == instance.pk else film.video
        film.described_video = (
            None if film.described_video_id == instance.pk else film.described_video
        )
        if film.lacking():
            film.unpublish()
