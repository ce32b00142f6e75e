"""Where a campaign is, and the material for those who take part."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from asflist.models import Enterprise
from asflist.places import County, Municipality, municipality, municipality_choices
from core.models import CustomDocument


class CampaignPlace(TranslatableMixin, Orderable):
    """Where an ASF opens its doors in a campaign, when, and what one can do there."""

    page = ParentalKey("campaigns.CampaignPage", on_delete=models.CASCADE, related_name="places")
    host = models.CharField(
        _("host"), max_length=120, help_text=_("The name of the ASF that takes part.")
    )
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("on the ASF list"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("The host's entry on the ASF list. The host's name leads there."),
    )
    municipality_code = models.CharField(
        _("municipality"),
        max_length=4,
        choices=municipality_choices,
        help_text=_("Where it is. The county follows from the municipality."),
    )
    venue = models.CharField(
        _("place and street"),
        max_length=160,
        help_text=_("The address as a visitor needs it: “The café, Brynässtigen 2”."),
    )
    day = models.DateField(
        _("day"),
        null=True,
        blank=True,
        help_text=_("Only when the campaign lasts several days and the place is open on one."),
    )
    starts_at = models.TimeField(
        _("opens"), null=True, blank=True, help_text=_("The time visitors may come: 10:00.")
    )
    ends_at = models.TimeField(
        _("closes"), null=True, blank=True, help_text=_("The time it closes: 14:00.")
    )
    note = models.CharField(
        _("what one can do"),
        max_length=240,
        blank=True,
        help_text=_("One sentence that begins with a verb: “Build a bird box and take it home.”"),
    )

    panels = [
        FieldPanel("host"),
        FieldPanel("enterprise"),
        FieldRowPanel([FieldPanel("municipality_code"), FieldPanel("venue")]),
        FieldRowPanel([FieldPanel("day"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("note"),
    ]
    override_translatable_fields = [
        SynchronizedField("host"),
        SynchronizedField("enterprise"),
        SynchronizedField("venue"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.host

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must close after it opens.")})

    @property
    def municipality(self) -> Municipality | None:
        """The municipality that the place lies in."""
        return municipality(self.municipality_code)

    @property
    def county(self) -> County | None:
        """The county that the place lies in."""
        return self.municipality.county if self.municipality else None

    def get_host_url(self, request: HttpRequest) -> str:
        """Return the address of the host's entry on the list in the reader's language.

        Empty while the entry is not public. Its translations share its slug.
        """
        if not (self.enterprise and self.enterprise.live):
            return ""
        return self.enterprise.get_url(request, get_language())

    def structured_data(self) -> dict[str, Any]:
        """Return the place as a schema.org Place."""
        address = {
            "@type": "PostalAddress",
            "streetAddress": self.venue,
            "addressCountry": "SE",
        }
        if self.municipality:
            address["addressLocality"] = self.municipality.name
            address["addressRegion"] = self.municipality.county.name
        return {"@type": "Place", "name": self.host, "address": address}


class CampaignMaterial(TranslatableMixin, Orderable):
    """A document to take; a translator may choose another for the other language."""

    page = ParentalKey("campaigns.CampaignPage", on_delete=models.CASCADE, related_name="material")
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The file. Its format, size and language are said in the link."),
    )
    note = models.CharField(
        _("what it is for"),
        max_length=160,
        blank=True,
        help_text=_("One sentence: “Print it and fill in your times.”"),
    )

    panels = [FieldPanel("document"), FieldPanel("note")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("material")
