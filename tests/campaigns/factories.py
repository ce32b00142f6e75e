"""Pages and snippets of the campaigns room."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone

from campaigns.dates import swedish_today
from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    CampaignSeriesPage,
    DebateArticlePage,
    Event,
    EventOrganiser,
    EventTime,
    PressContact,
    PressReleasePage,
    PressRoomPage,
)

PUBLISHED = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


class PublishedPageFactory(wagtail_factories.PageFactory):
    """A page that was published once, at ``PUBLISHED``."""

    first_published_at = PUBLISHED
    last_published_at = PUBLISHED

    class Meta:
        abstract = True


class CampaignIndexPageFactory(PublishedPageFactory):
    title = "Kampanjer"
    introduction = "Det här är på gång."

    class Meta:
        model = CampaignIndexPage


class CampaignPageFactory(PublishedPageFactory):
    title = factory.Sequence(lambda number: f"Öppet hus-dagen {number}")
    introduction = "ASF i hela landet öppnar sina dörrar."
    starts_on = date(2027, 5, 8)
    ends_on = date(2027, 5, 8)

    class Meta:
        model = CampaignPage


class CampaignSeriesPageFactory(PublishedPageFactory):
    title = "Öppet hus"
    introduction = "Varje år öppnar ASF sina dörrar."

    class Meta:
        model = CampaignSeriesPage


def make_campaign(parent: Any, *, days: int = 40, **fields: Any) -> CampaignPage:
    """Return a live campaign of one day, ``days`` from today, with registration open until then."""
    day = swedish_today() + timedelta(days=days)
    fields = {
        "starts_on": day,
        "ends_on": day,
        "registration_opens_on": day - timedelta(days=100),
        "registration_closes_on": day - timedelta(days=7),
    } | fields
    return CampaignPageFactory(parent=parent, **fields)


_numbers = count(1)


def make_event(
    campaign: CampaignPage,
    *,
    times: list[tuple[datetime, datetime]] | None = None,
    organiser: dict[str, Any] | None = None,
    publish: bool = True,
    **fields: Any,
) -> Event:
    """Return an event, published through a revision, with its times and a confirmed organiser.

    ``times`` are (opens, closes), aware; without them it is open 10–14, Swedish time, on the
    campaign's first day. With ``publish=False`` it is a draft that has a revision.
    """
    number = next(_numbers)
    fields = {
        "host": f"Kvarterscaféet {number}",
        "title": "Drick kaffe med personalen",
        "description": "Vi visar hur vi bakar.",
        "municipality_code": "2180",
        "venue": "Caféet, Brynässtigen 2",
        "access": ["step_free"],
        "languages": ["sv"],
    } | fields
    if times is None:
        zone = timezone.get_default_timezone()
        first = datetime.combine(campaign.starts_on, time(10), zone)
        times = [(first, first + timedelta(hours=4))]
    event = Event(campaign=campaign, live=False, **fields)
    event.times = [
        EventTime(starts_at=opens, ends_at=closes, sort_order=order)
        for order, (opens, closes) in enumerate(times)
    ]
    event.save()
    revision = event.save_revision()
    if publish:
        revision.publish()
    EventOrganiser.objects.create(
        event=event,
        **{
            "name": "Kontaktperson",
            "email": f"vard-{number}@example.com",
            "phone": "070-174 06 05",
            "confirmed_at": timezone.now(),
        }
        | (organiser or {}),
    )
    event.refresh_from_db()
    return event


class PressRoomPageFactory(PublishedPageFactory):
    title = "Pressrum"
    introduction = "För dig som skriver om ASF."

    class Meta:
        model = PressRoomPage


class PressReleasePageFactory(PublishedPageFactory):
    title = factory.Sequence(lambda number: f"Nytt från ASF {number}")
    introduction = "Fler ASF öppnar sina dörrar."
    place = "Gävle"
    date = date(2027, 3, 1)

    class Meta:
        model = PressReleasePage


class DebateArticlePageFactory(PublishedPageFactory):
    title = factory.Sequence(lambda number: f"Tre månader räcker inte {number}")
    introduction = "Skriv avtal på minst ett år."
    newspaper = "Storslättens Allehanda"
    article_url = "https://storslattensallehanda.example/debatt/tre-manader"
    date = date(2027, 2, 1)

    class Meta:
        model = DebateArticlePage


class PressContactFactory(factory.django.DjangoModelFactory):
    name = "Presskontakt, Skoopi"
    role = "Svarar om ASF som bransch"
    phone = "08-465 004 20"
    email = "press@asflyfter.example"
    languages = ("sv", "en")

    class Meta:
        model = PressContact
