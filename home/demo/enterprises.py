"""The enterprises of the demonstration and those who sell for them: made up, every one."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from asflist.enums import EntryType
from asflist.models import Enterprise, Industry
from asflist.states import set_confirmed
from home.demo import content
from home.demo.bodies import Keys
from home.demo.content import rich_text
from home.demo.profiles import fill_criteria, fill_profile, fill_standing
from home.demo.translation import translate

TEXTS = ("summary",)
RICH_TEXTS = ("offer", "social_benefit")
PLAIN = (
    "name",
    "organisation_number",
    "legal_form",
    "municipality",
    "street_address",
    "postcode",
    "locality",
    "employees",
    "participants",
    "website",
    "phone",
    "email",
    "member_since",
    "languages",
)


def enterprise_items() -> list[dict[str, Any]]:
    """Return every enterprise with its profile."""
    profiles = content.read("enterprise_profiles")
    return [{**item, "profile": profiles[item["key"]]} for item in content.read("enterprises")]


def fill(enterprise: Enterprise, item: dict[str, Any], keys: Keys, language: str) -> Enterprise:
    """Fill the texts of ``enterprise`` in ``language``."""
    texts = content.in_language(item, language)
    for name in TEXTS:
        setattr(enterprise, name, texts[name])
    for name in RICH_TEXTS:
        setattr(enterprise, name, rich_text(texts[name], {}))
    fill_profile(enterprise, item["key"], item["profile"], keys, language)
    return enterprise


def load_industries(swedish: Locale, english: Locale) -> dict[str, Industry]:
    """Make the industries and their parts in both languages; return the Swedish by key."""
    industries: dict[str, Industry] = {}
    wide = content.read("industries")
    parts = [(part, item["key"]) for item in wide for part in item.get("parts", [])]
    for item, parent in [*((item, None) for item in wide), *parts]:
        swedish_texts = content.in_language(item, content.SOURCE)
        english_texts = content.in_language(item, "en")
        industry = Industry.objects.create(
            name=swedish_texts["name"],
            synonyms=swedish_texts["synonyms"],
            slug=item["key"],
            parent=industries[parent] if parent else None,
            locale=swedish,
        )
        industries[item["key"]] = industry
        twin = Industry.objects.get(pk=industry.pk)
        twin.name, twin.synonyms = english_texts["name"], english_texts["synonyms"]
        translate(industry, twin, english)
    return industries


def load_enterprises(keys: Keys, swedish: Locale) -> dict[str, Enterprise]:
    """Make and publish every enterprise in Swedish; return them by key."""
    made = {}
    for item in enterprise_items():
        enterprise = make_entry(item, keys, swedish)
        fill_criteria(enterprise)
        publish(enterprise)
        made[item["key"]] = enterprise
    return made


def load_sales_organisations(
    keys: Keys, swedish: Locale, enterprises: dict[str, Enterprise]
) -> dict[str, Enterprise]:
    """Make and publish those who sell for the ``enterprises``, in Swedish; return them by key."""
    made = {}
    for item in content.read("sales_organisations"):
        seller = make_entry(item, keys, swedish)
        seller.entry_type = EntryType.SALES_ORGANISATION
        seller.members = [enterprises[key] for key in item["members"]]
        seller.full_clean(exclude=["slug", "county_code"], validate_constraints=False)
        publish(seller)
        made[item["key"]] = seller
    return made


def make_entry(item: dict[str, Any], keys: Keys, swedish: Locale) -> Enterprise:
    """Return an entry in Swedish that is not saved yet."""
    names = [*item["industries"], *item["profile"].get("parts", [])]
    entry = Enterprise(locale=swedish, **{name: item[name] for name in PLAIN})
    entry.picture_id = keys.images[item["picture"]]
    entry.industries = list(Industry.objects.filter(locale=swedish, slug__in=names))
    entry.tags.set(item["tags"])
    fill_standing(entry, item["profile"], keys.today)
    return fill(entry, item, keys, content.SOURCE)


def publish(entry: Enterprise) -> None:
    """Save and publish; it was confirmed on its own day, not on that of the load."""
    confirmed_on = entry.confirmed_on
    entry.save()
    entry.save_revision().publish()
    if confirmed_on:
        set_confirmed(entry, confirmed_on)


def translate_enterprises(made: dict[str, Enterprise], keys: Keys, english: Locale) -> int:
    """Translate those that have English texts; return how many."""
    everything = [*enterprise_items(), *content.read("sales_organisations")]
    translated = [item for item in everything if item.get("translated")]
    for item in translated:
        source = Enterprise.objects.get(pk=made[item["key"]].pk)
        twin = fill(Enterprise.objects.get(pk=source.pk), item, keys, "en")
        translate(source, twin, english)
    return len(translated)
