"""A new item in the press room sets its delivery going."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from campaigns.models import PressPage
from campaigns.press.tasks import send_press_news
from library.models import FilmPage


@receiver(page_published)
def send_what_is_published_for_the_first_time(instance: Any, **kwargs: Any) -> None:
    """Leave a first publication to the worker, once it is committed.

    Wagtail sends this also for a page that has only been scheduled; one under embargo comes here
    again at its moment, by ``publish_scheduled``.
    """
    if (
        isinstance(instance, (PressPage, FilmPage))
        and instance.live
        and instance.first_published_at == instance.last_published_at
    ):
        transaction.on_commit(partial(send_press_news.enqueue, instance.pk))
