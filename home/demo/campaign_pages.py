"""The campaigns and the press room of the demonstration."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from campaigns.models import (
    CampaignMaterial,
    CampaignPage,
    DebateArticlePage,
    DebateSignatory,
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
    PressRoomContact,
    PressRoomPage,
    PressRoomPicture,
)
from core.models import BasePage
from home.demo import dates
from home.demo.bodies import Keys
from home.demo.content import rich_text
from home.demo.page_items import Texts, fill_body, set_children


def fill_campaign(page: CampaignPage, texts: Texts, keys: Keys) -> None:
    """An open-house day is next year's; any other campaign was over ``ends_days_ago``."""
    today = keys.today
    if "starts_days_ago" in texts:
        page.starts_on = today - timedelta(days=texts["starts_days_ago"])
        page.ends_on = today - timedelta(days=texts["ends_days_ago"])
    else:
        page.starts_on = page.ends_on = dates.open_house_day(today)
    page.how_to_join = rich_text(texts["how_to_join"], keys.pages)
    fill_body(page, texts, keys)
    material = [
        CampaignMaterial(
            locale=page.locale, document_id=keys.documents[entry["key"]], note=entry["note"]
        )
        for entry in texts.get("documents", [])
    ]
    set_children(page, "material", material, ("note",))


def fill_press_room(page: PressRoomPage, texts: Texts, keys: Keys) -> None:
    """Both contacts, and four pictures to take."""
    contacts = [PressRoomContact(contact_id=pk) for pk in keys.contacts.values()]
    set_children(page, "contact_links", contacts, ())
    set_children(
        page,
        "pictures",
        pictures(PressRoomPicture, page, texts["pictures"], keys),
        ("alt_text", "caption"),
    )


def pictures(model: Any, page: BasePage, entries: list[Texts], keys: Keys) -> list[Any]:
    """Return pictures to take, with their alt texts and captions."""
    return [
        model(
            locale=page.locale,
            image_id=keys.images[entry["image"]],
            alt_text=entry["alt"],
            caption=entry.get("caption", ""),
        )
        for entry in entries
    ]


def fill_release(page: PressReleasePage, texts: Texts, keys: Keys) -> None:
    """A press release with its contacts and pictures."""
    page.date = keys.today - timedelta(days=texts["days_ago"])
    page.place = texts["place"]
    fill_body(page, texts, keys)
    links = [PressReleaseContact(contact_id=keys.contacts[key]) for key in texts["contacts"]]
    set_children(page, "contact_links", links, ())
    entries = texts.get("pictures", [])
    set_children(
        page,
        "pictures",
        pictures(PressReleasePicture, page, entries, keys),
        ("alt_text", "caption"),
    )


def fill_debate(page: DebateArticlePage, texts: Texts, keys: Keys) -> None:
    """A debate article that a newspaper has printed."""
    page.date = keys.today - timedelta(days=texts["days_ago"])
    page.newspaper = texts["newspaper"]
    page.article_url = texts["url"]
    fill_body(page, texts, keys)
    signatories = [DebateSignatory(locale=page.locale, role=role) for role in texts["signatories"]]
    set_children(page, "signatories", signatories, ("role",))
