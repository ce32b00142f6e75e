"""Every page of the demonstration, parents before children."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asflist.models import EnterpriseIndexPage
from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    CampaignSeriesPage,
    DebateArticlePage,
    MediaBankPage,
    PressReleasePage,
    PressRoomPage,
)
from core.models import Theme
from home.demo import campaign_pages, library_pages
from home.demo.bodies import Keys
from home.demo.content import read
from home.demo.page_items import PageItem, Texts, fill_body, fill_nothing
from home.models import HomePage, SectionPage, StandardPage, ThemePage
from library.models import (
    ChapterPage,
    FilmPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    LibraryIndexPage,
    TemplatePage,
)


def fill_home(page: HomePage, texts: Texts, keys: Keys) -> None:
    """The front page."""
    page.heading = texts["heading"]
    fill_body(page, texts, keys)


# In the order of the menu; the rest of the standing pages come after, outside it.
SECTIONS = ("asf-list", "about", "areas", "campaigns", "library", "press")
STANDING: dict[str, Any] = {
    "home": (HomePage, fill_home),
    "asf-list": (EnterpriseIndexPage, fill_body),
    "areas": (SectionPage, fill_body),
    "campaigns": (CampaignIndexPage, fill_nothing),
    "open-house-series": (CampaignSeriesPage, fill_nothing),
    "press": (PressRoomPage, campaign_pages.fill_press_room),
    "media-bank": (MediaBankPage, fill_nothing),
    "library": (LibraryIndexPage, fill_nothing),
}
PARENTS = {"project": "about", "easy-to-read": "about", "media-bank": "press"}


def page_items() -> Iterator[PageItem]:
    """Yield every page, parents before children and the menu's pages in its order."""
    standing = {item["key"]: item for item in read("pages")}
    order = ["home", *SECTIONS, *(key for key in standing if key not in ("home", *SECTIONS))]
    for key in order:
        model, fill = STANDING.get(key, (StandardPage, fill_body))
        parent = None if key == "home" else PARENTS.get(key, "home")
        yield PageItem(key, model, parent, standing[key], fill, in_menu=key in SECTIONS)
    yield from theme_pages()
    yield from campaigns_and_press()
    yield from library()


def theme_pages() -> Iterator[PageItem]:
    """Yield the page of each development area."""
    for item in read("themes"):
        page = {**item["page"], "themes": [item["key"]]}
        yield PageItem(page["key"], ThemePage, "areas", page, fill_theme)


def fill_theme(page: ThemePage, texts: Texts, keys: Keys) -> None:
    """The page of a development area."""
    page.theme = Theme.objects.get(slug=texts["themes"][0], locale=keys.source)
    fill_body(page, texts, keys)


def campaigns_and_press() -> Iterator[PageItem]:
    """Yield the campaigns and what is in the press room."""
    press = read("press")
    for item in read("campaigns"):
        parent = item.get("parent", "campaigns")
        yield PageItem(item["key"], CampaignPage, parent, item, campaign_pages.fill_campaign)
    for item in press["releases"]:
        yield PageItem(item["key"], PressReleasePage, "press", item, campaign_pages.fill_release)
    for item in press["debate"]:
        yield PageItem(item["key"], DebateArticlePage, "press", item, campaign_pages.fill_debate)


def library() -> Iterator[PageItem]:
    """Yield everything in the library."""
    stories = read("stories")
    handbooks = read("handbooks")
    for item in handbooks:
        yield PageItem(item["key"], HandbookPage, "library", item, library_pages.fill_handbook)
    for model, items, fill in (
        (FilmPage, read("films")["films"], library_pages.fill_film),
        (GuidancePage, read("guidance"), library_pages.fill_guidance),
        (TemplatePage, read("templates"), library_pages.fill_template),
        (ImpactStoryPage, stories["stories"], library_pages.fill_story),
        (ImpactReportPage, stories["reports"], library_pages.fill_report),
    ):
        for item in items:
            yield PageItem(item["key"], model, "library", item, fill)
    for book in handbooks:
        for chapter in book["chapters"]:
            item = {
                **{name: book[name] for name in ("themes", "tags", "audience", "picture")},
                **chapter,
            }
            yield PageItem(chapter["key"], ChapterPage, book["key"], item, fill_body)
