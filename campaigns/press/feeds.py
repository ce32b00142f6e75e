"""The press room as RSS 2.0 (rssboard.org/rss-specification) and Atom (RFC 4287), per language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language

from campaigns.models import PressPage, PressRoomPage
from core.models import BasePage, OrganisationSettings, Theme

NEWEST = 20
# What XML 1.0 § 2.2 does not allow in any form; one such character would break the whole feed.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class PressFeed:
    """A press room as one request sees it."""

    room: PressRoomPage
    request: HttpRequest


@dataclass(frozen=True)
class PressFeedItem:
    """A press page with its full address and the names of its development areas."""

    page: PressPage
    url: str
    themes: list[str]


class PressRssFeed(Feed):
    """The newest press releases and debate articles in the address's language."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    route = "press_rss"

    def get_object(self, request: HttpRequest) -> PressFeed:
        """Return the live, public press room in the active language (404 when there is none)."""
        rooms = PressRoomPage.objects.live().public().in_active_language()
        return PressFeed(rooms.select_related("locale").order_by("path")[:1].get(), request)

    def title(self, feed: PressFeed) -> str:
        return f"{xml_text(feed.room.title)} – ASF Lyfter"

    def description(self, feed: PressFeed) -> str:
        return escape(xml_text(feed.room.description))

    subtitle = description

    def link(self, feed: PressFeed) -> str:
        return feed.room.get_full_url(feed.request) or ""

    def feed_url(self, feed: PressFeed) -> str:
        return feed.request.build_absolute_uri(reverse(self.route))

    def author_name(self, feed: PressFeed) -> str:
        return xml_text(OrganisationSettings.for_request(feed.request).name)

    def items(self, feed: PressFeed) -> list[PressFeedItem]:
        pages = list(PressPage.objects.child_of(feed.room).listed().newest_first()[:NEWEST])
        themes = theme_names(pages)
        return [
            PressFeedItem(page, page.get_full_url(feed.request) or "", themes.get(page.pk, []))
            for page in pages
        ]

    def item_title(self, item: PressFeedItem) -> str:
        return xml_text(item.page.title)

    def item_description(self, item: PressFeedItem) -> str:
        # Readers take the description for HTML; ours is plain text.
        return escape(xml_text(item.page.introduction))

    def item_link(self, item: PressFeedItem) -> str:
        return item.url

    item_guid = item_link
    item_guid_is_permalink = True

    def item_pubdate(self, item: PressFeedItem) -> datetime:
        return item.page.released_at

    def item_updateddate(self, item: PressFeedItem) -> datetime:
        return item.page.modified_at

    def item_categories(self, item: PressFeedItem) -> list[str]:
        return [xml_text(name) for name in item.themes]


class PressAtomFeed(PressRssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    route = "press_atom"


def xml_text(text: str) -> str:
    """Return ``text`` without the characters that XML does not allow."""
    return NOT_XML.sub("", text)


def theme_names(pages: list[PressPage]) -> dict[int, list[str]]:
    """Map each page's id to the names of its development areas in the active language.

    Two queries however many pages; an area without a translation keeps its own name.
    """
    links = (
        BasePage.themes.through.objects.filter(basepage__in=[page.pk for page in pages])
        .order_by("theme__sort_order")
        .values_list("basepage_id", "theme__translation_key", "theme__name")
    )
    names = dict(
        Theme.objects.filter(locale__language_code=get_language()).values_list(
            "translation_key", "name"
        )
    )
    found: dict[int, list[str]] = {}
    for page_id, key, name in links:
        found.setdefault(page_id, []).append(names.get(key, name))
    return found
