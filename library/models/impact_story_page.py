"""Stories of what work in an ASF led to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from asflist import places
from asflist.models import Enterprise
from core.models import BasePage
from library.blocks import LIBRARY_BLOCKS, FigureBlock
from library.querysets import ImpactStoryQuerySet


class ImpactStoryPage(BasePage):
    """What changed for somebody, told with the person's role instead of a name."""

    role = models.CharField(
        _("role"),
        max_length=120,
        blank=True,
        help_text=_(
            "Who tells the story, by role: “participant”, “supervisor”. No name is needed."
        ),
    )
    workplace = models.CharField(
        _("place of work"),
        max_length=120,
        blank=True,
        help_text=_("What kind of place it is and where: “neighbourhood café in Gävle”."),
    )
    county = models.CharField(
        _("County"),
        max_length=2,
        choices=places.county_choices,
        blank=True,
        help_text=_("The county where the place of work is."),
    )
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("enterprise"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="impact_stories",
        help_text=_("The ASF on the list, if the story is to lead there."),
    )
    consent_expires_on = models.DateField(
        _("consent ends"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "The last day that the person has said yes to. "
            "The day after, the story is not public any more. Empty: it does not end."
        ),
    )
    #: The end of consent that staff have been warned of; another end is warned of anew.
    consent_warned_for = models.DateField(null=True, blank=True, editable=False)
    figures = StreamField(
        [("figure", FigureBlock())],
        verbose_name=_("figures"),
        blank=True,
        help_text=_("What can be counted in the story, each with its source."),
    )
    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("The story. Let people speak, and say what was different afterwards."),
    )

    objects = PageManager.from_queryset(ImpactStoryQuerySet)()

    kind = _("Impact story")
    kind_plural = _("Impact stories")
    kind_icon = "message-circle-heart"
    schema_type = "Article"
    template = "library/impact_story_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("role"),
                FieldPanel("workplace"),
                FieldPanel("county"),
                FieldPanel("enterprise"),
                FieldPanel("consent_expires_on"),
            ],
            heading=_("Who and where"),
        ),
        FieldPanel("body"),
        FieldPanel("figures"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("role"),
        index.SearchField("workplace"),
        index.SearchField("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("enterprise"),
        SynchronizedField("consent_expires_on"),
    ]

    class Meta:
        verbose_name = _("impact story")
        verbose_name_plural = _("impact stories")

    @property
    def county_name(self) -> str:
        """The county's name in the reader's language, or an empty string."""
        county = places.county(self.county)
        return county.name if county else ""

    def shown_enterprise(self) -> Enterprise | None:
        """Return the enterprise in the reader's language, else in Swedish; None when not live."""
        if self.enterprise_id is None:
            return None
        keys = Enterprise.objects.filter(pk=self.enterprise_id).values("translation_key")
        entries = Enterprise.objects.published().in_reader_language().select_related("locale")
        return entries.filter(translation_key__in=keys).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        enterprise = self.shown_enterprise()
        return context | {
            "enterprise": enterprise,
            "enterprise_url": enterprise.get_url(request) if enterprise else "",
        }

    def get_searchable_text(self) -> list[str]:
        """Return who tells the story and where, then the story."""
        return [self.role, self.workplace, self.county_name, *super().get_searchable_text()]
