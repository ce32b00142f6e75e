"""Panels of the editor that every page has."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from core.readability import EASY, HARD, in_words, lix


class ReadabilityPanel(Panel):
    """The readability of the page as it was last saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Readability (LIX)")} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "core/admin/readability.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            index = lix(self.instance.get_readable_text()) if self.instance.pk else None
            return super().get_context_data(parent_context) | {
                "index": index,
                "words": in_words(index) if index is not None else "",
                "is_hard": index is not None and index >= HARD,
                "easy": EASY,
                "hard": HARD,
            }
