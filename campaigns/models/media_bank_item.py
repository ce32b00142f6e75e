"""What is in the media bank."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.enums import Licence
from core.models import CustomImage, Theme
from library.models import FilmPage


class MediaBankTag(TaggedItemBase):
    """A tag on something in the media bank."""

    content_object = ParentalKey(
        "campaigns.MediaBankItem", on_delete=models.CASCADE, related_name="tagged_items"
    )


class MediaBankItemQuerySet(models.QuerySet["MediaBankItem"]):
    """Named questions about the media bank."""

    def in_reader_language(self) -> Self:
        """One row an item, in the active language where translated, else in the source language."""
        language = get_language() or settings.LANGUAGE_CODE
        source = models.Q(locale__language_code=settings.LANGUAGE_CODE)
        if language == settings.LANGUAGE_CODE:
            return self.filter(source)
        translated = self.model._base_manager.filter(
            translation_key=models.OuterRef("translation_key"), locale__language_code=language
        )
        return self.filter(
            models.Q(locale__language_code=language) | source & ~models.Exists(translated)
        )

    def takeable(self) -> Self:
        """Pictures with consent, and films whose own page anyone may see."""
        pictures = CustomImage.objects.usable().values("pk")
        films = FilmPage.objects.live().public().values("pk")
        return self.filter(models.Q(image__in=pictures) | models.Q(film__in=films))

    def newest_pictures(self, number: int) -> Self:
        """The pictures that were added last, in the reader's language, with their files."""
        pictures = self.takeable().in_reader_language().filter(film=None)
        return pictures.select_related("image")[:number]


class MediaBankItem(PreviewableMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """A picture or a film that the press may take, with the words that go with it.

    Credit, licence and consent are the picture's own (``CustomImage``): they hold wherever it is
    used.
    """

    title = models.CharField(_("title"), max_length=120, help_text=_("What it is, in a few words."))
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("In the best quality you have. It must have a credit and a licence."),
    )
    film = models.ForeignKey(
        FilmPage,
        verbose_name=_("film"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("Choose it or a picture."),
    )
    alt_text = models.CharField(
        _("alt text"),
        max_length=200,
        blank=True,
        help_text=_("What does one see? It is read to those who cannot see the picture."),
    )
    film_credit = models.CharField(
        _("credit for the film"),
        max_length=160,
        blank=True,
        help_text=_("As it must be shown: “Film: …”. A picture has its own credit and licence."),
    )
    film_licence = models.CharField(
        _("licence for the film"),
        max_length=16,
        choices=Licence,
        blank=True,
        help_text=_("On what terms others may use the film."),
    )
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("What may be printed under it: what happens, where, and when."),
    )
    themes = ParentalManyToManyField(
        Theme,
        verbose_name=_("development areas"),
        blank=True,
        related_name="+",
        limit_choices_to={"locale__language_code": "sv"},
    )
    tags = ClusterTaggableManager(
        through=MediaBankTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("A few words, with commas between: café, hands, winter."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = MediaBankItemQuerySet.as_manager()

    #: The film in the reader's language while anyone may see it; ``with_films`` has found it.
    shown_film: FilmPage | None = None

    panels = [
        FieldPanel("title"),
        FieldPanel("image"),
        MultiFieldPanel(
            [
                FieldPanel("film"),
                FieldRowPanel([FieldPanel("film_credit"), FieldPanel("film_licence")]),
            ],
            heading=_("Or a film"),
        ),
        FieldPanel("alt_text"),
        FieldPanel("caption"),
        FieldPanel("themes"),
        FieldPanel("tags"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("alt_text"),
        TranslatableField("caption"),
        SynchronizedField("image", overridable=False),
        SynchronizedField("film", overridable=False),
        SynchronizedField("film_credit", overridable=False),
        SynchronizedField("film_licence", overridable=False),
        SynchronizedField("themes", overridable=False),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("caption"),
        index.AutocompleteField("title"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("press picture or film")
        verbose_name_plural = _("press pictures and films")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def credit(self) -> str:
        """Who made it, as it must be printed."""
        return self.image.credit if self.image else self.film_credit

    @property
    def licence(self) -> Licence | None:
        """On what terms it may be used, or None where nobody has said it."""
        if self.image:
            return self.image.terms
        return Licence(self.film_licence) if self.film_licence else None

    @property
    def stored_file(self) -> str:
        """The name of the original in the storage, or an empty string."""
        if self.image:
            return self.image.file.name or ""
        video = self.shown_film.video if self.shown_film else None
        return video.file.name if video else ""

    @property
    def file_size(self) -> int | None:
        """The size of the original in bytes, or None where it is not known."""
        if self.image:
            return self.image.file_size
        return self.shown_film.video_size if self.shown_film else None

    def clean(self) -> None:
        """Check that it is one thing, and that the press may use it."""
        super().clean()
        errors: dict[str, Any] = {}
        if bool(self.image_id) == bool(self.film_id):
            errors["image"] = _("Choose either a picture or a film.")
        elif self.image and not (self.image.credit and self.image.licence):
            errors["image"] = _("The picture has no credit or no licence. Edit the picture first.")
        if self.image_id and not self.alt_text:
            errors["alt_text"] = _("Say what the picture shows.")
        if self.film_id and not self.film_credit:
            errors["film_credit"] = _("Say who made the film.")
        if self.film_id and not self.film_licence:
            errors["film_licence"] = _("Say on what terms the film may be used.")
        if errors:
            raise ValidationError(errors)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from campaigns.press.media_bank import with_films

        return super().get_preview_context(request, mode_name) | {"item": with_films([self])[0]}

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "campaigns/media_bank_item_preview.html"
