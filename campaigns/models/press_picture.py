"""Pictures that the press may take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin

from core.models import CustomImage


class PressPicture(TranslatableMixin, Orderable):
    """A picture to take, with the words that go with it."""

    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The picture in the best quality you have: journalists download the original."),
    )
    alt_text = models.CharField(
        _("alt text"),
        max_length=200,
        help_text=_("What does one see? It is read to those who cannot see the picture."),
    )
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("What may be printed under the picture: what happens, where, and when."),
    )

    panels = [FieldPanel("image"), FieldPanel("alt_text"), FieldPanel("caption")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True


Picture = TypeVar("Picture", bound=PressPicture)


def shown(pictures: Iterable[Picture]) -> list[Picture]:
    """Return those of ``pictures`` whose consent has not ended, with all the words around them."""
    return [picture for picture in pictures if not picture.image.is_expired]
