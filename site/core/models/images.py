"""Images, and the sizes of them that pages show."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, ImageQuerySet

from core.enums import Licence
from core.models.consent import Consent, ConsentQuerySet
from core.text import format_name


class CustomImageQuerySet(ConsentQuerySet, ImageQuerySet):
    """Named questions about images."""


class CustomImage(Consent, AbstractImage):
    """A picture with its credit; its web sizes are made when it is saved."""

    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        help_text=_(
            "Who made the picture, as it should be written: “Photo: …”, “Illustration: …”."
        ),
    )
    licence = models.CharField(
        _("licence"),
        max_length=16,
        choices=Licence,
        blank=True,
        help_text=_("On what terms others may use the picture. Needed in the media bank."),
    )
    consent_expires_on = models.DateField(
        _("consent ends"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "The last day that those in the picture have said yes to. "
            "The day after, it disappears everywhere. Empty: it does not end."
        ),
    )
    pictures = models.JSONField(default=dict, editable=False)

    objects = CustomImageQuerySet.as_manager()

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence", "consent_expires_on")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, forget the sizes of a file that has been replaced, and know the file's own."""
        stored = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
        replaced = bool(stored) and stored != self.file.name
        if replaced:
            self.renditions.all().delete()
        if self.file and (replaced or self.file_size is None):
            self._set_image_file_metadata()  # what Wagtail's form calls before it saves
        super().save(*args, **kwargs)

    @property
    def thumbnail_url(self) -> str:
        """The address of a small picture for the admin, also when consent has ended."""
        stored = self.pictures.get("card")
        return default_storage.url(stored["webp"][0]["name"]) if stored else ""

    @property
    def terms(self) -> Licence | None:
        """On what terms others may use it, or None where nobody has said it."""
        return Licence(self.licence) if self.licence else None

    @property
    def format_name(self) -> str:
        """The original's format as readers know it, for example ``"JPG"``."""
        return format_name(self.file.name)

    @property
    def web_size(self) -> dict[str, Any] | None:
        """The JPEG for the web (``url``, ``width`` and ``height`` in pixels, ``size`` in bytes).

        None where the original is no wider.
        """
        web = self.pictures.get("web")
        if not web or web["width"] >= self.width:
            return None
        return {**web, "url": default_storage.url(web["name"])}

    @property
    def share_url(self) -> str:
        """The address of the 1200 × 630 JPEG for social media, or an empty string."""
        name = None if self.is_expired else self.pictures.get("share")
        return default_storage.url(name) if name else ""


def first_usable(*images: CustomImage | None) -> CustomImage | None:
    """Return the first of ``images`` that may be shown, or None."""
    return next((image for image in images if image and not image.is_expired), None)


class Rendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
