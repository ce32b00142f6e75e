"""Journalists read and take what is under embargo by a signed link that ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from campaigns.models import (
    DebateArticlePage,
    EmbargoLink,
    PressReleasePage,
    PressReleasePicture,
)
from campaigns.models.press_release_page import PressReleaseMaterial
from campaigns.press.embargo_links import link_url
from tests.campaigns.test_embargo import schedule, translate
from tests.library.factories import add, document, stream

NOW = datetime(2027, 5, 7, 12, tzinfo=UTC)
MOMENT = datetime(2027, 5, 8, 4, tzinfo=UTC)  # six in the morning in Sweden


@pytest.fixture(autouse=True)
def clock():
    """The clock, which stands at ``NOW`` until a test moves it."""
    with time_machine.travel(NOW) as clock:
        yield clock


@pytest.fixture
def picture(make_image):
    return make_image(title="Cykeln")


@pytest.fixture
def release(press_room, picture, locales):
    """A release under embargo with a picture to take and a report."""
    page = add(
        press_room,
        PressReleasePage,
        publish=False,
        title="Zebra",
        slug="zebra",
        body=stream(("text", "<p>Vi odlar lavendel.</p>")),
    )
    page.pictures.add(PressReleasePicture(image=picture, alt_text="En cykel", locale=locales["sv"]))
    report = document("Rapporten", "rapport.pdf")
    page.related_material.add(PressReleaseMaterial(document=report, locale=locales["sv"]))
    page.save()  # as the editor does with what is not live yet
    page.save_revision()
    return schedule(page, MOMENT)


def make_link(page, *, expires_at=MOMENT, **fields):
    return EmbargoLink.objects.create(
        page=page, recipient="Bladet", expires_at=expires_at, **fields
    )


def path_of(link):
    """The path of the link's address."""
    return link_url(link).partition("localhost:8000")[2]


@pytest.fixture
def link(release):
    return make_link(release)


def files_in(html):
    return set(re.findall(r'/embargo/[^"\s]+?(?:media|documents)/[^"\s,]+', html))


def test_the_page_is_seen_as_it_will_look_with_the_moment_on_top(client, release, link):
    html = client.get(path_of(link)).content.decode()
    assert "<h1>Zebra</h1>" in html
    assert "Vi odlar lavendel." in html
    notice = html[html.index("version-notice") : html.index("<h1>")]
    assert "lördag 8 maj 2027" in notice
    assert "UTC+2" in notice
    assert client.get(f"{release.get_parent().url}zebra/").status_code == 404


def test_nobody_else_is_told_of_it(client, link):
    response = client.get(path_of(link))
    html = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert '<meta name="robots" content="noindex, nofollow">' in html
    for told in ("application/ld+json", 'rel="canonical"', "og:title", 'rel="alternate" hreflang'):
        assert told not in html
    assert not response.cookies
    assert not re.findall(r'(?:src|srcset)="https?://', html)


def test_its_pictures_and_documents_are_taken_by_the_link_alone(client, release, link, picture):
    html = client.get(path_of(link)).content.decode()
    assert '"/media/' not in html
    assert '"/documents/' not in html
    files = files_in(html)
    assert any(file.endswith(".pdf/") or ".pdf" in file for file in files)
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    whole = next(file for file in files if file.endswith(picture.file.url))
    with picture.file.open() as original:
        assert b"".join(client.get(whole).streaming_content) == original.read()
    assert client.get(picture.file.url).status_code == 404


def test_a_link_opens_no_other_file(client, release, link, make_image):
    other = make_image(title="Hemlig", colour="#c8452b")
    html = client.get(path_of(link)).content.decode()
    for file in files_in(html):
        signature = file.split("/")[3]
        assert client.get(f"{path_of(link)}{signature}{other.file.url}").status_code == 404
    # The name is signed for this link, and not for another.
    second = make_link(release)
    for file in files_in(html):
        moved = file.replace(path_of(link), path_of(second))
        assert moved == file or client.get(moved).status_code == 404


def test_a_picture_whose_consent_has_ended_is_not_given(client, link, picture):
    files = files_in(client.get(path_of(link)).content.decode())
    type(picture).objects.filter(pk=picture.pk).update(consent_expires_on=NOW - timedelta(days=2))
    pictures = [file for file in files if "/media/" in file]
    assert pictures
    assert {client.get(file).status_code for file in pictures} == {404}


def test_it_leads_to_the_public_page_after_the_moment(client, release, link, clock):
    path = path_of(link)
    (file, *_rest) = files_in(client.get(path).content.decode())
    clock.move_to(MOMENT + timedelta(seconds=20))
    # Until the minute's run has published it, the link still shows the page.
    assert client.get(path).status_code == 200
    call_command("publish_scheduled")
    response = client.get(path)
    assert (response.status_code, response.url) == (302, "/press/zebra/")
    assert client.get(response.url).status_code == 200
    assert client.get(client.get(file).url).status_code == 200


def test_ended_revoked_and_forged_links_answer_the_same(client, release, clock):
    early = make_link(release, expires_at=NOW + timedelta(hours=1))
    revoked = make_link(release, revoked_at=NOW)
    live = path_of(make_link(release))
    files = [
        file.replace(live, path_of(early))
        for file in files_in(client.get(path_of(early)).content.decode())
    ]
    assert files
    clock.move_to(NOW + timedelta(hours=2))
    paths = [path_of(early), path_of(revoked), f"{live[:-2]}x/", "/embargo/x:y:z/", *files]
    answers = [client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {
        answer.content.replace(path.encode(), b"").replace(b"/en" + path.encode(), b"")
        for answer, path in zip(answers, paths, strict=True)
    }
    assert len({len(body) // 200 for body in bodies}) == 1


def test_a_link_shows_the_version_that_is_scheduled_and_not_a_later_draft(client, release, link):
    page = PressReleasePage.objects.get()
    page.title, page.go_live_at = "Ett utkast", None
    page.save_revision()
    assert "<h1>Zebra</h1>" in client.get(path_of(link)).content.decode()


def test_the_page_s_language_is_the_link_s(client, release, english_press_room, locales):
    english = translate(release, locales["en"], title="Giraffe", slug="giraffe")
    schedule(english, MOMENT)
    path = path_of(make_link(english))
    assert path.startswith("/en/embargo/")
    html = client.get(path).content.decode()
    assert "Saturday 8 May 2027 at 06:00 (Swedish time, UTC+2)" in html
    assert client.get(path.removeprefix("/en")).status_code == 404


def test_a_debate_article_is_previewed_as_well(client, press_room):
    page = add(press_room, DebateArticlePage, publish=False, title="Zebra", newspaper="Bladet")
    assert "<h1>Zebra</h1>" in client.get(path_of(make_link(page))).content.decode()


# --- The staff's side ---


@pytest.fixture
def staff(home):
    """A browser for each role, by the group's name."""
    from home.access import set_up_groups

    set_up_groups()

    def browser(group):
        user = User.objects.create_user(group, password="x")
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return browser


def test_a_moderator_makes_and_revokes_a_link(client, staff, release):
    moderator = staff("Moderatorer")
    url = reverse("press_embargo_links", args=[release.pk])
    edit = moderator.get(reverse("wagtailadmin_pages:edit", args=[release.pk]))
    assert url in edit.content.decode()
    form = moderator.get(url).context["form"]
    assert form.initial["expires_at"] == MOMENT
    moderator.post(url, {"recipient": "Bladet", "expires_at": "2027-05-08 06:00"})
    (link,) = EmbargoLink.objects.all()
    assert (link.recipient, link.expires_at) == ("Bladet", MOMENT)
    assert link.created_by.username == "Moderatorer"
    (address,) = re.findall(
        r'value="http://localhost:8000([^"]+)"', moderator.get(url).content.decode()
    )
    assert client.get(address).status_code == 200
    revoke = reverse("press_embargo_link_revoke", args=[link.pk])
    assert moderator.get(revoke).status_code == 405
    moderator.post(revoke)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("moment", ["2027-05-07 10:00", "2027-07-01 10:00"])
def test_a_link_works_for_thirty_days_at_most_and_not_in_the_past(staff, release, moment):
    url = reverse("press_embargo_links", args=[release.pk])
    response = staff("Moderatorer").post(url, {"recipient": "Bladet", "expires_at": moment})
    assert "expires_at" in response.context["form"].errors
    assert not EmbargoLink.objects.exists()


def test_those_who_may_not_publish_the_page_make_no_links(staff, release, link):
    url = reverse("press_embargo_links", args=[release.pk])
    for group in ("Redaktörer", "Listansvariga"):
        browser = staff(group)
        assert browser.get(url).status_code != 200
        assert browser.post(url, {"recipient": "B"}).status_code != 200
        browser.post(reverse("press_embargo_link_revoke", args=[link.pk]))
    assert EmbargoLink.objects.open().count() == 1


def test_a_public_page_needs_no_link(staff, release, clock):
    clock.move_to(MOMENT + timedelta(minutes=1))
    call_command("publish_scheduled")
    url = reverse("press_embargo_links", args=[release.pk])
    moderator = staff("Moderatorer")
    assert moderator.get(url).context["form"] is None
    moderator.post(url, {"recipient": "Bladet", "expires_at": "2027-05-09 06:00"})
    assert not EmbargoLink.objects.exists()
