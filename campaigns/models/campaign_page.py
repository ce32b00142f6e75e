"""A campaign: what, when, where near me, how to join, material to take."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from campaigns.blocks import CAMPAIGN_BLOCKS
from campaigns.dates import span_in_words, swedish_today
from campaigns.enums import CampaignPhase
from campaigns.models.event import Event
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

    def open_for_registration(self, today: date | None = None) -> Self:
        """Campaigns in their call, the one that begins first at the front."""
        today = today or swedish_today()
        return self.filter(
            registration_opens_on__lte=today, registration_closes_on__gte=today, starts_on__gt=today
        ).order_by("starts_on", "pk")

    def with_event_count(self) -> Self:
        """Rows with ``event_count``, the number of approved events that are not cancelled."""
        events = (
            Event.objects.filter(
                campaign__translation_key=OuterRef("translation_key"),
                live=True,
                cancelled_at=None,
            )
            .order_by()
            .values("campaign__translation_key")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(event_count=Coalesce(Subquery(events), 0))


class CampaignPage(RoutablePageMixin, BasePage):
    """One edition of a campaign; its phase follows from its dates and the day it is in Sweden."""

    starts_on = models.DateField(
        _("first day"),
        db_index=True,
        help_text=_("The day the campaign begins. The page counts the days until then."),
    )
    ends_on = models.DateField(
        _("last day"), help_text=_("The same day again when the campaign lasts one day.")
    )
    registration_opens_on = models.DateField(
        _("registration opens"),
        null=True,
        blank=True,
        help_text=_("The first day that ASFs can register an event. Empty: they cannot."),
    )
    registration_closes_on = models.DateField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("The last day that ASFs can register an event."),
    )
    keep_bookings_days = models.PositiveSmallIntegerField(
        _("days that bookings are kept"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("So many days after an event its visitors' personal data are deleted."),
    )
    body = StreamField(
        CAMPAIGN_BLOCKS,
        verbose_name=_("what it is"),
        blank=True,
        help_text=_("What happens, for whom, and why come? The events are added by themselves."),
    )
    how_to_join = RichTextField(
        _("how to join"),
        features=SHORT_FEATURES,
        blank=True,
        help_text=_("What does a visitor do, and what does an ASF do that wants to take part?"),
    )
    results = RichTextField(
        _("what came of it"),
        features=SHORT_FEATURES,
        blank=True,
        help_text=_("Written afterwards. The figures are added by themselves from the reports."),
    )

    objects = PageManager.from_queryset(CampaignPageQuerySet)()

    kind = _("Campaign")
    kind_plural = _("Campaigns")
    kind_icon = "megaphone"
    schema_type = "Event"
    template = "campaigns/campaign_page.html"
    parent_page_types = ["campaigns.CampaignIndexPage", "campaigns.CampaignSeriesPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("When")),
        FieldRowPanel(
            [FieldPanel("registration_opens_on"), FieldPanel("registration_closes_on")],
            heading=_("When ASFs register"),
        ),
        FieldPanel("body"),
        FieldPanel("how_to_join"),
        InlinePanel(
            "material",
            heading=_("Campaign kit"),
            label=_("Material"),
            help_text=_("Logos, posters, texts and pictures for those who take part."),
        ),
        FieldPanel("results"),
        FieldPanel("keep_bookings_days"),
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
        opens, closes = self.registration_opens_on, self.registration_closes_on
        if bool(opens) != bool(closes):
            name = "registration_closes_on" if opens else "registration_opens_on"
            raise ValidationError({name: _("Give both days, or neither.")})
        if opens and closes and closes < opens:
            raise ValidationError(
                {"registration_closes_on": _("The last day cannot come before the first.")}
            )

    def phase_on(self, day: date) -> CampaignPhase:
        """Return the campaign's phase on a Swedish day."""
        if day < self.starts_on:
            opens, closes = self.registration_opens_on, self.registration_closes_on
            if opens is None or closes is None or day < opens:
                return CampaignPhase.COMING
            return CampaignPhase.CALL if day <= closes else CampaignPhase.PROGRAMME
        return CampaignPhase.RUNNING if day <= self.ends_on else CampaignPhase.FINISHED

    def days_left_on(self, day: date) -> int:
        """Return the days from ``day`` until the campaign begins; 0 when it has begun."""
        return max((self.starts_on - day).days, 0)

    def phase_in_words_on(self, day: date) -> str:
        """Return the phase on ``day`` as readers should hear it, for example ``"12 days left"``."""
        phase = self.phase_on(day)
        if day < self.starts_on:
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

    @property
    def only_day(self) -> date | None:
        """The day it is, or None where it is several."""
        return self.starts_on if self.starts_on == self.ends_on else None

    @path("")
    def show_campaign(self, request: HttpRequest) -> HttpResponse:
        """Show the campaign with the events that the address asks for."""
        from campaigns.events.programme import campaign_context

        return self.render(request, context_overrides=campaign_context(self, request))

    @path("<slug:slug>/")
    def show_event(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one event; 404 unless it is approved."""
        from campaigns.events.event_page import event_context

        event = Event.objects.published().of_campaign(self.translation_key).filter(slug=slug)
        found = event.select_related("campaign", "enterprise", "industry", "picture").first()
        if found is None:
            raise Http404
        return TemplateResponse(
            request, "campaigns/event.html", event_context(found, request, self)
        )

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the campaign as a schema.org Event in Sweden; its events are added elsewhere."""
        data = super().structured_data(request)
        del data["headline"]
        data |= {
            "startDate": self.starts_on.isoformat(),
            "endDate": self.ends_on.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Country", "name": gettext("Sweden")},
            "organizer": {
                "@type": "Organization",
                "name": OrganisationSettings.for_request(request).name,
                "url": request.build_absolute_uri("/"),
            },
        }
        if self.share_picture and self.share_picture.share_url:
            data["image"] = request.build_absolute_uri(self.share_picture.share_url)
        return data
