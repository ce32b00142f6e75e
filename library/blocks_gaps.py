"""The block with what is known to be missing, for the accessibility statement."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AccessibilityGapsBlock(blocks.StructBlock):
    """What films and files lack, as they themselves declare it; nothing to fill in."""

    title = blocks.CharBlock(
        label=_("Heading"),
        required=False,
        max_length=100,
        help_text=_("Leave empty for “Films and files that lack something”."),
    )

    class Meta:
        icon = "warning"
        label = _("What is missing in films and files")
        description = _("A list that keeps itself: what films and files say that they lack")
        template = "library/blocks/accessibility_gaps.html"
        preview_value = {"title": ""}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from library.gaps import declared_gaps  # models, which themselves import blocks

        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"gaps": declared_gaps()}
