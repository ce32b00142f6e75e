"""Skoopi's districts: several counties with one contact."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from asflist.models.regional import InCounties, RegionalQuerySet
from asflist.places import counties_by_code, county_choices


class District(InCounties, PreviewableMixin, TranslatableMixin, models.Model):
    """A district: its counties, and whom to ask there. A county belongs to one at most.

    ``slug`` comes from the first name and stands in addresses; every language has the same.
    """

    name = models.CharField(
        _("name"), max_length=60, help_text=_("What the district is called, without “district”.")
    )
    slug = models.SlugField(_("slug"), max_length=60, editable=False)
    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("Two or three sentences: what the district does, and for whom."),
    )
    contact_name = models.CharField(
        _("contact"),
        max_length=80,
        blank=True,
        help_text=_("A person or a desk. Leave empty where nobody is appointed."),
    )
    contact_role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("Title, or what the contact does.")
    )
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, help_text=_("A number that somebody answers.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    counties = MultiSelectField(
        _("counties"),
        choices=county_choices,
        max_length=80,
        help_text=_("Each county belongs to one district."),
    )

    objects = RegionalQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("introduction"),
        FieldPanel("counties"),
        FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_role")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("introduction"),
        TranslatableField("contact_name"),
        TranslatableField("contact_role"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("phone"),
        SynchronizedField("email"),
        SynchronizedField("counties", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="unique_district_slug")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the slug is set once, so that the address stays."""
        self.slug = self.slug or self.find_slug()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a county that another district has, and say which."""
        super().clean()
        others = type(self)._default_manager.exclude(translation_key=self.translation_key)
        mine = set(self.counties or [])
        known = counties_by_code()
        errors = [
            ValidationError(
                _("%(county)s belongs to %(district)s already."),
                params={"county": known[code].name, "district": other.name},
            )
            for other in others.filter(locale=self.locale_id)
            for code in sorted(mine & set(other.counties or []))
        ]
        if errors:
            raise ValidationError({"counties": errors})

    def find_slug(self) -> str:
        """Return a slug from the name that no other district has."""
        base = slugify(self.name)[:55] or "distrikt"
        others = type(self)._default_manager.exclude(translation_key=self.translation_key)
        taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/regions/district_preview.html"
