"""What a change under review changes, field by field, by Wagtail's own comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class
from wagtail.admin.panels import FieldPanel, ObjectList, Panel

from asflist.models import Enterprise

#: How Wagtail marks what was written and what was taken away; both hold escaped text.
MARKED = re.compile(r'<span class="(addition|deletion)">(.*?)</span>', re.DOTALL)


class YesNoComparison(FieldComparison):
    """Yes, no and nothing said, in words."""

    def htmldiff(self) -> str:
        before, after = self.in_words(self.val_a), self.in_words(self.val_b)
        if before == after:
            return escape(before)
        return str(TextDiff([("deletion", before), ("addition", after)], separator=" ").to_html())

    def in_words(self, value: bool | None) -> str:
        """Return the answer in the reader's language."""
        return _("Not said") if value is None else (_("Yes") if value else _("No"))


class PlainComparison(FieldComparison):
    """Numbers and days: one value instead of another."""

    def htmldiff(self) -> str:
        changes = [
            (kind, str(value))
            for kind, value in (("deletion", self.val_a), ("addition", self.val_b))
            if value is not None
        ]
        return str(TextDiff(changes, separator=" ").to_html())


class ChoicesComparison(FieldComparison):
    """Several chosen values: which were added and which taken away, by their labels."""

    def htmldiff(self) -> str:
        before, after = list(self.val_a or []), list(self.val_b or [])
        changes = [
            ("equal" if value in after else "deletion", self.label_of(value)) for value in before
        ]
        changes += [("addition", self.label_of(value)) for value in after if value not in before]
        return str(TextDiff(changes, separator=", ").to_html())

    def has_changed(self) -> bool:
        return set(self.val_a or []) != set(self.val_b or [])

    def label_of(self, value: str) -> str:
        """Return the choice's name in the reader's language."""
        return str(dict(self.field.flatchoices).get(value, value))


for number in (models.PositiveIntegerField, models.PositiveSmallIntegerField, models.FloatField):
    register_comparison_class(number, comparison_class=PlainComparison)
register_comparison_class(models.DateField, comparison_class=PlainComparison)
register_comparison_class(models.BooleanField, comparison_class=YesNoComparison)


class ChoicesPanel(FieldPanel):
    """A field of several choices: Wagtail compares it as one, and fails."""

    def get_comparison_class(self) -> type[FieldComparison]:
        return ChoicesComparison


@dataclass(frozen=True)
class Difference:
    """A field's name in the reader's language, and what became of its text as safe HTML."""

    label: str
    html: SafeString


def differences(
    before: Enterprise, after: Enterprise, panels: list[Panel], request: HttpRequest
) -> list[Difference]:
    """Return the fields that ``after`` has otherwise than ``before``, in the form's order."""
    handler = ObjectList(panels).bind_to_model(Enterprise)
    bound = handler.get_bound_panel(instance=after, request=request, form=None)
    comparisons = [compare(before, after) for compare in bound.get_comparison()]
    return [
        Difference(str(comparison.field_label()), spoken(comparison.htmldiff()))
        for comparison in comparisons
        if comparison.has_changed()
    ]


def spoken(html: Any) -> SafeString:
    """Mark what is new and what is gone for those who do not see colours, or do not see."""
    words = {"addition": ("ins", _("New:")), "deletion": ("del", _("Gone:"))}

    def marked(found: re.Match[str]) -> str:
        tag, word = words[found[1]]
        return (
            f'<{tag} class="{found[1]}"><span class="w-sr-only">{escape(word)} </span>'
            f"{found[2]}</{tag}>"
        )

    return SafeString(MARKED.sub(marked, str(html)))
