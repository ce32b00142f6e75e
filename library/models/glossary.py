"""Words that books explain."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail.search import index


class GlossaryTerm(PreviewableMixin, TranslatableMixin, index.Indexed, models.Model):
    """A word and what it means, explained where it stands in a handbook."""

    term = models.CharField(
        _("word"), max_length=80, help_text=_("As it stands in a dictionary: “reserved contract”.")
    )
    forms = models.TextField(
        _("other forms"),
        blank=True,
        help_text=_("Forms of the word that occur in texts, one on each row."),
    )
    definition = models.TextField(
        _("what it means"),
        max_length=400,
        help_text=_("One or two plain sentences, without the word itself."),
    )

    panels = [FieldPanel("term"), FieldPanel("forms"), FieldPanel("definition")]
    search_fields = [index.AutocompleteField("term"), index.SearchField("definition")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("word in the glossary")
        verbose_name_plural = _("words in the glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "library/glossary_term_preview.html"
