"""Nobody can tell what is not published from what does not exist, whatever address they try.

A house of open pages refers to one secret of each kind in every way that an editor can. Each
channel is fetched while the secrets are in a state that visitors must not see, and once more when
they have been deleted: the answers must be the same, counts and headers included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, PageViewRestriction

from asflist.models import Enterprise, StatisticsPage
from campaigns.models import (
    CampaignIndexPage,
    CampaignMaterial,
    CampaignPage,
    DebateArticlePage,
    Event,
    PressReleasePage,
    PressRoomPage,
)
from core.models import BasePage
from home.models import SectionPage, StandardPage, ThemePage
from library.models import (
    ChapterPage,
    Descriptions,
    FilmPage,
    FilmSeriesPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    LibraryIndexPage,
    ShortAddress,
    TemplatePage,
    TheoryOfChangePage,
)
from search.indexing import rebuild
from tests.asflist.factories import make_enterprise, make_industry, make_list_page, make_report
from tests.asflist.region_factories import (
    make_certification_page,
    make_county_page,
    make_district,
)
from tests.campaigns.factories import make_event
from tests.library.factories import VTT, add, document, stream, theme, video

MARK = "zebra"  # in every secret's title, slug and file names, and nowhere else
WORD = "lavendel"  # in every secret's text, and nowhere else
TODAY = timezone.localdate()

# Channel → the name of its URL pattern (the pattern itself where it has no name) and the addresses
# to try. {page}, {film}, {file} and {document} stand for the address of each secret in turn.
CHANNELS: dict[str, tuple[str, list[str]]] = {
    "a page's own address": ("wagtail_serve", ["{page}", "/en{page}"]),
    "an enterprise's address": ("wagtail_serve", ["/asf-listan/{enterprise}/"]),
    "supplier sheets": ("enterprise_sheet", ["/enterprises/{enterprise}/sheet.pdf"]),
    "enterprises' pictures to share": ("enterprise_share", ["/enterprises/{enterprise}/share.png"]),
    "the home page": ("wagtail_serve", ["/", "/en/"]),
    "a section's cards": ("wagtail_serve", ["/avdelning/"]),
    "a development area's newest": ("wagtail_serve", ["/avdelning/omrade/"]),
    "blocks": ("wagtail_serve", ["/oppen/"]),
    "links": ("wagtail_serve", ["/lankar/"]),
    "the list": ("wagtail_serve", [f"/asf-listan/{q}" for q in ("", "?q=lunch", "?county=21")]),
    "an enterprise's neighbours": ("wagtail_serve", ["/asf-listan/granne/"]),
    "counties": ("wagtail_serve", ["/lan/", "/lan/gavleborgs-lan/", "/lan/distrikt/mitt/"]),
    "who is certified": ("wagtail_serve", ["/certifiering/"]),
    "campaigns": ("wagtail_serve", ["/kampanjer/"]),
    "the host of an event": (
        "wagtail_serve",
        ["/kampanjer/kampanj/", "/kampanjer/kampanj/oppet-hos-varden/"],
    ),
    "an event's own page": ("wagtail_serve", ["/kampanjer/kampanj/{event}/"]),
    "the programme": (
        "wagtail_serve",
        [f"/kampanjer/kampanj/{q}" for q in ("", "?county=21", "?access=step_free")],
    ),
    "an event's calendar": ("event_calendar", ["/events/{event uid}/calendar.ics"]),
    "a campaign's calendar": (
        "campaign_calendar",
        ["/campaigns/{campaign}/calendar.ics", "/campaigns/{campaign}/calendar.ics?county=21"],
    ),
    "a campaign's kit": ("campaign_kit", ["/campaigns/{secret campaign}/kit.zip"]),
    "posters": ("event_poster", ["/events/{event uid}/poster.pdf"]),
    "pictures to share": ("event_share", ["/events/{event uid}/share.png"]),
    "the form to book": ("book", ["/boka/{time}/"]),
    "what a booking is answered": ("book_done", ["/boka/{time}/klart/"]),
    "the form to register an event": ("event_register", ["/oppna-dorrar/{secret campaign}/"]),
    "the press room": (
        "wagtail_serve",
        [f"/press/{q}" for q in ("", "?kind=release", "?kind=debate", f"?year={TODAY.year}")],
    ),
    "related press": ("wagtail_serve", ["/press/nytt/"]),
    "the library and its counts": (
        "wagtail_serve",
        [f"/kunskapsbank/{q}" for q in ("", "?kind=film", "?theme=omrade", "?audience=asf")],
    ),
    "a series of films": ("wagtail_serve", ["/kunskapsbank/serie/", "/kunskapsbank/serie/film/"]),
    "where a film is shown": ("wagtail_serve", ["/kunskapsbank/visad/"]),
    "a book's contents": ("wagtail_serve", ["/kunskapsbank/bok/", "/kunskapsbank/bok/kapitel/"]),
    "a whole book": ("wagtail_serve", ["/kunskapsbank/bok/hela-boken/"]),
    "an enterprise's stories": ("wagtail_serve", ["/asf-listan/granne/"]),
    "stories from the same county": ("wagtail_serve", ["/kunskapsbank/fran-lanet/"]),
    "reports on other years": ("wagtail_serve", ["/kunskapsbank/rapport/"]),
    "a report's figures": ("report_csv", ["{report}figures.csv"]),
    "a chart": ("chart_svg", ["{report}chart-1.svg"]),
    "a chart's figures": ("chart_csv", ["{report}chart-1.csv"]),
    "a theory of change as a picture": ("theory_svg", ["{theory}theory-of-change.svg"]),
    "a theory of change to print": ("theory_pdf", ["{theory}theory-of-change.pdf"]),
    "the search in a book": ("wagtail_serve", [f"/kunskapsbank/bok/sok/?q={WORD}"]),
    "what readers are asked": ("feedback", ["/tyck-till/{page id}/"]),
    "a story's enterprise": ("wagtail_serve", ["/kunskapsbank/berattelse/"]),
    "the list's API": ("list_enterprises", ["/api/v1/enterprises", "/api/v1/enterprises?q=lunch"]),
    "an enterprise in the API": ("get_enterprise", ["/api/v1/enterprises/{enterprise}"]),
    "the list as CSV": ("list_csv", ["/oppna-data/asf-listan.csv"]),
    "the list as GeoJSON": ("list_geojson", ["/oppna-data/asf-listan.geojson"]),
    "the widget": ("list_widget", ["/widget/?county=21"]),
    "the statistics": ("wagtail_serve", [f"/statistik/{q}" for q in ("", f"{TODAY.year - 1}/")]),
    "the statistics' files": (
        "statistics_file",
        [f"/statistik/{TODAY.year - 1}.{ending}" for ending in ("csv", "json")],
    ),
    "search": ("search", [f"/sok/?q={WORD}", f"/sok/?q={WORD}&kind=press", f"/sok/?q={MARK[:4]}"]),
    "another spelling": ("search", ["/sok/?q=zebbra"]),
    "hits in another language": ("search", [f"/en/search/?q={WORD}"]),
    "RSS": ("press_rss", ["/feeds/press.rss"]),
    "Atom": ("press_atom", ["/feeds/press.atom"]),
    "captions": ("text_track", ["{film}captions/sv.vtt"]),
    "a film's chapters": ("text_track", ["{film}chapters/sv.vtt"]),
    "a film's descriptions": ("text_track", ["{film}descriptions/sv.vtt"]),
    "short addresses": ("short_address", ["/b/{code}/", "/b/{code}/?t=3"]),
    "files": ("media", ["{file}"]),
    "documents": ("wagtaildocs_serve", ["{document}"]),
    "the sitemap": ("sitemap.xml", ["/sitemap.xml"]),
    "a section of the sitemap": (
        "sitemap_section",
        [f"/sitemap-{section}.xml" for section in ("pages", "enterprises", "events", "regions")],
    ),
}
# Where a restricted page shows that it is there: a link that an editor has made leads to its lock.
LOCKED = {"a page's own address", "links"}
# What repeats the address or the words that were asked for.
ECHOES = {"a page's own address", "an event's own page", "another spelling"}
# Channels whose answers are files: that they answer at all tells that the secret is there.
FILES = {
    "files",
    "documents",
    "posters",
    "pictures to share",
    "supplier sheets",
    "enterprises' pictures to share",
    "a campaign's kit",
    "a theory of change to print",
}
# What holds no content: forms that give access, and what the machine says of itself.
SILENT = {
    "api-root",
    "application_change_sent",
    "application_link",
    "application_received",
    "application_sent",
    "application_start",
    "challenge",
    "entry_answered",
    "healthz",
    "list_counties",
    "list_industries",
    "list_municipalities",
    "open_data",
    "openapi",
    "owner_link",
    "owner_log_out",
    "readyz",
    "robots.txt",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
}

# What only a signed link opens, and what the embargo's and the books' own tests try.
TRIED_ELSEWHERE = {
    "list_xlsx",
    "application_confirm",
    "application_picture",
    "application_step",
    "book_file",
    "booking",
    "booking_calendar",
    "embargo_file",
    "embargo_preview",
    "enquiries_of_owner",
    "enquiry",
    "enquiry_answer",
    "enquiry_change",
    "enquiry_confirm",
    "enquiry_file",
    "enquiry_file_of_receiver",
    "enquiry_outcome",
    "enquiry_report",
    "enquiry_sent",
    "enquiry_write",
    "entry_change",
    "entry_leave",
    "entry_right",
    "event_bookings",
    "event_bookings_csv",
    "event_cancel",
    "event_confirm",
    "event_copy",
    "event_draft_picture",
    "event_edit",
    "event_link",
    "event_organiser",
    "event_report",
    "event_sent",
    "event_step",
    "media_bank_zip",
    "owner_certification",
    "owner_edit",
    "owner_invite",
    "owner_leave",
    "owner_login",
    "owner_page",
    "owner_remove",
    "owner_report",
    "owner_report_correct",
    "owner_reports",
    "owner_switch",
    "press_subscribe",
    "press_subscribe_sent",
    "press_subscription",
    "press_subscription_confirm",
    "press_unsubscribe",
    "press_version",
    "report_link",
    "saved_search_confirm",
    "saved_search_end",
    "saved_search_manage",
    "saved_search_start",
    "shortlist",
    "shortlist_add",
    "shortlist_remove",
}


@dataclass
class House:
    """The secrets, and the addresses of each kind that lead to them."""

    pages: list[Page] = field(default_factory=list)
    enterprises: list[Enterprise] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    addresses: dict[str, list[str]] = field(default_factory=dict)

    @property
    def everything(self) -> list[Any]:
        return [*self.pages, *self.enterprises, *self.events]

    def urls(self, channel: str) -> list[str]:
        """Return the addresses of ``channel`` with its placeholders filled in."""
        urls: list[str] = []
        for pattern in CHANNELS[channel][1]:
            kind = next((kind for kind in self.addresses if f"{{{kind}}}" in pattern), None)
            filled = self.addresses[kind] if kind else [""]
            urls += [pattern.replace(f"{{{kind}}}", address) for address in filled]
        return urls


@pytest.fixture
def house(home: Any, locales: Any, make_image: Any) -> House:
    """Open pages that refer to secrets in every way, with the secrets published."""
    house = House()
    area = theme("omrade", locales["sv"], "Området")
    industry = make_industry()
    make_list_page(home)
    make_county_page(home)
    make_district("Mitt")
    make_certification_page(home)
    section = add(home, SectionPage, title="Avdelning", slug="avdelning", show_in_menus=True)
    add(section, ThemePage, title="Området", slug="omrade", theme=area)
    campaigns = add(home, CampaignIndexPage, title="Kampanjer", slug="kampanjer")
    press = add(home, PressRoomPage, title="Press", slug="press")
    library = add(home, LibraryIndexPage, title="Kunskapsbank", slug="kunskapsbank")
    book = add(library, HandbookPage, title="Bok", slug="bok")
    add(book, ChapterPage, title="Kapitel", slug="kapitel")
    series = add(library, FilmSeriesPage, title="Serie", slug="serie")
    add(series, FilmPage, title="Film", slug="film")
    shown_film = add(library, FilmPage, title="Visad", slug="visad")

    picture = make_image(title=f"{MARK} bild")
    with picture.file.open() as file:
        picture.file.save(f"{MARK}.png", file)
    film_file, template = video(f"{MARK}.mp4"), document(f"{MARK} mall", f"{MARK}.docx")
    shown: dict[str, Any] = {
        "introduction": f"Om {WORD}.",
        "themes": [area],
        "audience": ["asf"],
        "listing_image": picture,
    }

    def secret(parent: Page, model: Any, **fields: Any) -> Page:
        name = f"{MARK}-{model.__name__.lower()}"
        fields = shown | {"title": f"{MARK.title()} {name}", "slug": name} | fields
        page = add(parent, model, **fields)
        house.pages.append(page)
        return page

    standard = secret(section, StandardPage, body=stream(("text", f"<p>Vi odlar {WORD}.</p>")))
    own_book = secret(library, HandbookPage)
    secret(own_book, ChapterPage)
    secret(book, ChapterPage, slug=f"{MARK}-i-en-bok")
    signed = video(f"{MARK}-tecknad.mp4")
    film = secret(
        series,
        FilmPage,
        video=film_file,
        sign_language_video=signed,
        captions=[("sv", VTT + MARK)],
        descriptions=[Descriptions(language="sv", text=VTT + MARK)],
        chapters=stream(("chapter", {"start": "0:00", "title": f"Om {MARK}"})),
        transcript=f"[0:01] Värden: Vi odlar {WORD}.",
    )
    secret(secret(library, FilmSeriesPage), FilmPage, slug=f"{MARK}-i-en-serie")
    shown_there = stream(("film", {"film": shown_film.pk, "play_here": True, "start": "0:01"}))
    secret(library, GuidancePage, slug=f"{MARK}-visar-film", body=shown_there)
    secret(library, GuidancePage)
    neighbour = make_enterprise(name="Granne", industries=[industry])
    secret(library, ImpactStoryPage, county="21", enterprise=neighbour)
    add(library, ImpactStoryPage, title="Från länet", slug="fran-lanet", county="21")
    figure = {"label": MARK, "value": "1", "unit": "", "comparison": "", "source": "Vi"}
    chart = {
        "title": MARK,
        "unit": "st",
        "period": "2022",
        "period_before": "",
        "source": "Vi",
        "bars": [{"label": MARK, "value": "1", "before": None}],
    }
    report = secret(
        library,
        ImpactReportPage,
        year=2021,
        figures=stream(("figure", figure)),
        charts=stream(("chart", chart)),
    )
    add(library, ImpactReportPage, title="Rapport", slug="rapport", year=2022)
    stage = {"title": MARK, "person": [MARK], "asf": [], "society": []}
    theory_page = secret(library, TheoryOfChangePage, stages=stream(("stage", stage)))
    secret(library, TemplatePage, document=template)
    secret(press, PressReleasePage)
    secret(press, DebateArticlePage, newspaper="Bladet")
    own_campaign = secret(
        campaigns,
        CampaignPage,
        starts_on=TODAY + timedelta(days=9),
        ends_on=TODAY + timedelta(days=9),
        registration_opens_on=TODAY - timedelta(days=1),
        registration_closes_on=TODAY + timedelta(days=1),
        material=[CampaignMaterial(document=template, locale=home.locale)],
    )

    enterprise = make_enterprise(
        name=f"{MARK.title()} kafé",
        summary=f"Säljer {WORD}.",
        industries=[industry],
        logo=picture,
        certified_until=TODAY + timedelta(days=9),
    )
    enterprise.save_revision().publish()
    house.enterprises.append(enterprise)
    add(home, StatisticsPage, title="Statistik", slug="statistik")
    for reporting in (enterprise, *(make_enterprise() for _number in range(3))):
        make_report(reporting, TODAY.year - 1, participants=5)

    campaign = add(
        campaigns,
        CampaignPage,
        title="Kampanj",
        slug="kampanj",
        starts_on=TODAY,
        ends_on=TODAY,
    )
    make_event(campaign, host="Värden", slug="oppet-hos-varden", enterprise=enterprise)
    tomorrow = timezone.now() + timedelta(days=1)
    event = make_event(
        campaign,
        title=f"{MARK.title()} öppnar",
        description=f"Vi odlar {WORD}.",
        picture=picture,
        picture_alt="Fältet",
        booking="here",
        capacity=10,
        times=[(tomorrow, tomorrow + timedelta(hours=4))],
    )
    house.events.append(event)
    add(library, ImpactStoryPage, title="Berättelse", slug="berattelse", enterprise=enterprise)
    add(press, PressReleasePage, title="Nytt", slug="nytt", themes=[area])
    chosen = [page.pk for page in house.pages]
    call = {"title": "Gör så", "text": "", "label": "Läs", "page": standard.pk, "url": ""}
    add(
        home,
        StandardPage,
        title="Öppen",
        slug="oppen",
        themes=[area],
        body=stream(
            ("cards", {"title": "Läs vidare", "pages": chosen}),
            ("film", {"film": film.pk, "play_here": True}),
            ("film", {"film": film.pk, "play_here": False}),
            ("enterprises", {"title": "Nya", "number": 12, "chosen": []}),
            ("enterprises", {"title": "Valda", "chosen": [enterprise.pk, neighbour.pk]}),
            ("county_map", {"title": "Kartan"}),
        ),
    )
    add(
        home,
        StandardPage,
        title="Länkar",
        slug="lankar",
        body=stream(
            ("call_to_action", call), ("text", f'<p><a linktype="page" id="{film.pk}">film</a></p>')
        ),
    )
    rebuild()
    house.addresses = {
        "page": [page.get_url() for page in house.pages],
        "page id": [str(page.pk) for page in house.pages],
        "film": [film.get_url()],
        "report": [report.get_url()],
        "theory": [theory_page.get_url()],
        "code": list(
            ShortAddress.objects.filter(page__in=house.pages).values_list("code", flat=True)
        ),
        "enterprise": [enterprise.slug],
        "document": [template.url],
        "event": [event.slug],
        "event uid": [str(event.uid)],
        "time": [str(event.times.get().uid)],
        "campaign": [str(campaign.pk)],
        "secret campaign": [str(own_campaign.pk)],
        "file": [
            *(rendition.url for rendition in picture.renditions.all()),
            picture.file.url,
            film_file.url,
            signed.url,
        ],
    }
    return house


@pytest.fixture
def english_house(house: House, english_home: Any) -> House:
    """The house with an English home page, which shows nothing of its own."""
    return house


def answers(client: Any, house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Return channel → for each of its addresses the status, the headers and the body."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for channel in CHANNELS:
        found[channel] = []
        for url in house.urls(channel):
            response = client.get(url)
            body = b"".join(response) if response.streaming else response.content
            found[channel].append(
                (url, response.status_code, sorted(response.headers.items()), body)
            )
    return found


def each(change: Callable[[Any], None]) -> Callable[[House], None]:
    """Return what makes ``change`` to every secret."""

    def apply(house: House) -> None:
        for thing in house.everything:
            thing.refresh_from_db()
            change(thing)

    return apply


def never_published(thing: DraftStateMixin) -> None:
    """As if the published revision had only been saved."""
    type(thing)._default_manager.filter(pk=thing.pk).update(
        live=False, first_published_at=None, last_published_at=None, live_revision=None
    )


def schedule(thing: DraftStateMixin) -> None:
    """As it is before the moment that an editor has set, which Wagtail keeps as a revision."""
    never_published(thing)
    thing.refresh_from_db()
    thing.go_live_at = timezone.now() + timedelta(days=1)
    thing.save_revision().publish()


def expire(thing: DraftStateMixin) -> None:
    """As it is after the last moment that an editor has set."""
    thing.expire_at = timezone.now() - timedelta(minutes=1)
    thing.save()
    call_command("publish_scheduled")


def restrict(kind: str, *, section: bool) -> Callable[[House], None]:
    """Return what puts the secrets, or the sections above them, behind a login or a password."""

    def apply(house: House) -> None:
        pages = [page.get_parent() for page in house.pages] if section else house.pages
        for page in {page.pk: page for page in pages}.values():
            PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        for thing in (*house.enterprises, *house.events):  # These are only ever unpublished.
            thing.unpublish()

    return apply


def end_consent(house: House) -> None:
    """As it is the day after the last day that those who are told of have said yes to."""
    pks = [page.pk for page in house.pages]
    yesterday = timezone.localdate() - timedelta(days=1)
    BasePage.objects.filter(pk__in=pks).update(consent_expires_on=yesterday)
    for thing in (*house.enterprises, *house.events):  # These are only ever unpublished.
        thing.unpublish()


def nothing(house: House) -> None:
    """Leave the secrets published."""


STATES: dict[str, Callable[[House], None]] = {
    "draft": each(never_published),
    "unpublished": each(lambda thing: thing.unpublish()),
    "scheduled": each(schedule),
    "expired": each(expire),
    "without consent": end_consent,
    "behind a password": restrict("password", section=False),
    "behind a login": restrict("login", section=False),
}


def named(found: dict[str, list[tuple[Any, ...]]], *words: str) -> set[str]:
    """Return the channels that hold one of the words, the address that was asked for left out."""
    return {
        channel
        for channel, rows in found.items()
        for url, status, _headers, body in rows
        if status == 200 and (channel in FILES or any(word in text(body, url) for word in words))
    }


def text(body: bytes, url: str) -> str:
    """Return the body in lower case without the query that it repeats."""
    lower = body.decode(errors="replace").lower()
    query = url.partition("q=")[2].partition("&")[0]
    return lower.replace(f"q={query}", "").replace(f'value="{query}"', "") if query else lower


def test_every_channel_shows_what_is_published(client: Any, english_house: House) -> None:
    # How many hits there are, where an address leads, and sums: none of them names anything.
    silent = {
        "hits in another language",
        "short addresses",
        "the statistics",
        "the statistics' files",
    }
    found = answers(client, english_house)
    assert set(CHANNELS) - named(found, MARK) == silent
    (_url, _status, _headers, body) = found["hits in another language"][0]
    assert b"in another language" in body


@pytest.mark.parametrize("state", STATES)
def test_no_channel_tells_a_secret_from_what_does_not_exist(
    client: Any, english_house: House, state: str
) -> None:
    STATES[state](english_house)
    found = answers(client, english_house)
    for thing in (*english_house.enterprises, *english_house.events):
        thing.delete()
    for page in reversed(english_house.pages):
        Page.objects.get(pk=page.pk).delete()
    gone = answers(client, english_house)
    locked = LOCKED if state.startswith("behind") else set()
    differs = {channel for channel, rows in gone.items() if found[channel] != rows}
    assert differs - locked == set()


@pytest.mark.parametrize("kind", ["password", "login"])
def test_what_is_below_a_restricted_section_is_not_named(
    client: Any, english_house: House, kind: str
) -> None:
    restrict(kind, section=True)(english_house)
    assert named(answers(client, english_house), MARK) - ECHOES - LOCKED == set()


def test_a_restricted_page_asks_for_its_key_and_says_nothing(client: Any, house: House) -> None:
    restrict("password", section=False)(house)
    for url in house.urls("a page's own address"):
        response = client.get(url)
        assert WORD not in response.content.decode()
        assert response.status_code in (200, 404)


def test_a_draft_translation_is_not_named_anywhere(
    client: Any, english_house: House, english_home: Any, locales: Any
) -> None:
    secret = "Giraffe"
    for page in [english_house.pages[0].get_parent(), *english_house.pages]:
        page = page.specific
        page.refresh_from_db()
        translation = page.copy_for_translation(locales["en"], copy_parents=True)
        translation.title = f"{secret} {translation.pk}"
        translation.slug = f"giraffe-{translation.pk}"
        translation.save()
        translation.save_revision()
        english_house.addresses["page"].append(translation.get_url())
    rebuild()
    found = answers(client, english_house)
    assert named(found, secret.lower()) - FILES - ECHOES == set()
    for url in english_house.addresses["page"][len(english_house.pages) :]:
        assert secret not in client.get(url).content.decode()
    assert client.get("/en/search/?q=giraffe").context["results"].total == 0


def test_a_live_page_does_not_name_an_unpublished_one_above_it(
    client: Any, english_house: House
) -> None:
    for page in english_house.pages:
        below = Page.objects.child_of(page)
        if below:
            page.refresh_from_db()
            page.unpublish()
            for child in below.specific():
                type(child).objects.filter(pk=child.pk).update(title="Barnet", draft_title="Barnet")
                html = client.get(child.get_url()).content.decode()
                assert page.title not in html


def public_patterns(patterns: Any) -> Iterator[str]:
    """Yield the name of every public URL pattern, or the pattern itself where it has no name."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern) != "admin/":
                yield from public_patterns(entry.url_patterns)
        elif isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern)


def test_every_public_address_is_a_channel_or_silent() -> None:
    covered = {name for name, _urls in CHANNELS.values()} | SILENT | TRIED_ELSEWHERE
    assert set(public_patterns(get_resolver().url_patterns)) == covered
