"""Where an enterprise is, and how buyers reach it."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from asflist.places import County, Municipality, county_choices, municipality, municipality_choices
from core.text import tel


class EnterpriseContact(models.Model):
    """Place and contact. ``county_code`` is derived from the municipality on save."""

    municipality = models.CharField(
        _("municipality"),
        max_length=4,
        choices=municipality_choices,
        help_text=_("The municipality where the work is done. The county follows from it."),
    )
    county_code = models.CharField(
        _("county"), max_length=2, choices=county_choices, editable=False, db_index=True
    )
    street_address = models.CharField(
        _("street address"),
        max_length=120,
        blank=True,
        help_text=_("Where visitors find you: street and number."),
    )
    postcode = models.CharField(
        _("postcode"),
        max_length=6,
        blank=True,
        validators=[
            RegexValidator(
                r"^[0-9]{3} ?[0-9]{2}$", _("A postcode has five digits, for example 802 50.")
            )
        ],
        help_text=_("Five digits, for example 802 50."),
    )
    locality = models.CharField(
        _("postal town"), max_length=60, blank=True, help_text=_("The town in the postal address.")
    )
    website = models.URLField(
        _("website"), blank=True, help_text=_("The whole address, with https:// first.")
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        help_text=_("The number buyers ring, with area code: 026-12 34 56."),
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("The address buyers write to. Choose one that somebody reads every day."),
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> Municipality | None:
        """The municipality, or None in a draft that does not say it yet."""
        return municipality(self.municipality)

    @property
    def county(self) -> County | None:
        """The county, or None in a draft that does not say where."""
        return self.place.county if self.place else None

    @property
    def safe_website(self) -> str:
        """The website when it is an address one can open (http or https), else an empty string."""
        return self.website if self.website.lower().startswith(("https://", "http://")) else ""

    @property
    def website_name(self) -> str:
        """The website as one says it: without scheme and final slash."""
        return self.safe_website.partition("://")[2].removeprefix("www.").rstrip("/")

    @property
    def tel(self) -> str:
        """The phone number for a ``tel:`` link."""
        return tel(self.phone)
