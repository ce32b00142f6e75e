"""An entry leaves every channel of the site at once, in whatever way it leaves the list.

Each channel is asked for an approved entry first, which it must tell of, and then again when the
entry is in a state that visitors must not see: the answer is then what it is when there never was
such an entry, headers and counts included.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from asflist import states
from asflist.enums import ListingState
from asflist.models import Enterprise, SavedSearch, StatisticsPage
from campaigns.models import CampaignIndexPage, CampaignPage
from core.models import OutgoingMail
from home.models import StandardPage
from library.models import ImpactStoryPage, LibraryIndexPage
from search.indexing import rebuild
from tests.asflist.enquiry_steps import choose
from tests.asflist.factories import (
    make_enterprise,
    make_industry,
    make_list_page,
    make_report,
)
from tests.asflist.region_factories import make_certification_page, make_county_page
from tests.campaigns.factories import make_event
from tests.library.factories import add, stream

MARK = "zebra"  # in the entry's name, slug and files, and nowhere else
WORD = "lavendel"  # in its texts, and nowhere else
SLUG = f"{MARK}-kafe"
LAST_YEAR = timezone.localdate().year - 1

HIDDEN = [state for state in ListingState if state is not ListingState.APPROVED]

#: Channel → its addresses; mails are tried apart.
CHANNELS: dict[str, list[str]] = {
    "the list": ["/asf-listan/", "/en/asf-list/"],
    "the list's filters": [
        f"/asf-listan/?{urlencode(query)}"
        for query in (
            {"q": WORD},
            {"county": "21"},
            {"municipality": "2180"},
            {"near": "2180", "km": "50"},
            {"delivers": "20"},
            {"procurement": "reserved"},
            {"certified": "1"},
            {"industry": "zebror"},
            {"reserved": "1"},
        )
    ],
    "its own page": [f"/asf-listan/{SLUG}/", f"/en/asf-list/{SLUG}/"],
    "its neighbours' pages": ["/asf-listan/granne/"],
    "its sales organisation": ["/asf-listan/saljbolaget/"],
    "the supplier sheet": [f"/enterprises/{SLUG}/sheet.pdf"],
    "the share picture": [f"/enterprises/{SLUG}/share.png"],
    "search": [f"/sok/?q={WORD}", f"/en/search/?q={WORD}", f"/sok/?q={MARK[:4]}"],
    "the sitemap": ["/sitemap.xml", "/sitemap-enterprises.xml"],
    "the home page": ["/", "/en/"],
    "blocks": ["/oppen/"],
    "an event at its place": ["/kampanjer/kampanj/", "/kampanjer/kampanj/oppet-hos-varden/"],
    "a story from there": ["/kunskapsbank/berattelse/"],
    "the county's page": ["/lan/", "/lan/gavleborgs-lan/"],
    "those who are certified": ["/certifiering/"],
    "the statistics": [
        "/statistik/",
        f"/statistik/{LAST_YEAR}/",
        f"/statistik/{LAST_YEAR}.csv",
        f"/statistik/{LAST_YEAR}.json",
    ],
    "the API": ["/api/v1/enterprises", f"/api/v1/enterprises?q={WORD}&lang=en"],
    "the API's single entry": [f"/api/v1/enterprises/{SLUG}"],
    "CSV": ["/oppna-data/asf-listan.csv", "/en/open-data/asf-list.csv"],
    "XLSX": ["/oppna-data/asf-listan.xlsx"],
    "GeoJSON": ["/oppna-data/asf-listan.geojson"],
    "the widget": ["/widget/?county=21", "/en/widget/"],
    "its files": ["{logo}", "{picture}"],
    "a shortlist that it was on": ["/forfragan/"],
}
#: What shows numbers or answers only, and never a name.
NAMELESS = {
    "the home page",
    "the statistics",
    "its files",
    "the share picture",
}


@pytest.fixture
def entry(home: Any, english_home: Any, locales: Any, make_image: Any) -> Enterprise:
    """An approved entry that the whole house tells of, with an English translation."""
    industry = make_industry("Zebror", "zebror")
    make_industry()
    for page in (home, english_home):
        make_list_page(page)
    picture = make_image(title="Bild")
    logo = make_image(title="Logga")
    for name, image in (("logo", logo), ("picture", picture)):
        with image.file.open() as file:
            image.file.save(f"{MARK}-{name}.png", ImageFile(file))
    neighbour = make_enterprise(name="Granne", industries=[make_industry(), industry])
    entry = make_enterprise(
        name=f"{MARK.title()} kafé",
        summary=f"Säljer {WORD}.",
        industries=[industry],
        certified_until=timezone.localdate() + timedelta(days=90),
        procurement=["reserved"],
        delivers_to=["20"],
        target_group_share=60,
        target_group_share_on=timezone.localdate(),
        logo=logo,
        picture=picture,
    )
    entry.save_revision().publish()
    translation = entry.copy_for_translation(locales["en"])
    translation.summary = f"Sells {WORD}."
    translation.save()
    translation.save_revision().publish()
    sales = make_enterprise(name="Säljbolaget", slug="saljbolaget", entry_type="sales")
    sales.members = [entry, neighbour]
    sales.save()
    for number in range(4):
        reporting = entry if not number else make_enterprise(name=f"Rapportör {number}")
        make_report(reporting, LAST_YEAR, participants=10 + number, employees=4)
    make_county_page(home)
    make_certification_page(home)
    add(home, StatisticsPage, title="Statistik", slug="statistik")
    campaigns = add(home, CampaignIndexPage, title="Kampanjer", slug="kampanjer")
    day = timezone.localdate()
    campaign = add(
        campaigns, CampaignPage, title="Kampanj", slug="kampanj", starts_on=day, ends_on=day
    )
    make_event(campaign, host="Värden", slug="oppet-hos-varden", enterprise=entry)
    library = add(home, LibraryIndexPage, title="Kunskapsbank", slug="kunskapsbank")
    add(library, ImpactStoryPage, title="Berättelse", slug="berattelse", enterprise=entry)
    add(
        home,
        StandardPage,
        title="Öppen",
        slug="oppen",
        body=stream(
            ("enterprises", {"title": "Nya", "number": 12, "chosen": []}),
            ("enterprises", {"title": "Valda", "chosen": [entry.pk, neighbour.pk]}),
            ("county_map", {"title": "Kartan"}),
        ),
    )
    rebuild()
    entry.refresh_from_db()
    return entry


def leaves_by(state: ListingState) -> Callable[[Enterprise], None]:
    """Return what puts an approved entry in ``state``, as the site itself does."""
    ways: dict[ListingState, Callable[[Enterprise], None]] = {
        ListingState.PAUSED: states.pause,
        ListingState.WITHDRAWN: states.withdraw,
        ListingState.DECLINED: lambda entry: (
            states.pause(entry),
            states.decline(entry, None, "Uppfyller inte längre kriterierna."),
        )[0],
    }
    return ways.get(state) or (lambda entry: never_approved(entry, state))


def never_approved(entry: Enterprise, state: ListingState) -> None:
    """As if the entry had come no further than ``state``."""
    entry.unpublish()
    for row in Enterprise.objects.filter(translation_key=entry.translation_key):
        if row.live:
            row.unpublish()
    reason = "Säg mer." if state in ListingState.with_reason() else ""
    Enterprise.objects.filter(pk=entry.pk).update(state=state, state_reason=reason)


@pytest.fixture
def addresses(entry: Enterprise) -> dict[str, list[str]]:
    """Every channel's addresses, with those of the entry's own files."""
    own = {"{logo}": entry.logo.file.url, "{picture}": entry.picture.file.url}
    return {name: [own.get(url, url) for url in urls] for name, urls in CHANNELS.items()}


@pytest.fixture
def shortlist(entry: Enterprise) -> str:
    """The cookie of a reader who has put the entry on a shortlist while it was public."""
    client = Client()
    choose(client, entry)
    return client.cookies["shortlist"].value


def answers(shortlist: str, addresses: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return channel → status, headers and body of each address, all that varies by chance gone."""
    reader = Client()
    reader.cookies["shortlist"] = shortlist
    found: dict[str, list[tuple[Any, ...]]] = {}
    for channel, urls in addresses.items():
        found[channel] = []
        for url in urls:
            response = reader.get(url)
            body = b"".join(response) if response.streaming else response.content
            headers = {key: value for key, value in response.headers.items() if key != "Vary"}
            found[channel].append((url, response.status_code, readable(body, headers), headers))
    return found


def readable(body: bytes, headers: dict[str, str]) -> str:
    """Return what stands in an answer, of whatever kind; what is random in it is left out."""
    kind = headers.get("Content-Type", "")
    if "spreadsheetml" in kind:
        headers.pop("Content-Length", None)
        rows = openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
        return "\n".join(str(row) for row in rows)
    if "pdf" in kind:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    text = body.decode(errors="replace")
    if "csrfmiddlewaretoken" in text:
        headers.pop("Content-Length", None)
        before, _name, rest = text.partition('name="csrfmiddlewaretoken"')
        text = before + rest.partition(">")[2]
    return text


def names(found: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    """Return the channels whose answer holds a word of the entry's that was not asked for."""
    return {
        channel
        for channel, rows in found.items()
        for url, status, text, _headers in rows
        if status == 200
        # An answer may well repeat what was asked for.
        and any(word in text.lower() for word in (MARK, WORD) if word not in url)
    }


def test_every_channel_tells_of_an_approved_entry(
    shortlist: str, addresses: dict[str, list[str]]
) -> None:
    found = answers(shortlist, addresses)
    assert set(CHANNELS) - names(found) == NAMELESS
    for channel in NAMELESS:
        for url, status, _text, _headers in found[channel]:
            assert status == 200, url


@pytest.mark.parametrize("state", HIDDEN)
def test_no_channel_tells_of_an_entry_that_is_not_approved(
    shortlist: str, entry: Enterprise, addresses: dict[str, list[str]], state: ListingState
) -> None:
    leaves_by(state)(entry)
    entry.refresh_from_db()
    assert entry.state == state
    hidden = answers(shortlist, addresses)
    assert names(hidden) == set()
    for row in Enterprise.objects.filter(translation_key=entry.translation_key):
        row.delete()
    gone = answers(shortlist, addresses)
    assert {channel for channel in CHANNELS if hidden[channel] != gone[channel]} == set()


def mails_to_those_who_follow() -> str:
    """Return what is mailed to somebody who follows searches that find the entry, this minute."""
    SavedSearch.objects.all().delete()
    for number, query in enumerate([f"q={WORD}", "county=21", ""]):
        SavedSearch.objects.create(
            email=f"f{number}@lasare.example", query=query, confirmed_at=timezone.now()
        )
    known = set(OutgoingMail.objects.values_list("pk", flat=True))
    call_command("send_saved_searches")
    return "\n".join(mail.body for mail in OutgoingMail.objects.exclude(pk__in=known)).lower()


def may_be_asked(entry: Enterprise) -> bool:
    """Whether a buyer can put the entry on a shortlist."""
    client = Client()
    choose(client, entry)
    return "shortlist" in client.cookies


def test_those_who_follow_a_search_hear_of_an_approved_entry_and_may_ask_it(
    entry: Enterprise,
) -> None:
    assert MARK in mails_to_those_who_follow()
    assert may_be_asked(entry)


@pytest.mark.parametrize("state", HIDDEN)
def test_no_mail_tells_of_an_entry_that_is_not_approved_and_nobody_can_ask_it(
    entry: Enterprise, state: ListingState
) -> None:
    leaves_by(state)(entry)
    told = mails_to_those_who_follow()
    assert "granne" in told
    assert MARK not in told
    assert WORD not in told.replace(f"”{WORD}”", "").replace(f"q={WORD}", "")
    assert not may_be_asked(entry)


def test_an_entry_that_comes_back_is_told_of_again(
    shortlist: str, entry: Enterprise, addresses: dict[str, list[str]]
) -> None:
    before = answers(shortlist, addresses)
    states.pause(entry)
    assert names(answers(shortlist, addresses)) == set()
    states.resume(entry)
    assert names(answers(shortlist, addresses)) == names(before)
