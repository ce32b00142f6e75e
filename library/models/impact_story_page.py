"""Stories of what work in an ASF led to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from asflist import places
from asflist.models import Enterprise
from core.dates import swedish_today
from core.models import BasePage
from core.models.consent import unpublished_at
from core.publishing import Lacking, PublishingGate
from library.blocks import LIBRARY_BLOCKS, FigureBlock
from library.querysets import ImpactStoryQuerySet

#: How many other stories a story leads to.
MORE = 3


class ImpactStoryPage(PublishingGate, BasePage):
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

    expire_at: datetime | None  # Wagtail's, which has no types

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
            ],
            heading=_("Who and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "consent_expires_on",
                    help_text=_(
                        "The last day that the person has said yes to. The day after, the story "
                        "is not public any more, in any language. Empty: it does not end."
                    ),
                )
            ],
            heading=_("Consent"),
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
        SynchronizedField("consent_expires_on", overridable=False),
    ]

    class Meta:
        verbose_name = _("impact story")
        verbose_name_plural = _("impact stories")

    @property
    def county_name(self) -> str:
        """The county's name in the reader's language, or an empty string."""
        county = places.county(self.county)
        return county.name if county else ""

    @cached_property
    def shown_enterprise(self) -> Enterprise | None:
        """The enterprise in the reader's language, else in Swedish; None when it is not live."""
        if self.enterprise_id is None:
            return None
        keys = Enterprise.objects.filter(pk=self.enterprise_id).values("translation_key")
        entries = Enterprise.objects.published().in_reader_language().select_related("locale")
        return entries.filter(translation_key__in=keys).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        enterprise = self.shown_enterprise
        return context | {
            "enterprise": enterprise,
            "enterprise_url": enterprise.get_url(request) if enterprise else "",
            "more": type(self).objects.near(self)[:MORE],
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the story as an article that is told by a role, from a place."""
        data = super().structured_data(request)
        if self.role:
            # schema.org has no type for a role that is nobody's name.
            data["author"] = {"@type": "Person", "jobTitle": self.role}
        if self.county_name:
            data["contentLocation"] = {"@type": "AdministrativeArea", "name": self.county_name}
        if enterprise := self.shown_enterprise:
            data["about"] = {"@type": "Organization", "name": enterprise.name}
        return data

    def get_searchable_text(self) -> list[str]:
        """Return who tells the story and where, then the story and its figures."""
        return [
            self.role,
            self.workplace,
            self.county_name,
            *super().get_searchable_text(),
            *self.figures.stream_block.get_searchable_content(self.figures),
        ]

    def source(self) -> ImpactStoryPage | None:
        """Return the story that this is a translation of; None where it is no translation."""
        versions = type(self).objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        return versions.exclude(pk=self.pk).first()

    def lacking(self) -> Lacking:
        """Return what stands in the way of publishing, by field: consent that has ended."""
        source = self.source()
        until = (source or self).consent_expires_on
        if until is None or until >= swedish_today():
            return {}
        return {
            "consent_expires_on": [
                gettext("Consent has ended. Ask the person again and write the new day here.")
            ]
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the consent that counts: a translation has that of its source, at once.

        Wagtail's ``expire_at`` follows, so that staff see the story as expired when it is.
        """
        stored = type(self).objects.filter(pk=self.pk).first()
        before = stored.consent_expires_on if stored else None
        source = self.source()
        if source is not None:
            self.consent_expires_on = source.consent_expires_on
        until = self.consent_expires_on if self.live else None
        own: datetime | None = self.expire_at
        self.expire_at = unpublished_at(own, before, until)
        super().save(*args, **kwargs)
        if source is None and before != self.consent_expires_on:
            self.hand_on_consent(self.consent_expires_on)

    def hand_on_consent(self, until: date | None) -> None:
        """Let the translations have the same consent, also those that are live."""
        versions: Any = type(self).objects.filter(translation_key=self.translation_key)
        for page in versions.exclude(pk=self.pk):
            own: datetime | None = page.expire_at
            ends = unpublished_at(own, page.consent_expires_on, until) if page.live else own
            same = type(self).objects.filter(pk=page.pk)
            same.update(consent_expires_on=until, expire_at=ends)
