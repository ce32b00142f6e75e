"""The press room as RSS 2.0 (rssboard.org/rss-specification) and Atom (RFC 4287), per language.

``?kind=``, ``?theme=`` and ``?county=`` narrow a feed as they narrow the press room. What there is
no choice for answers 404: a program that silently got everything would never tell its owner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

from campaigns.dates import moment_of
from campaigns.models import PressPage, PressRoomPage
from campaigns.press.items import press_items
from campaigns.press.listing import FEED_FILTERS, PressFilter
from core.models import BasePage, OrganisationSettings
from core.text import xml_text
from library.models import FilmPage

NEWEST = 20


@dataclass(frozen=True)
class PressFeed:
    """A press room as one request sees it, and what of it is asked for."""

    room: PressRoomPage
    filter: PressFilter
    request: HttpRequest


@dataclass(frozen=True)
class PressFeedItem:
    """A press page or film with its full address and the names of its development areas.

    ``enclosures`` holds a film's file, if there is one.
    """

    page: BasePage
    url: str
    themes: list[str]
    released_at: datetime
    modified_at: datetime
    enclosures: list[Enclosure]


class FeedOfPublications(SyndicationFeed):
    """A feed that is as new as its latest publication, also of what readers are not told of.

    Django says as new as its latest item, so that who asks by If-Modified-Since misses what is
    published late or corrected, and “now” while it is empty, so that nobody is told it is the same.
    """

    def latest_post_date(self) -> datetime:
        published = [item["last_published_at"] for item in self.items]
        if not published:
            return self.feed["room_published_at"]
        return max(super().latest_post_date(), *filter(None, published))


class Rss(FeedOfPublications, Rss201rev2Feed):
    """RSS 2.0."""


class Atom(FeedOfPublications, Atom1Feed):
    """Atom 1.0."""


class PressRssFeed(Feed):
    """The newest in the press room in the address's language."""

    feed_type: type[SyndicationFeed] = Rss
    route = "press_rss"

    def get_object(self, request: HttpRequest) -> PressFeed:
        """Return the live, public press room in the active language, and the filter.

        404 when there is no such room, or no such kind, theme or county.
        """
        rooms = PressRoomPage.objects.live().public().in_active_language()
        room = rooms.select_related("locale").order_by("path")[:1].get()
        asked = {name: request.GET.get(name, "") for name in FEED_FILTERS}
        chosen = PressFilter(asked)
        if chosen.unknown:
            raise Http404
        return PressFeed(room, chosen, request)

    def title(self, feed: PressFeed) -> str:
        name = ": ".join([feed.room.title, *filter(None, [", ".join(feed.filter.feed_words)])])
        return f"{xml_text(name)} – ASF Lyfter"

    def description(self, feed: PressFeed) -> str:
        return escape(xml_text(feed.room.description))

    subtitle = description

    def link(self, feed: PressFeed) -> str:
        # Atom's id is made from it, so it must tell one filtered feed from another.
        return f"{feed.room.get_full_url(feed.request) or ''}{feed.filter.feed_query}"

    def feed_extra_kwargs(self, obj: PressFeed) -> dict[str, Any]:
        return {"room_published_at": obj.room.last_published_at}

    def feed_url(self, feed: PressFeed) -> str:
        return feed.request.build_absolute_uri(f"{reverse(self.route)}{feed.filter.feed_query}")

    def author_name(self, feed: PressFeed) -> str:
        return xml_text(OrganisationSettings.for_request(feed.request).name)

    def items(self, feed: PressFeed) -> list[PressFeedItem]:
        everything = press_items().filter(locale=feed.room.locale_id)
        rows = list(feed.filter.apply(everything).newest_first()[:NEWEST])
        ids = [row.pk for row in rows]
        pages = PressPage.objects.listed().in_bulk(ids)
        films = FilmPage.objects.select_related("video").defer("body", "transcript").in_bulk(ids)
        themes = themes_of(ids, feed.filter)
        return [
            feed_item(
                pages.get(row.pk) or films[row.pk],
                row.get_full_url(feed.request) or "",
                themes.get(row.pk, []),
                feed.request,
            )
            for row in rows
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
        return item.released_at

    def item_updateddate(self, item: PressFeedItem) -> datetime:
        return item.modified_at

    def item_categories(self, item: PressFeedItem) -> list[str]:
        return [xml_text(name) for name in item.themes]

    def item_extra_kwargs(self, item: PressFeedItem) -> dict[str, Any]:
        return {"last_published_at": item.page.last_published_at}

    def item_enclosures(self, item: PressFeedItem) -> list[Enclosure]:
        return item.enclosures


class PressAtomFeed(PressRssFeed):
    """The same as Atom."""

    feed_type = Atom
    route = "press_atom"


def feed_item(
    page: PressPage | FilmPage, url: str, themes: list[str], request: HttpRequest
) -> PressFeedItem:
    """Return ``page`` as the feeds show it; no query."""
    if isinstance(page, PressPage):
        return PressFeedItem(page, url, themes, page.released_at, page.modified_at, [])
    released_at = moment_of(page.recorded_on, page.first_published_at)
    enclosures = []
    if page.video and (size := page.video_size):
        address = request.build_absolute_uri(page.video.url)
        enclosures.append(Enclosure(address, str(size), page.video_type))
    modified_at = max(released_at, page.last_published_at or released_at)
    return PressFeedItem(page, url, themes, released_at, modified_at, enclosures)


def themes_of(ids: list[int], chosen: PressFilter) -> dict[int, list[str]]:
    """Map each page's id to its development areas' names in the reader's language; one query."""
    links = (
        BasePage.themes.through.objects.filter(basepage__in=ids)
        .order_by("theme__sort_order")
        .values_list("basepage_id", "theme__slug")
    )
    found: dict[int, list[str]] = {}
    for page_id, slug in links:
        found.setdefault(page_id, []).append(str(chosen.labels["theme"].get(slug, slug)))
    return found
