"""The open houses of the demonstration: approved, waiting, sent back, and those of the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.text import slugify

from asflist.models import Enterprise, Industry
from campaigns.events.bookings import book
from campaigns.models import CampaignPage, Event, EventOrganiser, EventReport, EventTime
from home.demo.bodies import Keys
from home.demo.content import read

#: Whose campaign each list of the content belongs to, by the campaign's key.
COMING, PAST = "open-house", "open-house-past"
PLAIN = ("title", "venue", "booking", "access", "languages")
REPORTED_AFTER = timedelta(days=6)
CANCELLED_BEFORE = timedelta(days=3)
SUBMITTED_BEFORE = timedelta(days=45)


@contextmanager
def mails_kept_back() -> Iterator[None]:
    """Within this block mails go nowhere: nobody has asked the demonstration's people anything."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        yield


@dataclass
class Events:
    """One load of the open houses: what they refer to."""

    keys: Keys
    enterprises: dict[str, Enterprise]

    def __post_init__(self) -> None:
        self.industries = {
            row.slug: row for row in Industry.objects.filter(locale=self.keys.source)
        }
        self.campaigns = {
            key: CampaignPage.objects.get(pk=self.keys.pages[key]) for key in (COMING, PAST)
        }
        #: Last time's by host, which this time's were copied from.
        self.earlier: dict[str, Event] = {}

    def load(self) -> int:
        """Make those that staff have approved; return how many."""
        content = read("events")
        for item in content["past"]:
            event = self.publish(item, PAST)
            self.earlier[event.host] = event
        for item in content["coming"]:
            self.publish(item, COMING)
        return len(content["past"]) + len(content["coming"])

    def load_submitted(self, moderator: User) -> None:
        """Make those that wait for approval, and those that ``moderator`` has sent back."""
        content = read("events")
        for item in content["waiting"] + content["returned"]:
            event = self.make(item, COMING)
            event.save_revision()
            state = event.get_workflow().start(event, None)
            if "reason" in item:
                task_state = state.current_task_state.specific
                task_state.reject(user=moderator, comment=item["reason"].strip())

    def publish(self, item: dict[str, Any], campaign: str) -> Event:
        """Make one event and approve it, then what has come of it since."""
        event = self.make(item, campaign)
        event.save_revision().publish()
        if "cancelled" in item:
            self.cancel(event, item["cancelled"])
        if "report" in item:
            report = EventReport.objects.create(event=event, **item["report"])
            moment = self.at(event.campaign.ends_on + REPORTED_AFTER, "09:30")
            EventReport.objects.filter(pk=report.pk).update(reported_at=moment)
        if "bookings" in item:
            self.book(event, item)
        return event

    def make(self, item: dict[str, Any], campaign_key: str) -> Event:
        """Save one event as its organiser has sent it in, with its times and its organiser."""
        campaign = self.campaigns[campaign_key]
        enterprise = self.enterprises[item["enterprise"]] if "enterprise" in item else None
        host = enterprise.name if enterprise else item["host"]
        event = Event(
            campaign=campaign,
            live=False,
            host=host,
            enterprise=enterprise,
            industry=self.industries[item["industry"]],
            description=item["description"].strip(),
            text_language=item.get("text_language", "sv"),
            municipality_code=enterprise.municipality if enterprise else item["municipality"],
            public_transport=item.get("transport", ""),
            access_note=item.get("access_note", ""),
            capacity=item.get("capacity"),
            booking_contact=item.get("contact", ""),
            booking_url=item.get("url", ""),
            picture_id=self.keys.images[item["picture"]] if "picture" in item else None,
            picture_alt=item.get("alt", ""),
            copied_from=self.earlier.get(host) if campaign_key == COMING else None,
            **{name: item[name] for name in PLAIN},
        )
        if campaign_key == PAST:
            event.first_published_at = self.at(campaign.starts_on - SUBMITTED_BEFORE, "13:00")
        event.times = [
            EventTime(
                starts_at=self.at(campaign.starts_on, opens),
                ends_at=self.at(campaign.starts_on, closes),
                sort_order=order,
            )
            for order, (opens, closes) in enumerate(span.split("-") for span in item["times"])
        ]
        event.save()
        domain = f"{slugify(host)}.example"
        EventOrganiser.objects.create(
            event=event,
            name=item["organiser"],
            email=f"oppethus@{domain}",
            phone="08-465 004 30",
            language=event.text_language,
            confirmed_at=timezone.now(),
        )
        return event

    def cancel(self, event: Event, reason: str) -> None:
        """Cancel ``event``, which nobody has booked: some days before where it is in the past."""
        moment = min(timezone.now(), event.ordered_times()[0].starts_at - CANCELLED_BEFORE)
        Event.objects.filter(pk=event.pk).update(
            cancelled_at=moment, cancel_reason=reason, sequence=event.sequence + 1
        )

    def book(self, event: Event, item: dict[str, Any]) -> None:
        """Book as visitors do, in the order of the content: those who do not fit are in line."""
        times = dict(zip(item["times"], event.ordered_times(), strict=True))
        for span, bookings in item["bookings"].items():
            for booking in bookings:
                book(
                    times[span],
                    name=booking["name"],
                    email=f"{slugify(booking['name'])}@besokare.example",
                    number=booking["number"],
                    access_needs=booking["needs"],
                    language=booking.get("language", "sv"),
                )

    def at(self, day: date, clock: str) -> datetime:
        """Return the moment when clocks in Sweden show ``clock`` on ``day``."""
        return datetime.combine(day, time.fromisoformat(clock), timezone.get_default_timezone())
