"""The list's blocks for page bodies: enterprises by rule or by hand, and the map."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from asflist.addresses import list_url
from asflist.cards import make_cards, rows
from asflist.county_map import make_map
from asflist.models import Enterprise, EnterpriseQuerySet
from asflist.places import county_choices


class EnterprisesValue(blocks.StructValue):
    """Enterprises by rule or chosen by hand."""

    @property
    def enterprises(self) -> EnterpriseQuerySet:
        """Published entries in the reader's language: the chosen ones, else the rule's."""
        readable = rows(Enterprise.objects.published().in_reader_language())
        if keys := self.chosen_keys:
            return readable.filter(translation_key__in=keys)
        if county := self.get("county"):
            readable = readable.in_county(county)
        if industry := self.get("industry"):
            readable = readable.offering(industry.slug)
        if tag := self.get("tag"):
            readable = readable.tagged(slugify(tag))
        return readable.newest()[: self.get("number") or 3]

    @property
    def chosen_keys(self) -> list[Any]:
        """What the enterprises chosen by hand have in common with their translations."""
        return [enterprise.translation_key for enterprise in self.get("chosen") or [] if enterprise]


class EnterprisesBlock(blocks.StructBlock):
    """Enterprises as cards: the newest by county, industry and tag, or chosen by hand."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("What the enterprises have in common.")
    )
    county = blocks.ChoiceBlock(
        label=_("County"),
        choices=county_choices,
        required=False,
        help_text=_("Only enterprises in this county. Leave empty for the whole country."),
    )
    industry = SnippetChooserBlock(
        "asflist.Industry",
        label=_("Industry"),
        required=False,
        help_text=_("Only enterprises in this industry."),
    )
    tag = blocks.CharBlock(
        label=_("Tag"),
        required=False,
        max_length=100,
        help_text=_("Only enterprises with this tag, written as on the enterprise."),
    )
    number = blocks.IntegerBlock(
        label=_("Number"),
        default=3,
        min_value=1,
        max_value=12,
        help_text=_("How many to show, the newest first."),
    )
    chosen = blocks.ListBlock(
        SnippetChooserBlock("asflist.Enterprise", label=_("Enterprise")),
        label=_("Chosen by hand"),
        required=False,
        default=[],
        max_num=12,
        help_text=_("Choose enterprises here to show these, in this order, instead of a rule."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        industry = value.get("industry")
        if industry and industry.locale.language_code != settings.LANGUAGE_CODE:
            error = ValidationError(
                _("Choose the Swedish industry. Readers see it in their language.")
            )
            raise blocks.StructBlockValidationError({"industry": error})
        return value

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        cards = make_cards(value.enterprises, request)
        if keys := value.chosen_keys:
            cards.sort(key=lambda card: keys.index(card.enterprise.translation_key))
        return context | {
            "cards": cards,
            "list_url": list_url(get_language() or settings.LANGUAGE_CODE, request),
        }

    class Meta:
        icon = "group"
        label = _("Enterprises")
        description = _("Enterprises from the ASF list, by rule or chosen by hand")
        template = "asflist/blocks/enterprises.html"
        value_class = EnterprisesValue
        preview_value = {"title": "Nya på ASF-listan", "number": 3, "chosen": []}


class CountyMapBlock(blocks.StructBlock):
    """The map of counties with living counts, which leads to the list."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("For example “Find an ASF near you”.")
    )

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        url = list_url(get_language() or settings.LANGUAGE_CODE, context.get("request"))
        readable = Enterprise.objects.published().in_reader_language()
        counts = readable.social_enterprises().count_by_county()
        return context | {
            "map": make_map(counts, lambda code: f"{url}?county={code}"),
            "total": sum(counts.values()),
            "list_url": url,
        }

    class Meta:
        icon = "site"
        label = _("Map of the counties")
        description = _("A map with the number of enterprises in each county")
        template = "asflist/blocks/county_map.html"
        preview_value = {"title": "ASF i hela landet"}
