"""The campaigns and the press room of the demonstration."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from campaigns.enums import MaterialKind
from campaigns.models import (
    CampaignMaterial,
    CampaignPage,
    DebateArticlePage,
    DebateSignatory,
    MediaBankItem,
    PressPage,
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
    PressRoomContact,
    PressRoomPage,
)
from campaigns.models.press_release_page import PressReleaseMaterial
from core.enums import Licence
from core.models import BasePage, CustomImage, Theme
from home.demo import dates
from home.demo.bodies import Keys
from home.demo.content import in_language, read, rich_text
from home.demo.page_items import Texts, fill_body, set_children
from home.demo.translation import translate

#: Days: how long the call has been open, and when it closes and, for the past one, opened.
CALL_OPEN_SINCE = 20
CALL_CLOSES_BEFORE = 35
CALL_OPENS_BEFORE = 200
NEWS_HOUR = time(6)
FILM_CREDIT = "Film: ASF Lyfter"


def fill_campaign(page: CampaignPage, texts: Texts, keys: Keys) -> None:
    """The coming open-house day is in its call; any other campaign was over ``ends_days_ago``."""
    today = keys.today
    edition = texts.get("edition")
    if edition == "coming":
        page.starts_on = page.ends_on = dates.open_house_day(today)
        page.registration_opens_on = today - timedelta(days=CALL_OPEN_SINCE)
    elif edition == "past":
        page.starts_on = page.ends_on = dates.past_open_house_day(today)
        page.registration_opens_on = page.starts_on - timedelta(days=CALL_OPENS_BEFORE)
    else:
        page.starts_on = today - timedelta(days=texts["starts_days_ago"])
        page.ends_on = today - timedelta(days=texts["ends_days_ago"])
    if edition:
        page.registration_closes_on = page.starts_on - timedelta(days=CALL_CLOSES_BEFORE)
    page.how_to_join = rich_text(texts["how_to_join"], keys.pages)
    page.results = rich_text(texts.get("results", ""), keys.pages)
    fill_body(page, texts, keys)
    material = [
        CampaignMaterial(
            locale=page.locale,
            material_kind=MaterialKind(entry["kind"]),
            document_id=keys.documents[entry["key"]] if "key" in entry else None,
            image_id=keys.images[entry["image"]] if "image" in entry else None,
            note=entry["note"],
        )
        for entry in texts.get("material", [])
    ]
    set_children(page, "material", material, ("note",))


def fill_press_room(page: PressRoomPage, texts: Texts, keys: Keys) -> None:
    """Both contacts; its pictures are the media bank's."""
    contacts = [PressRoomContact(contact_id=pk) for pk in keys.contacts.values()]
    set_children(page, "contact_links", contacts, ())


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


def fill_press(page: PressPage, texts: Texts, keys: Keys) -> None:
    """What releases and debate articles have in common; what is under embargo is dated ahead."""
    page.date = keys.today - timedelta(days=texts["days_ago"])
    page.county_code = texts.get("county", "")
    if page.date > keys.today:
        page.go_live_at = timezone.make_aware(datetime.combine(page.date, NEWS_HOUR))
    fill_body(page, texts, keys)


def fill_release(page: PressReleasePage, texts: Texts, keys: Keys) -> None:
    """A press release with its contacts, its pictures and what goes with it."""
    page.place = texts["place"]
    fill_press(page, texts, keys)
    links = [PressReleaseContact(contact_id=keys.contacts[key]) for key in texts["contacts"]]
    set_children(page, "contact_links", links, ())
    entries = texts.get("pictures", [])
    set_children(
        page,
        "pictures",
        pictures(PressReleasePicture, page, entries, keys),
        ("alt_text", "caption"),
    )
    related = [
        PressReleaseMaterial(
            locale=page.locale,
            document_id=keys.documents[entry["key"]] if "key" in entry else None,
            linked_page_id=keys.pages[entry["page"]] if "page" in entry else None,
        )
        for entry in texts.get("related", [])
    ]
    set_children(page, "related_material", related, ("linked_page_id",))


def fill_debate(page: DebateArticlePage, texts: Texts, keys: Keys) -> None:
    """A debate article that a newspaper has printed."""
    page.newspaper = texts["newspaper"]
    page.article_url = texts["url"]
    fill_press(page, texts, keys)
    signatories = [DebateSignatory(locale=page.locale, role=role) for role in texts["signatories"]]
    set_children(page, "signatories", signatories, ("role",))


def load_media_bank(keys: Keys, themes: dict[str, Theme], english: Locale) -> int:
    """Put pictures and films in the media bank in both languages; return how many."""
    items = read("press")["media_bank"]
    # The newest stands first, and the content is in the order that readers should see.
    for item in reversed(items):
        texts = in_language(item, "sv")
        made = MediaBankItem(locale=keys.source, title=texts["title"])
        if "image" in item:
            fields: dict[str, Any] = {"licence": Licence(item["licence"])}
            if "consent_days" in item:
                fields["consent_expires_on"] = keys.today + timedelta(days=item["consent_days"])
            CustomImage.objects.filter(pk=keys.images[item["image"]]).update(**fields)
            made.image_id = keys.images[item["image"]]
        else:
            made.film_id = keys.pages[item["film"]]
            made.film_credit, made.film_licence = FILM_CREDIT, Licence(item["licence"])
        made.alt_text, made.caption = texts.get("alt", ""), texts["caption"]
        made.themes = [themes[key] for key in item["themes"]]
        made.tags.set(texts["tags"])
        made.full_clean()
        made.save()
        words = in_language(item, "en")
        twin = MediaBankItem.objects.get(pk=made.pk)
        twin.title, twin.caption = words["title"], words["caption"]
        twin.alt_text = words.get("alt", "")
        translated = translate(made, twin, english)
        translated.tags.set(words["tags"])
        translated.save()
    return len(items)
