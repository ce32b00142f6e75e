"""The campaign kit: what those who take part may take and use."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from campaigns.enums import MaterialKind
from core.models import CustomDocument, CustomImage


class CampaignMaterial(TranslatableMixin, Orderable):
    """A document or a picture to take; a translator may choose another for the other language."""

    page = ParentalKey("campaigns.CampaignPage", on_delete=models.CASCADE, related_name="material")
    material_kind = models.CharField(
        _("kind"), max_length=10, choices=MaterialKind, default=MaterialKind.OTHER
    )
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The file. Its format, size and language are said in the link."),
    )
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("A logo or a picture, in the best quality you have. Choose it or a document."),
    )
    note = models.CharField(
        _("what it is for"),
        max_length=160,
        blank=True,
        help_text=_("One sentence: “Print it and fill in your times.”"),
    )

    panels = [
        FieldPanel("material_kind"),
        FieldRowPanel([FieldPanel("document"), FieldPanel("image")]),
        FieldPanel("note"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("material")

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.image_id):
            raise ValidationError({"document": _("Choose either a document or a picture.")})

    @property
    def chosen(self) -> CustomDocument | CustomImage | None:
        """The document or the picture."""
        return self.document or self.image

    @property
    def title(self) -> str:
        """What the document or the picture is called."""
        return self.chosen.title if self.chosen else ""

    @property
    def file(self) -> FieldFile | None:
        """The file itself, a picture's in its original size."""
        return self.chosen.file if self.chosen else None

    @property
    def file_size(self) -> int:
        """The size of the file in bytes, 0 where it is not known."""
        return (self.chosen.file_size or 0) if self.chosen else 0

    @property
    def may_be_shown(self) -> bool:
        """Whether there is a file that nobody has withdrawn their consent to."""
        if self.image:
            return not self.image.is_expired
        return self.document is not None
