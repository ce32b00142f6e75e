"""Press news by mail: asked for, confirmed by the address's owner, changed, ended by a click."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from campaigns.enums import PressKind
from campaigns.models import PressDelivery, PressSubscription
from campaigns.press.delivery import outstanding
from campaigns.press.items import as_items, press_items
from campaigns.press.subscriptions import (
    MANAGING,
    QUESTIONS,
    ask,
    end,
    manage_link,
    unsubscribe_link,
)
from core.signed_links import make_token
from tests.campaigns.factories import PressReleasePageFactory

ADDRESS = "red@tidningen.example"
ASKED = {"email": ADDRESS, "kind": "release", "county_code": "21"}


@pytest.fixture(autouse=True)
def _site(english_home, django_capture_on_commit_callbacks):
    """A site in both languages."""


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Post to an address, and let what waits for the commit happen."""

    def post(url, data=None, **extra):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data or {}, **extra)

    return post


@pytest.fixture
def make_subscription(db):
    def make(email=ADDRESS, confirmed=True, **fields):
        confirmed_at = timezone.now() - timedelta(days=1) if confirmed else None
        return PressSubscription.objects.create(email=email, confirmed_at=confirmed_at, **fields)

    return make


def path_in(text, part):
    """The path of the link in a mail that holds ``part``."""
    return re.search(rf"http://[^/\s]+(/\S*{part}\S*)", text).group(1)


def test_the_form_opens_with_what_was_chosen_in_the_press_room(client):
    html = client.get("/folj-press/?kind=debate&county=21").content.decode()
    assert '<option value="debate" selected>' in html
    assert '<option value="21" selected>' in html
    assert "radera" in html.lower()


def test_nothing_is_sent_but_a_question_until_the_owner_has_confirmed(client, send):
    response = send("/folj-press/", ASKED)
    assert response.status_code == 302
    assert "mejl" in client.get(response.url).content.decode()
    subscription = PressSubscription.objects.get()
    assert subscription.confirmed_at is None
    assert (subscription.kind, subscription.county_code, subscription.language) == (
        "release",
        "21",
        "sv",
    )
    (question,) = mail.outbox
    assert question.to == [ADDRESS]
    confirm = path_in(question.body, "bekrafta")
    # A mail scanner follows links: that confirms nothing.
    page = client.get(confirm)
    assert page.status_code == 200
    assert "Gävleborgs län" in page.content.decode()
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None
    done = client.post(confirm, follow=True)
    assert done.status_code == 200
    assert ADDRESS in done.content.decode()
    subscription.refresh_from_db()
    assert subscription.confirmed_at is not None


def test_in_english_all_of_it_is_in_english(client, send):
    response = send("/en/follow-press/", ASKED | {"email": "desk@paper.example"})
    assert response.url == "/en/follow-press/sent/"
    (question,) = mail.outbox
    assert "press news" in question.subject
    assert "Gävleborg County" in question.body
    assert client.get(path_in(question.body, "confirm")).status_code == 200


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(send, make_subscription):
    make_subscription(kind="release", county_code="21")
    known = send("/folj-press/", ASKED)
    unknown = send("/folj-press/", ASKED | {"email": "ny@tidningen.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert known.content == unknown.content
    assert PressSubscription.objects.count() == 2
    to_known, to_unknown = mail.outbox
    assert "bekrafta" not in to_known.body
    assert path_in(to_known.body, "avsluta")
    assert "bekrafta" in to_unknown.body


def test_an_address_is_the_same_however_it_is_written(send):
    send("/folj-press/", ASKED)
    send("/folj-press/", ASKED | {"email": "RED@Tidningen.Example"})
    assert PressSubscription.objects.count() == 1


def test_nobody_s_mailbox_can_be_filled(send):
    number = int(QUESTIONS.split("/")[0])
    for _ in range(number + 3):
        assert send("/folj-press/", ASKED).status_code == 302
    assert len(mail.outbox) == number


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(send):
    response = send("/folj-press/", ASKED | {"email": "ingen adress"})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="ingen adress"' in html
    assert '<option value="21" selected>' in html
    assert "error-summary" in html
    assert not PressSubscription.objects.exists()


def test_the_link_to_confirm_with_ends_after_a_week(client, send):
    send("/folj-press/", ASKED)
    confirm = path_in(mail.outbox[0].body, "bekrafta")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert client.get(confirm).status_code == 404
        assert client.post(confirm).status_code == 404
    assert PressSubscription.objects.get().confirmed_at is None


@pytest.mark.parametrize("part", ["bekrafta", "andra", "avsluta"])
@pytest.mark.parametrize("token", ["x", "a:b:c", "00000000-0000-0000-0000-000000000000:1:x"])
def test_a_forged_link_leads_nowhere(client, part, token):
    assert client.get(f"/folj-press/{part}/{token}/").status_code == 404
    assert client.post(f"/folj-press/{part}/{token}/").status_code == 404


def test_a_link_for_one_purpose_does_not_serve_another(client, make_subscription):
    subscription = make_subscription(confirmed=False)
    token = make_token(MANAGING, subscription.uid)
    assert client.post(f"/folj-press/bekrafta/{token}/").status_code == 404
    assert client.get(f"/folj-press/andra/{token}/").status_code == 404


@pytest.mark.parametrize("link", [manage_link, unsubscribe_link])
def test_private_pages_are_kept_by_nobody(client, make_subscription, link):
    response = client.get(path_in(link(make_subscription()), "folj-press"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]
    assert 'name="robots" content="noindex"' in response.content.decode()


def test_the_choice_can_be_changed(client, make_subscription):
    subscription = make_subscription(kind="release")
    before = subscription.confirmed_at
    url = path_in(manage_link(subscription), "folj-press")
    assert '<option value="release" selected>' in client.get(url).content.decode()
    response = client.post(url, {"kind": "", "county_code": "03"}, follow=True)
    assert "Din ändring är sparad" in response.content.decode()
    subscription.refresh_from_db()
    assert (subscription.kind, subscription.county_code) == ("", "03")
    assert subscription.confirmed_at > before


def test_a_change_to_what_one_has_already_says_so(client, make_subscription):
    make_subscription(kind="debate")
    subscription = make_subscription(kind="release")
    url = path_in(manage_link(subscription), "folj-press")
    response = client.post(url, {"kind": "debate", "county_code": ""})
    assert response.status_code == 422
    subscription.refresh_from_db()
    assert subscription.kind == "release"


def test_one_click_in_a_mail_program_ends_it_without_cookie_form_or_redirect(make_subscription):
    """RFC 8058 § 3.2: a POST of ``List-Unsubscribe=One-Click``, and nothing else."""
    subscription = make_subscription()
    other = make_subscription(email="annan@tidningen.example")
    url = path_in(unsubscribe_link(subscription), "avsluta")
    program = Client(enforce_csrf_checks=True)
    assert program.get(url).status_code == 200
    assert PressSubscription.objects.count() == 2
    response = program.post(url, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert list(PressSubscription.objects.all()) == [other]
    # A mail program may post again; the reader may open the link again.
    assert program.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "avslutad" in program.get(url).content.decode()


def test_who_ends_one_of_two_subscriptions_is_not_sent_old_news_by_the_other(
    press_room, make_subscription
):
    page = PressReleasePageFactory(parent=press_room, first_published_at=timezone.now())
    first, second = make_subscription(), make_subscription(kind=PressKind.RELEASE)
    (item,) = as_items(press_items().filter(pk=page.pk))
    assert set(outstanding(item)) == {first, second}
    PressDelivery.objects.create(subscription=first, page=page)
    assert not outstanding(item)
    end(first)
    assert not outstanding(item)


def test_no_address_stands_in_a_link(make_subscription):
    assert "tidningen" not in manage_link(make_subscription()) + unsubscribe_link(
        PressSubscription.objects.get()
    )


def test_staff_see_numbers_and_no_address(client, make_subscription, superuser):
    make_subscription(kind="release", county_code="21")
    make_subscription(email="annan@tidningen.example", kind="release", county_code="21")
    make_subscription(email="tredje@tidningen.example", confirmed=False)
    client.force_login(superuser)
    html = client.get("/admin/press_subscriptions/").content.decode()
    row = re.search(r"<tr>\s*<td>Pressmeddelande.*?</tr>", html, re.DOTALL).group()
    assert "Gävleborgs län" in row
    assert "<td>2</td>" in row
    assert "tidningen" not in html


def test_a_moderator_deletes_an_address_on_request(client, make_subscription, superuser):
    make_subscription()
    make_subscription(kind="release")
    other = make_subscription(email="annan@tidningen.example")
    client.force_login(superuser)
    url = "/admin/press_subscriptions/"
    response = client.post(url, {"email": "Red@tidningen.example"}, follow=True)
    assert "2" in response.content.decode()
    assert list(PressSubscription.objects.all()) == [other]


def test_an_editor_who_may_not_delete_is_not_offered_it(client, make_subscription):
    from django.contrib.auth.models import Permission

    make_subscription()
    editor = User.objects.create_user("editor", password="password")
    editor.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_presssubscription"])
    )
    client.force_login(editor)
    url = "/admin/press_subscriptions/"
    assert 'name="email"' not in client.get(url).content.decode()
    client.post(url, {"email": ADDRESS})
    assert PressSubscription.objects.count() == 1
    editor.user_permissions.remove(Permission.objects.get(codename="view_presssubscription"))
    assert client.get(url).status_code == 302


def test_two_who_ask_at_the_same_time_make_one_subscription(make_subscription):
    for _ in range(2):
        ask(ADDRESS, kind="", county_code="", language="sv")
    assert PressSubscription.objects.count() == 1
