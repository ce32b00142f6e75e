"""Until its moment nothing of a press page answers by any path in any language; then all does.

``test_nothing_leaves_before_the_moment`` fetches every channel before and at the moment, and once
more when the pages do not exist at all: the answers must be the same, headers and counts included.
A public address that is in no channel fails ``test_every_public_address_has_its_case``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from asflist import urls as asflist_urls
from asflist.open_data.api import api
from campaigns.models import (
    EmbargoLink,
    PressContact,
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
    PressRoomPage,
    PressSubscription,
)
from campaigns.models.press_release_page import PressReleaseMaterial
from campaigns.press.embargo import WAITING, in_words
from campaigns.press.embargo_links import PURPOSE
from core.signed_links import make_token
from home.models import SectionPage, StandardPage, ThemePage
from search.indexing import rebuild
from tests.campaigns.test_changes import PUBLISH, edit
from tests.core.test_nothing_unpublished_leaks import SILENT, public_patterns
from tests.library.factories import add, document, stream, theme

NOW = datetime(2027, 5, 7, 12, tzinfo=UTC)
MOMENT = datetime(2027, 5, 8, 4, tzinfo=UTC)  # six in the morning in Sweden
#: What stands in every title, slug and file name under embargo, in the text, and nowhere else.
MARKS = {"sv": ("zebra", "lavendel"), "en": ("giraffe", "lavender")}


@dataclass(frozen=True)
class Channel:
    """A way by which content leaves the site.

    ``pattern`` is the name of its URL pattern, ``addresses`` what to fetch: {prefix} stands for the
    language's, {page}, {file}, {document}, {token} and {pk} for the release's own. ``tells`` is
    whether it holds the release once that is out.
    """

    pattern: str
    addresses: tuple[str, ...]
    tells: bool = True


CHANNELS: dict[str, Channel] = {
    "its own address": Channel("wagtail_serve", ("{page}",)),
    "the home page": Channel("wagtail_serve", ("{prefix}/",)),
    "cards and links on another page": Channel("wagtail_serve", ("{prefix}/oppen/",)),
    "a section": Channel("wagtail_serve", ("{prefix}/avdelning/",), tells=False),
    "a development area": Channel("wagtail_serve", ("{prefix}/avdelning/omrade/",)),
    "the press room, its facets and its pages": Channel(
        "wagtail_serve",
        (
            "{prefix}/press/",
            "{prefix}/press/?kind=release",
            "{prefix}/press/?year=2027",
            "{prefix}/press/?county=21",
            "{prefix}/press/?theme=omrade",
        ),
    ),
    "related pages": Channel("wagtail_serve", ("{prefix}/press/nytt/",)),
    "the media bank": Channel("wagtail_serve", ("{prefix}/press/mediebank/",), tells=False),
    "search, its suggestions and its counts": Channel(
        "search",
        ("{search}?q={word}", "{search}?q={word}&kind=press", "{search}?q={misspelt}"),
    ),
    "search in the other language": Channel("search", ("{other_search}?q={word}",), tells=False),
    "RSS": Channel("press_rss", ("{rss}", "{rss}?kind=release", "{rss}?county=21")),
    "Atom": Channel("press_atom", ("{atom}", "{atom}?kind=release", "{atom}?theme=omrade")),
    "its pictures": Channel("media", ("{file}",)),
    "its documents": Channel("wagtaildocs_serve", ("{document}",)),
    "the sitemap": Channel("sitemap.xml", ("/sitemap.xml",)),
    "a section of the sitemap": Channel("sitemap_section", ("/sitemap-pages.xml",), tells=False),
    "an earlier version": Channel("press_version", ("{version}",), tells=False),
    "a revoked link": Channel("embargo_preview", ("{revoked}",), tells=False),
    "a file by a revoked link": Channel("embargo_file", ("{revoked}x/{bare_file}",), tells=False),
    "a zip of the media bank": Channel("media_bank_zip", ("{zip}?item=1",), tells=False),
    "the form to follow the press room": Channel("press_subscribe", ("{follow}",), tells=False),
}
#: Addresses that hold nothing of press pages: events, bookings, what the library has beside its
#: pages, and signed links to a reader's own rows. Mail to subscribers is tried elsewhere.
NOTHING_OF_PRESS = {
    "book",
    "book_done",
    "book_file",
    "booking",
    "booking_calendar",
    "campaign_calendar",
    "campaign_kit",
    "challenge",
    "chart_csv",
    "chart_svg",
    "event_bookings",
    "event_bookings_csv",
    "event_calendar",
    "event_cancel",
    "event_confirm",
    "event_copy",
    "event_draft_picture",
    "event_edit",
    "event_link",
    "event_organiser",
    "event_poster",
    "event_register",
    "event_report",
    "event_sent",
    "event_share",
    "event_step",
    "feedback",
    "press_subscribe_sent",
    "press_subscription",
    "press_subscription_confirm",
    "press_unsubscribe",
    "report_csv",
    "short_address",
    "text_track",
    "theory_pdf",
    "theory_svg",
}
#: The list's room lies below the press and cannot know of it (import-linter keeps it so).
OF_THE_LIST = {"openapi", *public_patterns(asflist_urls.urlpatterns), *public_patterns(api.urls[0])}


def test_every_public_address_has_its_case():
    cases = {channel.pattern for channel in CHANNELS.values()}
    cases |= NOTHING_OF_PRESS | SILENT | OF_THE_LIST
    assert set(public_patterns(get_resolver().url_patterns)) == cases


@pytest.fixture(autouse=True)
def clock():
    """The clock, which stands at ``NOW`` until a test moves it."""
    with time_machine.travel(NOW) as clock:
        yield clock


def translate(page: Page, locale: Any, **fields: Any) -> Page:
    """A draft of ``page`` in another language."""
    translated = page.specific.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translated, name, value)
    translated.save()
    translated.save_revision()
    return translated


def schedule(page: Page, moment: datetime) -> Page:
    """Schedule the page's latest version, as an editor does."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    page.go_live_at = moment
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def published(page: Page) -> Page:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def releases(home: Any, english_home: Any, locales: Any, make_image: Any) -> dict[str, Any]:
    """A release in two languages, under embargo in both, which open pages refer to in every way."""
    area = theme("omrade", locales["sv"], "Området")
    area.copy_for_translation(locales["en"]).save()
    picture, report = make_image(title="zebra giraffe"), document("Zebra giraffe", "zebra.pdf")
    with picture.file.open() as file:
        picture.file.save("zebra-giraffe.png", file)
    contact = PressContact.objects.create(
        name="Pressjouren", phone="08-465 004 20", email="p@example.org", locale=locales["sv"]
    )
    section = add(home, SectionPage, title="Avdelning", slug="avdelning")
    room = add(home, PressRoomPage, title="Press", slug="press")
    open_pages = [
        section,
        add(section, ThemePage, title="Området", slug="omrade", theme=area),
        room,
        add(room, PressReleasePage, title="Nytt", slug="nytt", themes=[area]),
    ]
    release = add(
        room,
        PressReleasePage,
        publish=False,
        title="Zebra",
        slug="zebra",
        introduction="Om lavendel.",
        county_code="21",
        themes=[area],
        listing_image=picture,
        body=stream(("text", "<p>Vi odlar lavendel.</p>")),
    )
    release.contact_links.add(PressReleaseContact(contact=contact))
    release.pictures.add(PressReleasePicture(image=picture, alt_text="Zebra", locale=locales["sv"]))
    release.related_material.add(PressReleaseMaterial(document=report, locale=locales["sv"]))
    release.save()  # as the editor does with what is not live yet
    release.save_revision()
    page_chooser = {"title": "Läs", "pages": [release.pk]}
    link = f'<p><a linktype="page" id="{release.pk}">här</a></p>'
    open_pages.append(
        add(
            home,
            StandardPage,
            title="Öppen",
            slug="oppen",
            body=stream(("cards", page_chooser), ("text", link)),
        )
    )
    for page in open_pages:
        published(translate(page, locales["en"]))
    english = translate(
        release,
        locales["en"],
        title="Giraffe",
        slug="giraffe",
        introduction="On lavender.",
        body=stream(("text", "<p>We grow lavender.</p>")),
    )
    pages = {"sv": schedule(release, MOMENT), "en": schedule(english, MOMENT)}
    rebuild()
    return pages


def addresses(channel: Channel, language: str, page: Any) -> list[str]:
    """Return the addresses of a channel in one language."""
    other = "en" if language == "sv" else "sv"
    image = page.listing_image
    revoked = EmbargoLink.objects.get_or_create(
        page=page, recipient="Bladet", expires_at=MOMENT + timedelta(days=1), revoked_at=NOW
    )[0]
    with translation.override(other):
        other_search = reverse("search")
    with translation.override(language):
        words = {
            "prefix": "" if language == "sv" else "/en",
            "page": page.get_url(),
            "word": MARKS[language][1],
            "misspelt": MARKS[language][0][:-1],
            "search": reverse("search"),
            "other_search": other_search,
            "rss": reverse("press_rss"),
            "atom": reverse("press_atom"),
            "document": page.related_material.get().document.url,
            "version": reverse("press_version", args=[page.pk, 1]),
            "revoked": reverse("embargo_preview", args=[make_token(PURPOSE, revoked.uid)]),
            "bare_file": image.file.url.lstrip("/"),
            "zip": reverse("media_bank_zip"),
            "follow": reverse("press_subscribe"),
        }
    files = [image.file.url, *(rendition.url for rendition in image.renditions.all())]
    return [
        address.format(**words, file=file)
        for address in channel.addresses
        for file in (files if "{file}" in address else [""])
    ]


Answer = tuple[int, list[tuple[str, str]], bytes]


def answers(urls: dict[str, list[str]]) -> dict[str, list[Answer]]:
    """Return channel → what a reader gets at each of its addresses."""
    client = Client()
    found: dict[str, list[Answer]] = {}
    for name, addresses_of_it in urls.items():
        found[name] = []
        for url in addresses_of_it:
            response = client.get(url)
            body = b"".join(response) if response.streaming else response.content
            headers = [row for row in sorted(response.headers.items()) if row[0] != "Set-Cookie"]
            found[name].append((response.status_code, headers, without_nonces(body)))
    return found


def without_nonces(body: bytes) -> bytes:
    """Leave out what differs between two answers by itself: tokens of forms."""
    return b"\n".join(line for line in body.split(b"\n") if b"csrfmiddlewaretoken" not in line)


def telling(found: dict[str, list[Answer]], language: str) -> set[str]:
    """Return the channels in which a file is given, or every address names the release."""

    def tells(name: str, answer: Answer) -> bool:
        status, _headers, body = answer
        if name in ("its pictures", "its documents"):
            return status == 200
        lower = body.decode(errors="replace").lower()
        return status == 200 and any(f"/{word}/" in lower for word in MARKS[language])

    return {name for name, rows in found.items() if any(tells(name, row) for row in rows)}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("when", ["before", "at", "after"])
def test_nothing_leaves_before_the_moment_and_all_does_after(
    releases: dict[str, Any], clock: Any, language: str, when: str
) -> None:
    page = releases[language]
    urls = {name: addresses(channel, language, page) for name, channel in CHANNELS.items()}
    offset = {"before": -timedelta(seconds=1), "at": timedelta(0), "after": timedelta(seconds=59)}
    clock.move_to(MOMENT + offset[when], tick=False)
    call_command("publish_scheduled")
    found = answers(urls)
    if when == "after":
        expected = {name for name, channel in CHANNELS.items() if channel.tells}
        if "the sitemap" not in telling(found, language):  # an index, when it is long
            expected.discard("the sitemap")
            assert "a section of the sitemap" in telling(found, language)
        assert expected - telling(found, language) == set()
        return
    for release in releases.values():
        Page.objects.get(pk=release.pk).delete()
    gone = answers(urls)
    assert {name for name in CHANNELS if found[name] != gone[name]} == set()
    assert telling(found, language) == set()


def test_subscribers_get_no_mail_before_the_moment_and_one_after(
    releases, clock, mailoutbox, django_capture_on_commit_callbacks
):
    for language in ("sv", "en"):
        PressSubscription.objects.create(
            email=f"{language}@example.org", language=language, confirmed_at=NOW
        )
    for moment, letters in ((NOW, 0), (MOMENT, 0), (MOMENT + timedelta(seconds=59), 2)):
        clock.move_to(moment, tick=False)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
        assert len(mailoutbox) == letters


# --- A translation never goes out before its source, by whatever door ---


@pytest.fixture
def swedish(press_room, english_press_room):
    """A Swedish release that waits for ``MOMENT``."""
    page = add(press_room, PressReleasePage, publish=False, title="Zebra", slug="zebra")
    return schedule(page, MOMENT)


@pytest.fixture
def english(swedish, locales):
    """Its English draft."""
    return translate(swedish, locales["en"], title="Giraffe", slug="giraffe")


def fresh(page):
    return PressReleasePage.objects.get(pk=page.pk)


def approved(page):
    revision = fresh(page).scheduled_revision
    return revision and revision.approved_go_live_at


def by_code(page, **_):
    fresh(page).get_latest_revision().publish()


def by_the_editor(page, client, **_):
    response = edit(client, fresh(page), **PUBLISH)
    assert response.status_code == 302
    html = client.get(response.url).content.decode()
    assert in_words(MOMENT) in html


def by_the_list(page, client, **_):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={page.pk}", {"include_descendants": ""})


def by_approval(page, superuser, **_):
    from home.access import set_up_groups, set_up_workflows

    set_up_groups()
    set_up_workflows()
    page = fresh(page)
    page.get_workflow().start(page, superuser)
    page.current_workflow_state.current_task_state.approve(user=superuser)


def by_localize(page, client, django_capture_on_commit_callbacks, locales, **_):
    source, _made = TranslationSource.update_or_create_from_instance(
        PressReleasePage.objects.get(translation_key=page.translation_key, locale=locales["sv"])
    )
    Translation.objects.get_or_create(source=source, target_locale=locales["en"])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"action": "publish"})
    assert in_words(MOMENT) in client.get(response.url).content.decode()


@pytest.mark.parametrize("door", [by_code, by_the_editor, by_the_list, by_approval, by_localize])
def test_a_translation_waits_for_its_source_by_every_door(
    door,
    english,
    swedish,
    admin_client_sv,
    superuser,
    locales,
    clock,
    django_capture_on_commit_callbacks,
):
    door(
        english,
        client=admin_client_sv,
        superuser=superuser,
        locales=locales,
        django_capture_on_commit_callbacks=django_capture_on_commit_callbacks,
    )
    assert not fresh(english).live
    assert approved(english) == MOMENT
    clock.move_to(MOMENT + timedelta(seconds=30))
    call_command("publish_scheduled")
    assert fresh(english).live
    assert fresh(swedish).live


def test_what_asks_nobody_is_refused(english):
    page = fresh(english)
    page.live = True
    with pytest.raises(Exception, match=r".+"):
        page.save()
    assert not fresh(english).live


def test_the_translation_moves_with_its_source(english, swedish):
    by_code(english)
    for moment in (MOMENT + timedelta(days=2), MOMENT - timedelta(hours=2)):
        fresh(swedish).scheduled_revision.save(update_fields=["approved_go_live_at"])
        schedule(swedish, moment)
        assert approved(english) == approved(swedish) == moment


def test_the_translation_waits_while_its_source_is_scheduled_anew(
    admin_client_sv, english, swedish, clock
):
    by_code(english)
    revision = fresh(swedish).scheduled_revision
    admin_client_sv.post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[swedish.pk, revision.pk])
    )
    assert approved(swedish) is None
    clock.move_to(MOMENT + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not fresh(english).live
    assert approved(english) == WAITING
    later = MOMENT + timedelta(days=1)
    schedule(swedish, later)
    assert approved(english) == later


def test_the_translation_follows_a_source_that_is_published_at_once(english, swedish, clock):
    by_code(english)
    page = fresh(swedish)
    page.go_live_at = None
    page.save_revision().publish()
    clock.shift(1)
    call_command("publish_scheduled")
    assert fresh(english).live


def test_a_translation_may_go_out_later_than_its_source(english, swedish, clock):
    later = MOMENT + timedelta(days=1)
    schedule(english, later)
    schedule(swedish, MOMENT + timedelta(hours=1))
    assert approved(english) == later
    clock.move_to(MOMENT + timedelta(hours=2))
    call_command("publish_scheduled")
    assert fresh(swedish).live
    assert not fresh(english).live


def test_a_new_version_under_embargo_holds_back_its_translation(
    press_room, english_press_room, locales
):
    page = published(add(press_room, PressReleasePage, title="Nytt", slug="nytt"))
    english = published(translate(page, locales["en"], title="News", slug="news"))
    page = fresh(page)
    page.title, page.change_kind = "Zebra", "minor"
    schedule_of = page.go_live_at = MOMENT
    page.save_revision().publish()
    english = fresh(english)
    english.title, english.change_kind = "Giraffe", "minor"
    english.save_revision().publish()
    assert fresh(english).title == "News"
    assert approved(english) == schedule_of


def test_an_alias_of_a_page_under_embargo_stays_unseen(press_room, client):
    page = add(press_room, PressReleasePage, publish=False, title="Zebra", slug="zebra")
    alias = page.create_alias(update_slug="zebra-igen")
    schedule(page, MOMENT)
    assert client.get(fresh(alias).url).status_code == 404


def test_the_list_in_the_admin_says_until_when(admin_client_sv, swedish):
    html = admin_client_sv.get(reverse("press_releases:index")).content.decode()
    assert in_words(MOMENT) in html
