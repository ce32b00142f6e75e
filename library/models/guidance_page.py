"""Guidance."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS, StepBlock


class GuidancePage(BasePage):
    """How to do something: a text, then steps in order, to follow and to print."""

    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What one needs to know before the first step."),
    )
    steps = StreamField(
        [("step", StepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("What to do, one thing at a time, in order. They are numbered on the page."),
    )

    next_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("what to do next"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page where the reader goes on when all steps are done."),
    )
    next_label = models.CharField(
        _("words on the button"),
        max_length=60,
        blank=True,
        help_text=_("Begin with a verb: “Report your figures”."),
    )
    next_text = models.CharField(
        _("why go on"),
        max_length=200,
        blank=True,
        help_text=_("One sentence above the button."),
    )

    kind = _("Guidance")
    kind_plural = _("Guidances")
    kind_icon = "list-checks"
    schema_type = "HowTo"
    template = "library/guidance_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                PageChooserPanel("next_page"),
                FieldPanel("next_label"),
                FieldPanel("next_text"),
            ],
            heading=_("When all steps are done"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("steps"),
    ]

    class Meta:
        verbose_name = _("guidance")
        verbose_name_plural = _("guidances")

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        data = super().structured_data(request)
        if self.steps:
            data["step"] = [
                {"@type": "HowToStep", "position": number, "name": step.value["title"]}
                for number, step in enumerate(self.steps, start=1)
            ]
        return data

    def get_searchable_text(self) -> list[str]:
        """Return the body's texts, then the steps'."""
        return [
            *super().get_searchable_text(),
            *self.steps.stream_block.get_searchable_content(self.steps),
        ]
