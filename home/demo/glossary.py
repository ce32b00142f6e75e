"""The words that the demonstration's books explain."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from home.demo.content import in_language, read
from home.demo.translation import translate
from library.models import GlossaryTerm


def fill(term: GlossaryTerm, item: dict[str, Any], language: str) -> GlossaryTerm:
    """Fill ``term`` in ``language``."""
    texts = in_language(item, language)
    term.term, term.definition = texts["term"], texts["definition"]
    term.forms = "\n".join(texts["forms"])
    return term


def load_glossary(swedish: Locale, english: Locale) -> int:
    """Make every word in both languages; return how many."""
    items = read("glossary")
    for item in items:
        term = fill(GlossaryTerm(locale=swedish), item, "sv")
        term.full_clean()
        term.save()
        translate(term, fill(GlossaryTerm.objects.get(pk=term.pk), item, "en"), english)
    return len(items)
