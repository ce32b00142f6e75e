"""A story is public as long as the person has said yes, in every channel and language."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.consent import warn_of_expiring_consents
from core.dates import end_of_swedish_day, swedish_today
from core.models.consent import unpublished_at
from home.access import set_up_groups
from home.models import SectionPage, StandardPage, ThemePage
from library.models import ImpactStoryPage
from search.indexing import rebuild
from tests.asflist.factories import make_enterprise, make_list_page
from tests.library.factories import add, document, library, stream, theme

LEFT = 5  # days of consent that are left
MARK = "zebra"  # in every word and file of the story, and nowhere else


@pytest.fixture
def last_day():
    """The last day of consent."""
    return swedish_today() + timedelta(days=LEFT)


def the_day_after(day):
    """Travel to the first minute after consent that ended with ``day``."""
    return time_machine.travel(end_of_swedish_day(day), tick=False)


@pytest.fixture
def addresses(home, english_home, locales, make_image, last_day):
    """Channel → the addresses that show the story in Swedish and in English, and its files."""
    area = theme("omrade", locales["sv"], "Området")
    make_list_page(home)
    make_list_page(english_home)
    enterprise = make_enterprise(name="Caféet", slug="cafeet")
    section = add(home, SectionPage, title="Avdelning", slug="avdelning")
    add(section, ThemePage, title="Området", slug="omrade", theme=area)
    index = library(home)
    picture = make_image(title=MARK)
    with picture.file.open() as file:
        picture.file.save(f"{MARK}.png", file)
    file = document(f"{MARK} bilaga", f"{MARK}.pdf")
    body = stream(
        ("text", f"<p>En {MARK}.</p>"),
        ("downloads", {"title": "Bilaga", "documents": [file.pk]}),
    )
    story = add(
        index,
        ImpactStoryPage,
        title=f"Berättelsen om en {MARK}",
        slug="story",
        introduction=f"En {MARK}.",
        listing_image=picture,
        themes=[area],
        county="21",
        enterprise=enterprise,
        body=body,
        consent_expires_on=last_day,
    )
    add(index, ImpactStoryPage, title="Grannen", slug="grannen", county="21", themes=[area])
    cards = ("cards", {"title": "Läs", "pages": [story.pk]})
    link = ("text", f'<p><a linktype="page" id="{story.pk}">länk</a></p>')
    call = {"title": "Gör", "text": "", "label": "Läs", "page": story.pk, "url": ""}
    add(home, StandardPage, slug="kort", title="Kort", body=stream(cards))
    add(
        home,
        StandardPage,
        slug="lankar",
        title="Länkar",
        body=stream(link, ("call_to_action", call)),
    )
    for page in (section, section.get_children().get(), index, *index.get_children(), *standing()):
        page = page.specific
        page.refresh_from_db()
        english = page.copy_for_translation(locales["en"], copy_parents=True)
        english.slug = page.slug
        english.save_revision().publish()
    rebuild()
    files = [picture.file.url, *(made.url for made in picture.renditions.all()), file.url]
    return {
        "the page": ["/kunskapsbank/story/"],
        "the home page": ["/"],
        "the library": ["/kunskapsbank/", "/kunskapsbank/?kind=story&theme=omrade"],
        "a development area": ["/avdelning/omrade/"],
        "a section": ["/avdelning/"],
        "cards": ["/kort/"],
        "the enterprise": ["/asf-listan/cafeet/"],
        "another story": ["/kunskapsbank/grannen/"],
        "search": [f"/sok/?q={MARK}"],
        "the sitemap": ["/sitemap.xml", "/sitemap-pages.xml"],
        "links": ["/lankar/"],
        "files": files,
    }


def standing():
    return Page.objects.filter(slug__in=("kort", "lankar"))


def in_english(url):
    """The address in English: files and the sitemap have but one."""
    if url.startswith(("/media/", "/documents/", "/sitemap")):
        return url
    return "/en" + url.replace("/sok/", "/search/").replace("/asf-listan/", "/asf-list/")


CHANNELS = [
    "the page",
    "the home page",
    "the library",
    "a development area",
    "cards",
    "the enterprise",
    "another story",
    "search",
    "the sitemap",
    "links",
    "files",
]


def shows(client, url):
    """Whether what a visitor is sent names the story or leads to it."""
    response = client.get(url, follow=True)
    content = b"".join(response) if response.streaming else response.content
    if url.startswith(("/media/", "/documents/")):
        return response.status_code == 200
    if response.status_code == 404:  # Its language switch repeats the address that was asked for.
        return f"en {MARK}" in content.decode().lower()
    text = content.decode().lower().replace(f"q={MARK}", "").replace(f'value="{MARK}"', "")
    return any(word in text for word in (f"en {MARK}", f"{MARK}.", "/kunskapsbank/story/"))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_day_after_no_channel_tells_of_the_story(
    client, addresses, last_day, channel, language
):
    urls = addresses[channel]
    if language == "en":
        urls = [in_english(url) for url in urls]
    with time_machine.travel(end_of_swedish_day(last_day) - timedelta(seconds=1), tick=False):
        assert any(shows(client, url) for url in urls)
    # No command has run: it is the day alone that hides it.
    with the_day_after(last_day):
        assert ImpactStoryPage.objects.filter(slug="story", live=True).count() == 2
        assert not [url for url in urls if shows(client, url)]
        assert not [
            url for url in addresses["the page"] if client.get(in_english(url)).status_code != 404
        ]


def test_the_last_day_is_swedish_and_whole(client, addresses, last_day):
    zone = timezone.get_default_timezone()
    for hour in (time(0, 0), time(23, 59, 59)):
        with time_machine.travel(datetime.combine(last_day, hour, zone), tick=False):
            assert client.get("/kunskapsbank/story/").status_code == 200


def test_staff_see_it_expired_and_the_command_unpublishes_both(addresses, last_day):
    pages = ImpactStoryPage.objects.filter(slug="story")
    assert {page.expire_at for page in pages} == {end_of_swedish_day(last_day)}
    with the_day_after(last_day + timedelta(days=1)):
        call_command("publish_scheduled")
        assert {(page.live, page.expired) for page in pages.all()} == {(False, True)}


def test_the_translation_follows_the_source_at_once(client, addresses, last_day):
    source = ImpactStoryPage.objects.get(slug="story", locale__language_code="sv")
    source.consent_expires_on = last_day - timedelta(days=2)
    source.save_revision().publish()
    with the_day_after(last_day - timedelta(days=2)):
        assert client.get("/kunskapsbank/story/").status_code == 404
        assert client.get("/en/kunskapsbank/story/").status_code == 404


def test_a_translation_cannot_have_a_consent_of_its_own(addresses, last_day):
    english = ImpactStoryPage.objects.get(slug="story", locale__language_code="en")
    english.consent_expires_on = None
    english.save_revision().publish()
    english.refresh_from_db()
    assert english.consent_expires_on == last_day


def test_an_earlier_draft_published_again_has_the_consent_of_today_s_source(
    addresses, last_day, locales
):
    source = ImpactStoryPage.objects.get(slug="story", locale=locales["sv"])
    english = source.get_translation(locales["en"])
    earlier = english.save_revision()
    source.consent_expires_on = last_day - timedelta(days=1)
    source.save_revision().publish()
    earlier.publish()
    english.refresh_from_db()
    assert english.consent_expires_on == last_day - timedelta(days=1)


def test_a_longer_consent_keeps_the_story_where_it_was(client, addresses, last_day):
    source = ImpactStoryPage.objects.get(slug="story", locale__language_code="sv")
    longer = last_day + timedelta(days=365)
    source.consent_expires_on = longer
    source.save_revision().publish()
    for page in ImpactStoryPage.objects.filter(slug="story"):
        assert page.expire_at == end_of_swedish_day(longer)
    with the_day_after(last_day):
        call_command("publish_scheduled")
        assert client.get("/kunskapsbank/story/").status_code == 200
        assert client.get("/en/kunskapsbank/story/").status_code == 200


def test_an_end_that_an_editor_has_set_stays():
    day = swedish_today()
    own = end_of_swedish_day(day)
    later = day + timedelta(days=9)
    assert unpublished_at(own, None, later) == own
    assert unpublished_at(own, later, None) == own
    assert unpublished_at(end_of_swedish_day(later), later, None) is None
    assert unpublished_at(end_of_swedish_day(later), later, day) == own
    assert unpublished_at(None, None, None) is None


def test_a_story_whose_consent_has_ended_is_not_published(home):
    yesterday = swedish_today() - timedelta(days=1)
    story = add(
        library(home), ImpactStoryPage, slug="story", publish=False, consent_expires_on=yesterday
    )
    assert "consent_expires_on" in story.lacking()
    with pytest.raises(ValidationError):
        story.save_revision().publish()
    story.refresh_from_db()
    assert not story.live
    story.consent_expires_on = swedish_today()
    story.save_revision().publish()
    assert story.lacking() == {}


def test_the_form_says_beside_the_field_that_consent_has_ended(home, admin_client_sv):
    yesterday = swedish_today() - timedelta(days=1)
    story = add(
        library(home), ImpactStoryPage, slug="story", publish=False, consent_expires_on=yesterday
    )
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    data = {
        "title": story.title,
        "slug": "story",
        "introduction": "",
        "consent_expires_on": yesterday.isoformat(),
        "figures-count": "0",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = admin_client_sv.post(url, {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors["consent_expires_on"]
    story.refresh_from_db()
    assert not story.live
    assert admin_client_sv.post(url, data).status_code == 302


@pytest.fixture
def moderator(home, django_user_model):
    """Somebody who publishes pages and looks after pictures."""
    set_up_groups()
    user = django_user_model.objects.create_user("m", "m@example.com", "password")
    user.groups.add(Group.objects.get(name="Moderatorer"))
    return user


def test_staff_are_warned_of_the_source_and_once(moderator, addresses, mailoutbox):
    assert warn_of_expiring_consents() == 1
    assert warn_of_expiring_consents() == 0
    [mail] = mailoutbox
    source = ImpactStoryPage.objects.get(slug="story", locale__language_code="sv")
    assert source.title in mail.body
    assert source.consent_in_words in mail.body
    assert reverse("wagtailadmin_pages:edit", args=[source.pk]) in mail.body
    assert mail.body.count(source.title) == 1


def test_nobody_is_warned_of_a_draft(moderator, home, last_day, mailoutbox):
    add(library(home), ImpactStoryPage, publish=False, consent_expires_on=last_day)
    assert warn_of_expiring_consents() == 0


def test_the_report_and_the_panel_name_the_story_also_when_it_has_ended(
    client, moderator, addresses, last_day
):
    pages = ImpactStoryPage.objects.filter(slug="story").order_by("-locale__language_code")
    for days in (0, 3):
        with (
            the_day_after(last_day + timedelta(days=days))
            if days
            else time_machine.travel(timezone.now(), tick=False)
        ):
            call_command("publish_scheduled")
            client.force_login(moderator)
            for name in ("page_consent_report", "wagtailadmin_home"):
                html = client.get(reverse(name)).content.decode()
                edits = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
                assert [edit in html for edit in edits] == [True, False], name


def test_who_may_change_no_pages_is_told_nothing(client, addresses, django_user_model):
    set_up_groups()
    user = django_user_model.objects.create_user("l", "l@example.com", "password")
    user.groups.add(Group.objects.get(name="Listansvariga"))
    client.force_login(user)
    assert client.get(reverse("page_consent_report")).status_code in (302, 403)
    assert MARK not in client.get(reverse("wagtailadmin_home")).content.decode()
