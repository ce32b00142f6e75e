"""An enterprise's supplier sheet and its picture to share, set by Typst from the public entry."""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asflist.cards import industry_ids, industry_names
from asflist.enums import EntryType
from asflist.models import Enterprise
from asflist.reach import reach_in_words, ways_to_buy
from asflist.sales_organisations import members_of, sellers_of
from core.mail import full_url
from core.numbers import number
from core.typesetting import compile_typst, digest, printable, qr_code

TYPST = Path(__file__).parent / "typst"
KEEP = 24 * 60 * 60  # seconds
MOST_MEMBERS = 12

Form = Literal["pdf", "png"]
#: The Typst file of each form.
SOURCES: dict[Form, str] = {"pdf": "sheet.typ", "png": "share.typ"}


def kept_key(form: Form, data: dict[str, Any]) -> str:
    """Return the cache key of what is made of ``data``; it changes with data and design."""
    written = json.dumps(data, sort_keys=True)
    made_of = f"{SOURCES[form]} {digest(TYPST)} {written}"
    return f"supplier-{hashlib.sha256(made_of.encode()).hexdigest()}"


def is_kept(form: Form, data: dict[str, Any]) -> bool:
    """Whether the file need not be made anew."""
    return cache.has_key(kept_key(form, data))


def make(form: Form, data: dict[str, Any]) -> bytes:
    """Return the sheet (PDF/UA-1, ISO 14289-1) or the picture (PNG, 1200 × 630 pixels), kept."""
    key = kept_key(form, data)
    made: bytes | None = cache.get(key)
    if made is None:
        made = compile_typst(TYPST / SOURCES[form], form, data)
        cache.set(key, made, KEEP)
    return made


def describe(
    enterprise: Enterprise, language: str, request: HttpRequest | None = None
) -> dict[str, Any]:
    """Return what the Typst files show, in ``language``; the enterprise's own words in its own."""
    with translation.override(language):
        url = full_url(enterprise.get_url(request, language))
        kind = str(EntryType(enterprise.entry_type).label)
        name = printable(enterprise.name) or kind  # PDF/UA-1 allows no empty heading
        place = enterprise.place
        return {
            "language": language,
            "text_language": enterprise.language,
            "author": "ASF Lyfter",
            "document_title": _("Supplier sheet: %(name)s") % {"name": name},
            "kind": kind,
            "name": name,
            "summary": printable(enterprise.summary),
            "place": f"{place.name}, {place.county.name}" if place else "",
            "badges": badges(enterprise),
            "sections": [section for section in sections(enterprise, request) if section["blocks"]],
            "figures": figures(enterprise),
            "figures_label": _("Social benefit"),
            "contact_label": _("Get in touch"),
            "contact": contact(enterprise),
            "facts_label": _("Facts"),
            "facts": facts(enterprise),
            "confirmed": confirmed(enterprise),
            "url": url,
            "url_shown": url.split("://", 1)[-1].rstrip("/"),
            "qr": qr_code(url),
            "qr_alt": _("QR code that leads to %(url)s") % {"url": url},
            "read_more": _("The whole profile"),
        }


def badges(enterprise: Enterprise) -> list[str]:
    """Return what a buyer looks for first: certificate, membership, reserved contracts."""
    is_seller = enterprise.entry_type == EntryType.SALES_ORGANISATION
    found = []
    if enterprise.certified:
        day = date_format(enterprise.certified, "j F Y")
        found.append(_("Certified until %(day)s") % {"day": day})
    if enterprise.member:
        found.append(_("Member of Skoopi"))
    if enterprise.may_have_reserved and not is_seller:
        found.append(_("Can have reserved contracts"))
    return found


def confirmed(enterprise: Enterprise) -> str:
    """Return when the owner last said that the details are right, in words."""
    if not enterprise.confirmed_on:
        return ""
    month = date_format(enterprise.confirmed_on, "F Y")
    return _("The details were confirmed in %(month)s") % {"month": month}


def sections(enterprise: Enterprise, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Return the sheet's parts: heading, blocks, and whether these are in its own language."""
    ways = [
        {"kind": "term", "text": way.label, "more": way.explanation}
        for way in ways_to_buy(enterprise)
    ]
    references = [
        {
            "kind": "term",
            "text": printable(child.value["customer"]),
            "more": printable(child.value["bought"]),
        }
        for child in enterprise.references
    ]
    return [
        {"heading": _("What you can order"), "own": True, "blocks": blocks(enterprise.offer)},
        {"heading": _("It sells for"), "own": True, "blocks": member_items(enterprise)},
        {"heading": _("Delivers to"), "own": False, "blocks": items(reach_in_words(enterprise))},
        {"heading": _("Forms of procurement"), "own": False, "blocks": ways},
        {"heading": _("Already buying from us"), "own": True, "blocks": references},
    ]


def member_items(enterprise: Enterprise) -> list[dict[str, str]]:
    """Return the members of a sales organisation, the first of them where they are many."""
    if enterprise.entry_type != EntryType.SALES_ORGANISATION:
        return []
    members = members_of(enterprise)[:MOST_MEMBERS]
    return items(
        f"{member.name}, {member.place.name}" if member.place else member.name for member in members
    )


def figures(enterprise: Enterprise) -> list[dict[str, str]]:
    """Return the social benefit in figures: value, what it counts, year."""
    return [
        {
            "value": printable(number(child.value["value"])),
            "label": printable(child.value["label"]),
            "year": str(child.value["year"]),
        }
        for child in enterprise.benefit_figures
    ]


def contact(enterprise: Enterprise) -> list[dict[str, str]]:
    """Return phone, e-mail, website and address as on the page, each with what it leads to."""
    address = ", ".join(
        part
        for part in (enterprise.street_address, f"{enterprise.postcode} {enterprise.locality}")
        if part.strip()
    )
    lines = [
        (_("Phone"), enterprise.phone, f"tel:{enterprise.tel}"),
        (_("E-mail"), enterprise.email, f"mailto:{enterprise.email}"),
        (_("Website"), enterprise.website_name, enterprise.safe_website),
        (_("Address"), address, ""),
    ]
    described = [
        {"label": label, "text": printable(text), "url": url} for label, text, url in lines
    ]
    return [line for line in described if line["text"]]


def facts(enterprise: Enterprise) -> list[dict[str, str]]:
    """Return what is short and can be compared: share, size, languages, number."""
    is_seller = enterprise.entry_type == EntryType.SALES_ORGANISATION
    ids = industry_ids([enterprise])[enterprise.pk]
    industries = [name.name for pk, name in industry_names(None).items() if pk in ids]
    lines: list[tuple[str, str]] = [
        (_("Industries"), ", ".join(industries)),
        (_("Share from the target group"), "" if is_seller else share(enterprise)),
        (_("Employees"), "" if enterprise.employees is None else number(enterprise.employees)),
        (
            _("Participants"),
            "" if enterprise.participants is None or is_seller else number(enterprise.participants),
        ),
        (_("Languages"), ", ".join(enterprise.spoken_languages)),
        (_("Can be ordered through"), ", ".join(seller.name for seller in sellers(enterprise))),
        (_("Legal form"), str(enterprise.get_legal_form_display())),
        (_("Organisation number"), enterprise.organisation_number),
    ]
    return [{"label": label, "text": printable(text)} for label, text in lines if text]


def sellers(enterprise: Enterprise) -> list[Enterprise]:
    """Return the organisations that sell for an enterprise."""
    if enterprise.entry_type == EntryType.SALES_ORGANISATION:
        return []
    return list(sellers_of(enterprise))


def share(enterprise: Enterprise) -> str:
    """Return the share from the target group with the day it was counted, or an empty string."""
    if enterprise.target_group_share is None:
        return ""
    percent = _("%(share)s percent") % {"share": enterprise.target_group_share}
    if not enterprise.target_group_share_on:
        return percent
    day = date_format(enterprise.target_group_share_on, "j F Y")
    return f"{percent} ({day})"


def items(lines: Any) -> list[dict[str, str]]:
    """Return a list's blocks."""
    return [{"kind": "item", "text": printable(str(line))} for line in lines]


def blocks(html: str) -> list[dict[str, str]]:
    """Return the paragraphs and list items of rich text, as text alone."""
    reader = TextBlocks()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class TextBlocks(HTMLParser):
    """Collects paragraphs and list items."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[dict[str, str]] = []
        self.kind = "paragraph"
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "ul", "ol"):
            self.end_block()
            self.kind = "item" if tag == "li" else "paragraph"
        elif tag == "br":
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self.end_block()

    def handle_data(self, data: str) -> None:
        self.text += data

    def end_block(self) -> None:
        """Finish the block that is being read, unless there is nothing in it."""
        if text := printable(self.text):
            self.blocks.append({"kind": self.kind, "text": text})
        self.text, self.kind = "", "paragraph"
