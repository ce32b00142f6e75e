"""Every page of the demonstration, parents before children."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asflist.models import CertificationPage, EnterpriseIndexPage, StatisticsPage
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
from home.models import CountyIndexPage, HomePage, SectionPage, StandardPage, ThemePage
from library.models import (
    ChapterPage,
    FilmPage,
    FilmSeriesPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    LibraryIndexPage,
    TemplatePage,
    TheoryOfChangePage,
)


def fill_home(page: HomePage, texts: Texts, keys: Keys) -> None:
    """The front page."""
    page.heading = texts["heading"]
    fill_body(page, texts, keys)


# In the order of the menu; the rest of the standing pages come after, outside it.
SECTIONS = ("asf-list", "counties", "about", "areas", "campaigns", "library", "press")
STANDING: dict[str, Any] = {
    "home": (HomePage, fill_home),
    "asf-list": (EnterpriseIndexPage, fill_body),
    "counties": (CountyIndexPage, fill_body),
    "certification-plan": (CertificationPage, fill_body),
    "areas": (SectionPage, fill_body),
    "campaigns": (CampaignIndexPage, fill_nothing),
    "open-house-series": (CampaignSeriesPage, fill_nothing),
    "press": (PressRoomPage, campaign_pages.fill_press_room),
    "media-bank": (MediaBankPage, fill_nothing),
    "library": (LibraryIndexPage, fill_nothing),
}
#: What an item of ``easy_read`` is, by its ``model``.
EASY_READ: dict[str, Any] = {
    "standard": (StandardPage, fill_body),
    "guidance": (GuidancePage, library_pages.fill_guidance),
}
#: What a chapter has from its book where it says nothing else.
HANDED_DOWN = ("themes", "tags", "audience", "picture", "published_on")
PARENTS = {"project": "about", "easy-to-read": "about", "media-bank": "press"}


def page_items() -> Iterator[PageItem]:
    """Yield every page, parents before children and the menu's pages in its order."""
    standing = {item["key"]: item for item in (*read("pages"), *read("regions")["pages"])}
    order = ["home", *SECTIONS, *(key for key in standing if key not in ("home", *SECTIONS))]
    for key in order:
        model, fill = STANDING.get(key, (StandardPage, fill_body))
        parent = None if key == "home" else PARENTS.get(key, "home")
        yield PageItem(key, model, parent, standing[key], fill, in_menu=key in SECTIONS)
    yield PageItem("statistics", StatisticsPage, "home", read("reports")["page"], fill_body)
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
    """Yield everything in the library; chapters are last, since they are in their books."""
    stories = read("stories")
    books = [edition for book in read("handbooks") for edition in editions(book)]
    for book in books:
        yield PageItem(book["key"], HandbookPage, "library", book, library_pages.fill_handbook)
    yield from film_pages()
    for model, items, fill in (
        (GuidancePage, read("guidance"), library_pages.fill_guidance),
        (TemplatePage, read("templates"), library_pages.fill_template),
        (TheoryOfChangePage, read("theory"), library_pages.fill_theory),
        (ImpactStoryPage, stories["stories"], library_pages.fill_story),
        (ImpactReportPage, stories["reports"], library_pages.fill_report),
    ):
        for item in items:
            yield PageItem(item["key"], model, "library", item, fill)
    for item in read("easy_read"):
        model, fill = EASY_READ[item["model"]]
        yield PageItem(item["key"], model, item["parent"], item, fill)
    for book in books:
        for chapter in book["chapters"]:
            item = {**{name: book[name] for name in HANDED_DOWN if name in book}, **chapter}
            yield PageItem(
                chapter["key"], ChapterPage, book["key"], item, library_pages.fill_chapter
            )


def editions(book: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a book, and below it the edition that it replaces, which came in its own year."""
    yield book
    if "earlier" in book:
        yield {"published_on": library_pages.FIRST_EDITION_CAME, **book["earlier"]}


def film_pages() -> Iterator[PageItem]:
    """Yield the series, and the films: in their series in order, the rest beside them."""
    content = read("films")
    series = {item["key"]: item for item in content["series"]}
    for key, item in series.items():
        yield PageItem(key, FilmSeriesPage, "library", item, fill_body)
    for item in content["films"]:
        parent = item["series"] if item.get("series") in series else "library"
        yield PageItem(item["key"], FilmPage, parent, item, library_pages.fill_film)
