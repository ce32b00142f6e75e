"""The glossary in the admin."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from library.models import GlossaryTerm


def short_definition(term: GlossaryTerm) -> str:
    """Return the beginning of what the word means."""
    return Truncator(term.definition).chars(120)


class GlossaryTermViewSet(SnippetViewSet):
    """Words that the handbooks explain where they stand."""

    model = GlossaryTerm
    icon = "help"
    menu_label = _("Glossary")
    list_display = [
        "term",
        Column("definition", label=_("What it means"), accessor=short_definition),
        LocaleColumn(label=_("Language")),
    ]
    list_per_page = 100
    ordering = ["term"]
    copy_view_enabled = False
