"""Pages and snippets of the campaigns room."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import factory
import wagtail_factories

from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    CampaignPlace,
    DebateArticlePage,
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


class CampaignPlaceFactory(factory.django.DjangoModelFactory):
    host = factory.Sequence(lambda number: f"Kvarterscaféet {number}")
    municipality_code = "2180"
    venue = "Caféet, Brynässtigen 2"
    starts_at = time(10)
    ends_at = time(14)
    note = "Drick kaffe med personalen."
    locale = factory.SelfAttribute("page.locale")

    class Meta:
        model = CampaignPlace


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
