"""What happens at one host in a campaign, as visitors see it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from multiselectfield import MultiSelectField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from asflist.enums import SpokenLanguage
from asflist.models import Enterprise, Industry
from asflist.places import County, Municipality, municipality, municipality_choices
from campaigns.enums import AccessFact, BookingMode
from campaigns.models.event_queryset import EventQuerySet
from campaigns.models.event_time import EventTime
from core.enums import ContentLanguage
from core.models import CustomImage

SLUG_LENGTH = 80


class Event(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """An open house: who, what, when, where, how to get in and how to book.

    Organisers write it without an account and staff approve it. It holds no personal data: the
    organiser's own contact is an ``EventOrganiser``, so that no revision keeps it. The text is in
    one language, ``text_language``, and stands so on the pages of every language.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        verbose_name=_("campaign"),
        on_delete=models.CASCADE,
        related_name="events",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("The edition that the event belongs to."),
    )
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("on the ASF list"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("The host's entry on the ASF list. The host's name leads there."),
    )
    host = models.CharField(
        _("host"), max_length=120, help_text=_("The name of the ASF that opens its doors.")
    )
    industry = models.ForeignKey(
        Industry,
        verbose_name=_("industry"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("What the host works with. Visitors can filter the programme by it."),
    )
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("What happens, in a few words: “Build a bird box with us”."),
    )
    slug = models.SlugField(_("slug"), max_length=SLUG_LENGTH, editable=False)
    description = models.TextField(
        _("what visitors can do"),
        max_length=1500,
        help_text=_("What does one see and try, and for whom is it? Plain text, short sentences."),
    )
    text_language = models.CharField(
        _("language of the text"),
        max_length=2,
        choices=ContentLanguage,
        default=ContentLanguage.SWEDISH,
        help_text=_("The language that title and description are written in."),
    )
    languages = MultiSelectField(
        _("languages spoken"),
        choices=SpokenLanguage.choices,
        max_length=120,
        blank=True,
        help_text=_("The languages in which visitors are met."),
    )
    picture = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Everyone in it must have said yes."),
    )
    picture_alt = models.CharField(
        _("alt text"),
        max_length=200,
        blank=True,
        help_text=_("What does one see? It is read to those who cannot see the picture."),
    )
    municipality_code = models.CharField(
        _("municipality"),
        max_length=4,
        choices=municipality_choices,
        help_text=_("Where it is. The county follows from the municipality."),
    )
    county_code = models.CharField(max_length=2, editable=False, default="", db_index=True)
    venue = models.CharField(
        _("place and street"),
        max_length=160,
        help_text=_("The address as a visitor needs it: “The café, Brynässtigen 2”."),
    )
    access = MultiSelectField(
        _("access"),
        choices=AccessFact.choices,
        max_length=120,
        blank=True,
        help_text=_("Tick only what is there on the day."),
    )
    public_transport = models.CharField(
        _("public transport"),
        max_length=300,
        blank=True,
        help_text=_("Line, stop and how far it is from there."),
    )
    access_note = models.TextField(
        _("more about getting in"),
        max_length=600,
        blank=True,
        help_text=_("Steps, doors, smells, sounds: what one should know before coming."),
    )
    booking = models.CharField(
        _("booking"),
        max_length=10,
        choices=BookingMode,
        default=BookingMode.DROP_IN,
        help_text=_("How does a visitor get a place?"),
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_("How many people there is room for each time. Needed for booking here."),
    )
    booking_contact = models.CharField(
        _("contact for booking"),
        max_length=160,
        blank=True,
        help_text=_("A phone number or an address that visitors may see."),
    )
    booking_url = models.URLField(
        _("address for booking"),
        blank=True,
        help_text=_("The page on the organiser's own site, with https://."),
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        _("reason for cancelling"), max_length=240, blank=True, editable=False
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()

    #: What is true whatever revision is published: a revision must not bring back what was.
    outside_revisions = ("cancelled_at", "cancel_reason", "sequence", "county_code", "slug")

    #: The kind of content in the reader's words, singular and plural, and the Lucide icon for it.
    kind = _("Event")
    kind_plural = _("Events")
    kind_icon = "door-open"

    search_fields = [
        index.SearchField("title"),
        index.SearchField("host"),
        index.AutocompleteField("title"),
        index.AutocompleteField("host"),
        index.FilterField("live"),
        index.FilterField("county_code"),
        index.FilterField("campaign"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "slug"], name="unique_event_slug")
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Check what spans fields, each error at its own field."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.booking == BookingMode.HERE and not self.capacity:
            errors["capacity"] = _("Say how many there is room for.")
        if self.booking == BookingMode.CONTACT and not self.booking_contact:
            errors["booking_contact"] = _("Give a phone number or an address to book with.")
        if self.booking == BookingMode.ONLINE and not self.booking_url:
            errors["booking_url"] = _("Give the address of the page to book on.")
        if self.picture_id and not self.picture_alt:
            errors["picture_alt"] = _("Say what the picture shows.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what is derived; the slug is set once, so that the address stays."""
        place = self.municipality
        self.county_code = place.county_code if place else ""
        self.slug = self.slug or self.find_slug()
        super().save(*args, **kwargs)

    def find_slug(self) -> str:
        """Return a slug from host and title that no other event of the campaign has."""
        base = slugify(f"{self.host} {self.title}")[: SLUG_LENGTH - 5].strip("-") or "asf"
        taken = set(
            type(self)
            .objects.filter(campaign=self.campaign_id, slug__startswith=base)
            .values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return the event as a revision has it, but for what no revision decides.

        A time that somebody has booked is there also when the revision is without it: it may have
        been booked since.
        """
        event = super().with_content_json(content)
        for name in self.outside_revisions:
            setattr(event, name, getattr(self, name))
        kept = {time.pk for time in event.times.all()}
        event.times.add(*EventTime.objects.booked().filter(event=self.pk).exclude(pk__in=kept))
        return event

    @property
    def municipality(self) -> Municipality | None:
        """The municipality that the event is in."""
        return municipality(self.municipality_code)

    @property
    def county(self) -> County | None:
        """The county that the event is in."""
        return self.municipality.county if self.municipality else None

    @property
    def access_facts(self) -> list[str]:
        """What there is for access, in the reader's language and the order of the form."""
        return [str(label) for value, label in AccessFact.choices if value in (self.access or [])]

    @property
    def spoken_languages(self) -> list[str]:
        """The names of the languages in which visitors are met, in the reader's language."""
        labels = dict(SpokenLanguage.choices)
        return [str(labels[code]) for code in self.languages or [] if code in labels]

    @property
    def is_cancelled(self) -> bool:
        """Whether it has been cancelled; that is for good."""
        return self.cancelled_at is not None

    def ordered_times(self) -> list[EventTime]:
        """Return the times in the order they begin."""
        return sorted(self.times.all(), key=lambda time: time.starts_at)

    @property
    def last_moment(self) -> datetime | None:
        """When the last time ends."""
        return max((time.ends_at for time in self.times.all()), default=None)

    def is_over(self, now: datetime | None = None) -> bool:
        """Whether every time has ended at ``now`` (aware; the present moment unless given)."""
        last = self.last_moment
        return last is not None and last <= (now or timezone.now())

    def personal_data_until(self) -> date | None:
        """Return the Swedish day after which bookings are deleted, or None without a time."""
        last = self.last_moment
        if last is None:
            return None
        day = timezone.localdate(last, timezone.get_default_timezone())
        return day + timedelta(days=self.campaign.keep_bookings_days)

    def get_url(self, request: HttpRequest | None = None, language: str | None = None) -> str:
        """Return the path of the event's page in ``language``, by default the active one."""
        from campaigns.events.addresses import event_url

        return event_url(self, request, language)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "campaigns/event.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from campaigns.events.event_page import event_context

        return event_context(self, request)
