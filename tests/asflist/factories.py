"""Enterprises for tests: valid, published, and no two with the same organisation number."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone
from stdnum import luhn
from wagtail.models import Locale

from asflist.enums import ListingState, ReportState
from asflist.models import Enterprise, EnterpriseIndexPage, Industry, YearlyReport

_numbers = count(1)


def organisation_number(serial: int | None = None) -> str:
    """Return a valid organisation number of an economic association: 769NNN-NNNC."""
    serial = next(_numbers) if serial is None else serial
    nine = f"7696{serial:05d}"
    digits = nine + luhn.calc_check_digit(nine)
    return f"{digits[:6]}-{digits[6:]}"


def make_industry(
    name: str = "Kafé och catering", slug: str = "cafe-catering", **kw: Any
) -> Industry:
    """Return the source-language industry with this slug, made when there is none."""
    kw.setdefault("locale", Locale.objects.get(language_code="sv"))
    return Industry.objects.get_or_create(
        slug=slug, locale=kw.pop("locale"), defaults={"name": name, **kw}
    )[0]


def make_enterprise(**kw: Any) -> Enterprise:
    """Return a saved enterprise, published unless ``live=False``."""
    serial = next(_numbers)
    industries = kw.pop("industries", [])
    tags = kw.pop("tags", [])
    values: dict[str, Any] = {
        "locale": Locale.objects.get(language_code="sv"),
        "name": f"Företag {serial}",
        "organisation_number": organisation_number(serial),
        "municipality": "2180",
        "street_address": "Nygatan 1",
        "postcode": "802 50",
        "locality": "Gävle",
        "summary": "Lagar lunch åt kontor i hela stan.",
        "offer": "<p>Lunch och fika.</p>",
        "social_benefit": "<p>Arbete åt den som har stått länge utanför.</p>",
        "employees": 4,
        "participants": 7,
        "website": "https://foretag.example/",
        "phone": "026-12 34 56",
        "email": "hej@foretag.example",
        "languages": ["sv", "ar"],
        "live": True,
    } | kw
    if values["live"]:
        values.setdefault("state", ListingState.APPROVED)
        values.setdefault("confirmed_on", timezone.localdate())
        values.setdefault("first_published_at", timezone.now())
        values.setdefault("last_published_at", values["first_published_at"])
    enterprise = Enterprise(**values)
    enterprise.industries = industries
    if tags:
        enterprise.tags.add(*tags)
    enterprise.save()
    return enterprise


def make_list_page(home: Any, **kw: Any) -> EnterpriseIndexPage:
    """Return the list's published page under ``home``, in its language."""
    english = home.locale.language_code == "en"
    page = EnterpriseIndexPage(
        title="The ASF list" if english else "ASF-listan",
        slug="asf-list" if english else "asf-listan",
        introduction="Hitta ett ASF att göra affärer med.",
        locale=home.locale,
        **kw,
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_report(enterprise: Enterprise, year: int, **figures: Any) -> YearlyReport:
    """Return a sent report, in the enterprise's first industry and county unless told otherwise."""
    first = enterprise.industries.first()
    values = {"main_industry": first and (first.parent or first)} | figures
    values.setdefault("county_code", enterprise.county_code)
    values.setdefault("state", ReportState.SENT)
    if values["state"] == ReportState.SENT:
        values.setdefault("sent_at", timezone.now())
    return YearlyReport.objects.create(enterprise=enterprise, year=year, **values)
