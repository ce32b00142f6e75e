"""The enterprises of the demonstration: made up, every one."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from asflist.models import Enterprise, Industry
from home.demo import content
from home.demo.bodies import Keys
from home.demo.content import rich_text
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
    "certified_until",
    "languages",
)


def fill(enterprise: Enterprise, item: dict[str, Any], language: str) -> Enterprise:
    """Fill the texts of ``enterprise`` in ``language``."""
    texts = content.in_language(item, language)
    for name in TEXTS:
        setattr(enterprise, name, texts[name])
    for name in RICH_TEXTS:
        setattr(enterprise, name, rich_text(texts[name], {}))
    return enterprise


def load_industries(swedish: Locale, english: Locale) -> dict[str, Industry]:
    """Make the industries in both languages; return the Swedish by key."""
    industries = {}
    for item in content.read("industries"):
        names = item["name"]
        industry = Industry.objects.create(name=names["sv"], slug=item["key"], locale=swedish)
        industries[item["key"]] = industry
        twin = Industry.objects.get(pk=industry.pk)
        twin.name = names["en"]
        translate(industry, twin, english)
    return industries


def load_enterprises(keys: Keys, swedish: Locale) -> dict[str, Enterprise]:
    """Make and publish every enterprise in Swedish; return them by key."""
    industries = {industry.slug: industry for industry in Industry.objects.filter(locale=swedish)}
    made = {}
    for item in content.read("enterprises"):
        enterprise = Enterprise(locale=swedish, **{name: item[name] for name in PLAIN})
        enterprise.picture_id = keys.images[item["picture"]]
        enterprise.industries = [industries[key] for key in item["industries"]]
        fill(enterprise, item, content.SOURCE)
        enterprise.save()
        enterprise.tags.set(item["tags"])
        enterprise.save_revision().publish()
        made[item["key"]] = enterprise
    return made


def translate_enterprises(made: dict[str, Enterprise], english: Locale) -> int:
    """Translate those that have English texts; return how many."""
    translated = [item for item in content.read("enterprises") if item.get("translated")]
    for item in translated:
        source = Enterprise.objects.get(pk=made[item["key"]].pk)
        twin = fill(Enterprise.objects.get(pk=source.pk), item, "en")
        translate(source, twin, english)
    return len(translated)
