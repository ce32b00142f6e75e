"""A made-up list of any size, the same every time: to measure with, never to show."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from stdnum import luhn
from wagtail.models import Locale

from asflist.enums import EntryType, ListingState, Procurement, SpokenLanguage
from asflist.finding.entries import write
from asflist.models import Enterprise, Industry
from asflist.places import counties, municipalities
from asflist.text import sort_key

BATCH = 1000
SLUG = "stor-lista"
NAMESPACE = uuid.UUID("6f0e7a52-4a52-4a38-9b1c-5b0f2c1f6a11")

WIDE = """
    Mat Städ Grönt Hantverk Montering Transport Kontor Turism Media Djur Handel Bygg
"""
NARROW = ("service", "hjälp", "uthyrning")
FIRST = """
    kafé lunch städ flytt trädgård snickeri cykel textil pack lager tryck hund skog möbel glas
    bageri catering fönster kontor trapphus häck gräs snö data arkiv scen film bild ljud trä metall
"""
SECOND = """
    verkstad arbete tjänst leverans uppdrag lag hus rum bod team hjälp mästare skola kurs vård
    försäljning uthyrning reparation montering sortering skötsel planering transport mat lösning
"""
COMPOUNDS = [first + second for first, second in product(FIRST.split(), SECOND.split())]
COMMON = """
    och vi för med åt kunder företag arbetar tillsammans hela veckan
"""


def make_industries() -> list[Industry]:
    """Return the industries of the made-up list, parts after the wide ones they belong to."""
    swedish = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    made = []
    for wide in WIDE.split():
        parent, _made = Industry.objects.get_or_create(
            slug=f"{SLUG}-{wide.lower()}".translate(str.maketrans("åäö", "aao")),
            locale=swedish,
            defaults={"name": wide},
        )
        for part in NARROW:
            child, _made = Industry.objects.get_or_create(
                slug=f"{parent.slug}-{part}".translate(str.maketrans("åäö", "aao")),
                locale=swedish,
                defaults={"name": wide + part, "parent": parent, "synonyms": f"{part}arbete"},
            )
            made.append(child)
    return made


def words(random: Random, number: int) -> str:
    """Return so many words, some common and some rare; “lokal” stands in every second text."""
    chosen = random.choices(COMMON.split(), k=number // 3)
    # A few words are in many texts, most are in few, as in a language.
    chosen += [COMPOUNDS[int(len(COMPOUNDS) * random.random() ** 2)] for _ in range(number // 2)]
    if random.random() < 0.5:
        chosen.append("lokal")
    random.shuffle(chosen)
    return " ".join(chosen)


def some(random: Random, values: list[str], most: int) -> list[str]:
    """Return up to ``most`` of the values, each once."""
    return random.sample(values, random.randint(0, most))


def make_enterprise(random: Random, serial: int, locale: Locale) -> Enterprise:
    """Return an unsaved enterprise; what depends on ``random`` is drawn in a fixed order."""
    now = timezone.now()
    place = random.choice(municipalities())
    name = f"{random.choice(COMPOUNDS).capitalize()} i {place.name} {serial}"
    nine = f"752{serial:06d}"
    digits = nine + luhn.calc_check_digit(nine)
    has_point = random.random() < 0.8
    return Enterprise(
        locale=locale,
        translation_key=uuid.uuid5(NAMESPACE, str(serial)),
        name=name,
        slug=f"{SLUG}-{serial}",
        sort_key=sort_key(name)[:500],
        organisation_number=f"{digits[:6]}-{digits[6:]}",
        entry_type=(
            EntryType.SALES_ORGANISATION if random.random() < 0.01 else EntryType.ENTERPRISE
        ),
        municipality=place.code,
        county_code=place.county_code,
        locality=place.name,
        summary=words(random, 15).capitalize()[:160],
        offer=f"<p>{words(random, 40)}</p>",
        social_benefit=f"<p>{words(random, 30)}</p>",
        languages=["sv", *some(random, SpokenLanguage.values[1:], 3)],
        procurement=some(random, Procurement.values, 3),
        delivers_nationwide=random.random() < 0.05,
        delivers_to=some(random, [county.code for county in counties()], 3),
        delivers_within_km=random.choice([None, None, 20, 50, 120]),
        latitude=place.lat + random.uniform(-0.1, 0.1) if has_point else None,
        longitude=place.lon + random.uniform(-0.2, 0.2) if has_point else None,
        target_group_share=random.choice([None, 20, 30, 45, 70]),
        target_group_share_on=now.date(),
        member_since=now.date() if random.random() < 0.4 else None,
        certified_until=now.date() + timedelta(days=300) if random.random() < 0.2 else None,
        confirmed_on=now.date(),
        state=ListingState.APPROVED,
        state_changed_at=now,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def make_large_list(count: int) -> Iterator[int]:
    """Make so many enterprises; yield after each thousand how many there are."""
    random = Random(count)  # noqa: S311
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    industries = make_industries()
    through = Enterprise.industries.through
    made = 0
    for serials in chunks(range(1, count + 1)):
        with transaction.atomic():
            rows = Enterprise.objects.bulk_create(
                [make_enterprise(random, serial, locale) for serial in serials]
            )
            through.objects.bulk_create(
                link
                for row in rows
                for industry in random.sample(industries, random.randint(1, 3))
                for link in [through(enterprise_id=row.pk, industry_id=industry.pk)]
            )
            write([row.pk for row in rows])
        made += len(rows)
        yield made
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def chunks(serials: range) -> Iterator[range]:
    """Yield the numbers a thousand at a time."""
    for start in range(0, len(serials), BATCH):
        yield serials[start : start + BATCH]


def others() -> Any:
    """Return the enterprises that are not of the made-up list."""
    return Enterprise.objects.exclude(slug__startswith=f"{SLUG}-")
