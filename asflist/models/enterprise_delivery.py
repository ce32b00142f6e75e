"""How far an enterprise delivers, and how it can be bought from."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField

from asflist.enums import Procurement
from asflist.places import county_choices


class EnterpriseDelivery(models.Model):
    """Reach: the whole country, some counties, or so many kilometres from the enterprise."""

    delivers_nationwide = models.BooleanField(
        _("delivers in the whole country"),
        default=False,
        help_text=_("Also what you send by post or do at a distance."),
    )
    delivers_to = MultiSelectField(
        _("delivers to"),
        choices=county_choices,
        max_length=80,
        blank=True,
        help_text=_("The counties that you deliver to, your own too."),
    )
    delivers_within_km = models.PositiveSmallIntegerField(
        _("delivers within"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(1000)],
        help_text=_("Kilometres from where you are, as the crow flies."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(55.0), MaxValueValidator(69.2)],
        help_text=_("Degrees (WGS 84), for example 60.6749. Leave empty if you do not know."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(10.5), MaxValueValidator(24.3)],
        help_text=_("Degrees (WGS 84), for example 17.1413. Leave empty if you do not know."),
    )
    procurement = MultiSelectField(
        _("forms of procurement"),
        choices=Procurement.choices,
        max_length=60,
        blank=True,
        help_text=_("The ways in which public bodies can buy from you."),
    )

    class Meta:
        abstract = True

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude (WGS 84 degrees) where the enterprise gave them, else None."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    def point_errors(self) -> dict[str, ValidationError]:
        """Return field → what is wrong, where only half of the point is given."""
        if (self.latitude is None) == (self.longitude is None):
            return {}
        missing = "longitude" if self.longitude is None else "latitude"
        return {missing: ValidationError(_("Give both latitude and longitude, or neither."))}
