"""Articles that newspapers have printed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.models.press_page import PressPage
from core.models import BasePage


class DebateArticlePage(PressPage):
    """What was argued, who signed it, and where it can be read."""

    newspaper = models.CharField(
        _("newspaper"),
        max_length=80,
        help_text=_("The newspaper that printed the article, by its own name."),
    )
    article_url = models.URLField(
        _("address of the article"),
        blank=True,
        help_text=_("The article on the newspaper's site. Leave empty if it is only on paper."),
    )

    kind = _("Debate article")
    kind_plural = _("Debate articles")
    kind_icon = "message-square-quote"
    schema_type = "OpinionNewsArticle"
    template = "campaigns/debate_article_page.html"
    parent_page_types = ["campaigns.PressRoomPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(
            [
                FieldPanel("newspaper"),
                FieldPanel(
                    "date",
                    heading=_("Printed on"),
                    help_text=_("The day the newspaper printed the article."),
                ),
            ]
        ),
        FieldPanel("article_url"),
        InlinePanel(
            "signatories",
            heading=_("Signed by"),
            label=_("Signatory"),
            help_text=_("Those who signed the article, in the order of the newspaper."),
        ),
        FieldPanel(
            "body",
            help_text=_("Our own text, where we may publish it. Otherwise leave it empty."),
        ),
        *PressPage.last_panels,
    ]
    search_fields = [*PressPage.search_fields, index.SearchField("newspaper")]
    override_translatable_fields = [
        *PressPage.override_translatable_fields,
        SynchronizedField("newspaper"),
    ]

    class Meta:
        verbose_name = _("debate article")
        verbose_name_plural = _("debate articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "signatories": self.signatories.all()
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as a schema.org OpinionNewsArticle that names where it was printed."""
        data = super().structured_data(request)
        data["isPartOf"] = {"@type": "Newspaper", "name": self.newspaper}
        if self.article_url:
            data["isBasedOn"] = self.article_url
        return data


class DebateSignatory(TranslatableMixin, Orderable):
    """One who signed a debate article, by role."""

    page = ParentalKey(DebateArticlePage, on_delete=models.CASCADE, related_name="signatories")
    role = models.CharField(
        _("role"),
        max_length=120,
        help_text=_("Title and organisation, for example “Chair, Skoopi”."),
    )

    panels = [FieldPanel("role")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self) -> str:
        return self.role
