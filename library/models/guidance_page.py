"""Guidance."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from core.links import url_of
from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS, StepBlock
from library.steps import Step, steps_of


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

    def clean(self) -> None:
        super().clean()
        if self.next_page_id and not self.next_label:
            raise ValidationError(
                {"next_label": _("Say what the button does: it leads to the page you have chosen.")}
            )
        if (self.next_label or self.next_text) and not self.next_page_id:
            raise ValidationError({"next_page": _("Choose the page that the button leads to.")})

    @cached_property
    def numbered_steps(self) -> list[Step]:
        """The steps as readers see them."""
        return steps_of(self.steps)

    @property
    def next_url(self) -> str | None:
        """The address of what to do next in the reader's language; None while it is not public."""
        return url_of(self.next_page_id) if self.next_page_id else None

    @property
    def has_checklist(self) -> bool:
        """Whether there is anything to have ready."""
        return any(step.value["have_ready"] for step in self.steps)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the page's template, or with “?checklist” that of its whole checklist to print."""
        if "checklist" in request.GET:
            return "library/guidance_checklist.html"
        return str(super().get_template(request, *args, **kwargs))

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return a schema.org ``HowTo``: each step's text, and all there is to have ready."""
        data = super().structured_data(request)
        if not self.steps:
            return data
        address = self.get_full_url(request)
        data["step"] = [
            {
                "@type": "HowToStep",
                "position": step.number,
                "name": step.value["title"],
                "text": " ".join(get_text_for_indexing(step.value["text"].source).split()),
                "url": f"{address}#{step.anchor}",
            }
            for step in self.numbered_steps
        ]
        things = dict.fromkeys(thing for step in self.steps for thing in step.value["have_ready"])
        if things:
            data["supply"] = [{"@type": "HowToSupply", "name": thing} for thing in things]
        return data

    def get_searchable_text(self) -> list[str]:
        """Return the body's texts, then the steps'."""
        return [
            *super().get_searchable_text(),
            *self.steps.stream_block.get_searchable_content(self.steps),
        ]
