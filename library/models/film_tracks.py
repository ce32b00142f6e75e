"""Text with times that belongs to films: captions, and descriptions of what is seen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Textarea
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.enums import ContentLanguage
from library.captions import check_vtt, digest, normalise


class TextTrack(Orderable):
    """Text with times that belongs to a film, in one language, as WebVTT."""

    language = models.CharField(
        _("language"),
        max_length=2,
        choices=ContentLanguage,
        default=ContentLanguage.SWEDISH,
        help_text=_("The language of the text. One row for each language."),
    )
    text = models.TextField(
        _("text (WebVTT)"),
        help_text=_(
            "Paste the whole file, or upload it. The first line is WEBVTT, then for each piece an "
            "empty line, the times (00:00:01.000 --> 00:00:04.000) and the words. "
            "It is checked when you save."
        ),
    )

    # “upload” is the form's own (``library.film_form``). An hour's captions would fill the form
    # if the box grew with them.
    panels = [
        FieldPanel("language"),
        FieldPanel("text", widget=Textarea(attrs={"rows": 12})),
        FieldPanel("upload"),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.get_language_display()

    def clean(self) -> None:
        super().clean()
        if not self.text.strip():
            return  # said of the field by itself
        self.text = normalise(self.text)
        try:
            check_vtt(self.text)
        except ValidationError as error:
            raise ValidationError({"text": error}) from error


class Captions(TextTrack):
    """A film's captions in one language; somebody has read them against the film, or not yet.

    What has been confirmed are these words: other words have to be confirmed anew.
    """

    film = ParentalKey("library.FilmPage", on_delete=models.CASCADE, related_name="captions")
    confirmed = models.BooleanField(
        _("checked by a person"),
        default=False,
        help_text=_(
            "Somebody has watched the film with these captions, and they are right. "
            "Captions made by a machine are not enough (WCAG 1.2.2). "
            "When the words are changed, the tick is taken away: check them again."
        ),
    )
    #: SHA-256 of the words that were confirmed; empty until the row is saved.
    confirmed_digest = models.CharField(max_length=64, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [*TextTrack.panels, FieldPanel("confirmed")]

    class Meta(TextTrack.Meta):
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = [
            models.UniqueConstraint(
                fields=["film", "language"],
                name="unique_captions_language_per_film",
                violation_error_message=_("There are captions in this language already."),
            )
        ]

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has confirmed just these words."""
        return self.confirmed and self.confirmed_digest in ("", digest(self.text))

    def confirm(self, by: User | None = None) -> None:
        """Note that a person has checked the words as they are; the row is not saved."""
        self.confirmed = True
        self.confirmed_digest = digest(self.text)
        self.confirmed_at = timezone.now()
        self.confirmed_by = by

    def withdraw(self) -> None:
        """Note that nobody has checked the words; the row is not saved."""
        self.confirmed = False
        self.confirmed_digest = ""
        self.confirmed_at = self.confirmed_by = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what was confirmed of other words is confirmed no more."""
        if not self.is_confirmed:
            self.withdraw()
        elif not self.confirmed_digest:
            self.confirmed_digest = digest(self.text)
        super().save(*args, **kwargs)


class Descriptions(TextTrack):
    """What is seen in a film, as text with times, in one language (WebVTT, kind descriptions)."""

    film = ParentalKey("library.FilmPage", on_delete=models.CASCADE, related_name="descriptions")

    class Meta(TextTrack.Meta):
        verbose_name = _("descriptions")
        verbose_name_plural = _("descriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["film", "language"],
                name="unique_descriptions_language_per_film",
                violation_error_message=_("There are descriptions in this language already."),
            )
        ]
