"""What the list's form repeats hundreds of times on a page, and is therefore not a template."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from asflist.finding.form import place_suggestions as names_of_places
from core.facets import FacetChoice

register = template.Library()


@register.simple_tag
def finder_choice(name: str, choice: FacetChoice, kind: str = "checkbox") -> SafeString:
    """Return a box to tick, or with ``kind`` "radio" one to choose, and the hits it gives."""
    return format_html(
        '<label class="facet__choice"><input type="{}" name="{}" value="{}"{}> {} '
        '<span class="facet__count">{}<span class="visually-hidden"> {}</span></span></label>',
        kind,
        name,
        choice.value,
        SafeString(" checked" if choice.selected else ""),
        choice.label,
        number_format(choice.count),
        ngettext("hit", "hits", choice.count),
    )


@register.simple_tag
def place_suggestions(list_id: str) -> SafeString:
    """Return the ``datalist`` of every municipality and county, in the reader's language."""
    return _datalist(list_id, get_language() or "")


@lru_cache(maxsize=8)
def _datalist(list_id: str, language: str) -> SafeString:
    options = format_html_join("", '<option value="{}">', ([name] for name in names_of_places()))
    return format_html('<datalist id="{}">{}</datalist>', list_id, options)
