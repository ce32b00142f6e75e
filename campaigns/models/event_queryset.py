"""What is asked of events."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, Max, Min, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import WorkflowState

from campaigns.models.booking import Booking
from core.models import BasePage

if TYPE_CHECKING:
    from campaigns.models.event import Event


class EventQuerySet(models.QuerySet["Event"]):
    """Named questions about events."""

    model: type[Event]

    def published(self) -> Self:
        """Approved events of campaigns that anyone may see, cancelled ones among them."""
        campaigns = BasePage.objects.live().public().values("pk")
        return self.filter(live=True, campaign__in=campaigns)

    def of_campaign(self, translation_key: uuid.UUID) -> Self:
        """Events of a campaign, whichever language's page asks."""
        return self.filter(campaign__translation_key=translation_key)

    def in_county(self, code: str) -> Self:
        """Events in the county with this two-digit code."""
        return self.filter(county_code=code)

    def not_cancelled(self) -> Self:
        """Events that will be, or have been, held."""
        return self.filter(cancelled_at=None)

    def not_over(self, now: datetime | None = None) -> Self:
        """Events of which some time has not ended at ``now`` (aware; the present moment)."""
        return self.filter(times__ends_at__gt=now or timezone.now()).distinct()

    def with_waiting(self) -> Self:
        """Rows with ``is_waiting``: they have been sent in, and staff have not judged them yet."""
        states = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            object_id=Cast(OuterRef("pk"), models.CharField()),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        return self.annotate(is_waiting=Exists(states))

    def awaiting_approval(self) -> Self:
        """Events that have been sent in and that staff have not judged yet."""
        return self.with_waiting().filter(is_waiting=True)

    def with_people_booked(self) -> Self:
        """Rows with ``people_booked``, the number of people with confirmed places at any time."""
        number = (
            Booking.objects.confirmed()
            .filter(event=OuterRef("pk"))
            .order_by()
            .values("event")
            .annotate(people=Sum("number"))
            .values("people")
        )
        return self.annotate(people_booked=Coalesce(Subquery(number), 0))

    def over_before(self, moment: datetime) -> Self:
        """Events that were over at ``moment`` (aware); one without times ends with its campaign."""
        day = timezone.localdate(moment, timezone.get_default_timezone())
        over = models.Q(last_end__lt=moment) | models.Q(last_end=None, campaign__ends_on__lt=day)
        return self.order_by().annotate(last_end=Max("times__ends_at")).filter(over)

    def by_first_time(self) -> Self:
        """In the order that they begin, each with ``first_starts_at`` and ``last_ends_at``."""
        return self.annotate(
            first_starts_at=Min("times__starts_at"), last_ends_at=Max("times__ends_at")
        ).order_by("first_starts_at", "title", "pk")

    def count_by_county(self) -> dict[str, int]:
        """Return the number of events by county code; one query."""
        return dict(self.order_by().values_list("county_code").annotate(models.Count("pk")))
