"""What enterprises do: a vocabulary that staff keep."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from asflist.text import sort_key


@dataclass(frozen=True)
class IndustryName:
    """An industry as readers meet it: the source's id and slug, the name in one language.

    ``parent`` is the id of the wider industry that it is a part of.
    """

    pk: int
    slug: str
    name: str
    parent: int | None = None


class IndustryQuerySet(models.QuerySet["Industry"]):
    """What is asked of industries."""

    def source(self) -> Self:
        """Industries in the source language, which enterprises refer to."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def names(self, language: str | None = None) -> dict[int, IndustryName]:
        """Return every industry by the source's id, named in ``language`` (default: the active).

        One query; an untranslated industry keeps its source name. Alphabetical order.
        """
        language = language or get_language() or settings.LANGUAGE_CODE
        sources: list[tuple[int, str, uuid.UUID, str, int | None]] = []
        translated: dict[uuid.UUID, str] = {}
        for pk, slug, key, name, parent, code in self.filter(
            locale__language_code__in={settings.LANGUAGE_CODE, language}
        ).values_list(
            "pk", "slug", "translation_key", "name", "parent_id", "locale__language_code"
        ):
            if code == settings.LANGUAGE_CODE:
                sources.append((pk, slug, key, name, parent))
            if code == language:
                translated[key] = name
        found = [
            IndustryName(pk, slug, translated.get(key, name), parent)
            for pk, slug, key, name, parent in sources
        ]
        return {industry.pk: industry for industry in sorted(found, key=lambda i: sort_key(i.name))}


class Industry(PreviewableMixin, index.Indexed, TranslatableMixin, models.Model):
    """A branch of business. Enterprises name the source-language one and show the reader's."""

    name = models.CharField(
        _("name"),
        max_length=60,
        help_text=_("What buyers call the industry, for example “Café and catering”."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        help_text=_(
            "The word that stands in addresses when readers choose the industry. Do not change it."
        ),
    )

    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        limit_choices_to={"parent": None},
        help_text=_("The wider industry that this is a part of. Leave empty for a wide one."),
    )
    synonyms = models.TextField(
        _("other words"),
        max_length=600,
        blank=True,
        help_text=_("What buyers may search for instead, with commas between: “städ, flyttstäd”."),
    )

    objects = IndustryQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("synonyms"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("synonyms"),
        SynchronizedField("slug"),
        SynchronizedField("parent", overridable=False),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="unique_industry_slug_per_locale",
                violation_error_message=_("Another industry has this slug already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/industry_preview.html"
