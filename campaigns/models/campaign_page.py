"""A campaign: what, when, where near me, how to join, material to take."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from asflist.places import counties
from campaigns.blocks import CAMPAIGN_BLOCKS
from campaigns.dates import span_in_words, swedish_today
from campaigns.enums import CampaignPhase
from campaigns.models.campaign_place import CampaignPlace
from campaigns.programme import programme
from core.blocks import SHORT_FEATURES
from core.models import BasePage, BasePageQuerySet, OrganisationSettings


class CampaignPageQuerySet(BasePageQuerySet):
    """Campaigns by their dates; ``today`` is a Swedish day, the present one unless given."""

    def current(self, today: date | None = None) -> Self:
        """Running or coming campaigns, the one that begins first at the front."""
        return self.filter(ends_on__gte=today or swedish_today()).order_by("starts_on", "pk")

    def finished(self, today: date | None = None) -> Self:
        """Campaigns that are over, the latest first."""
        return self.filter(ends_on__lt=today or swedish_today()).order_by("-ends_on", "-pk")

    def with_place_count(self) -> Self:
        """Rows with ``place_count``, the number of places that take part."""
        return self.annotate(place_count=Count("places"))


class CampaignPage(BasePage):
    """One edition of a campaign; its phase follows from its dates and the day it is in Sweden."""

    starts_on = models.DateField(
        _("first day"),
        db_index=True,
        help_text=_("The day the campaign begins. The page counts the days until then."),
    )
    ends_on = models.DateField(
        _("last day"), help_text=_("The same day again when the campaign lasts one day.")
    )
    body = StreamField(
        CAMPAIGN_BLOCKS,
        verbose_name=_("what it is"),
        blank=True,
        help_text=_("What happens, for whom, and why come? Places have their own fields."),
    )
    how_to_join = RichTextField(
        _("how to join"),
        features=SHORT_FEATURES,
        blank=True,
        help_text=_("What does a visitor do, and what does an ASF do that wants to take part?"),
    )

    objects = PageManager.from_queryset(CampaignPageQuerySet)()

    kind = _("Campaign")
    kind_plural = _("Campaigns")
    kind_icon = "megaphone"
    schema_type = "Event"
    template = "campaigns/campaign_page.html"
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("When")),
        FieldPanel("body"),
        InlinePanel(
            "places",
            heading=_("Where"),
            label=_("Place"),
            help_text=_("Every place that takes part. Visitors see them by county and on the map."),
        ),
        FieldPanel("how_to_join"),
        InlinePanel(
            "material",
            heading=_("Material to take"),
            label=_("Document"),
            help_text=_("Posters, texts and checklists for those who take part."),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("how_to_join"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day cannot come before the first.")})

    def phase_on(self, day: date) -> CampaignPhase:
        """Return the campaign's phase on a Swedish day."""
        if day < self.starts_on:
            return CampaignPhase.COMING
        return CampaignPhase.RUNNING if day <= self.ends_on else CampaignPhase.FINISHED

    def days_left_on(self, day: date) -> int:
        """Return the days from ``day`` until the campaign begins; 0 when it has begun."""
        return max((self.starts_on - day).days, 0)

    def phase_in_words_on(self, day: date) -> str:
        """Return the phase on ``day`` as readers should hear it, for example ``"12 days left"``."""
        phase = self.phase_on(day)
        if phase is CampaignPhase.COMING:
            days = self.days_left_on(day)
            if days == 1:
                return gettext("Tomorrow")
            return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
        if phase is CampaignPhase.RUNNING and self.starts_on == self.ends_on:
            return gettext("Today")
        return str(phase.label)

    @property
    def phase(self) -> CampaignPhase:
        """The phase today."""
        return self.phase_on(swedish_today())

    @property
    def days_left(self) -> int:
        """The days until the campaign begins, from today."""
        return self.days_left_on(swedish_today())

    @property
    def phase_in_words(self) -> str:
        """The phase today as readers should hear it."""
        return self.phase_in_words_on(swedish_today())

    @property
    def dates(self) -> str:
        """When it is, for example ``"lördag 8 maj 2027"``."""
        return span_in_words(self.starts_on, self.ends_on)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        places = self.participating_places
        for place in places:
            place.host_url = place.get_host_url(request)
        return super().get_context(request, *args, **kwargs) | {
            "programme": programme(places, request.GET.get("county", "")),
            "all_counties": counties(),
            "material": self.material.select_related("document"),
        }

    @cached_property
    def participating_places(self) -> list[CampaignPlace]:
        """The places with their enterprises, asked for once."""
        return list(self.places.select_related("enterprise"))

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the campaign as a schema.org Event with every place it is at."""
        data = super().structured_data(request)
        del data["headline"]
        data |= {
            "startDate": self.starts_on.isoformat(),
            "endDate": self.ends_on.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": [place.structured_data() for place in self.participating_places]
            or {"@type": "Country", "name": gettext("Sweden")},
            "organizer": {
                "@type": "Organization",
                "name": OrganisationSettings.for_request(request).name,
                "url": request.build_absolute_uri("/"),
            },
        }
        if self.share_picture and self.share_picture.share_url:
            data["image"] = request.build_absolute_uri(self.share_picture.share_url)
        return data
