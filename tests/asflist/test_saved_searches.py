"""Watching a search: confirmed by mail, told once of what is new, and ended with one click."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from asflist.models import SavedSearch
from asflist.saved_searches.delivery import KEY, MOST_LISTED, send_due
from asflist.saved_searches.subscriptions import (
    CONFIRMING,
    MANAGING,
    forget_saved_searches,
    manage_link,
)
from asflist.states import pause, resume
from core.models import OutgoingMail
from core.models.outgoing_mail import GIVE_UP
from core.signed_links import make_token
from tests.asflist.enquiry_steps import new_mails, path_of
from tests.asflist.factories import make_enterprise, make_list_page

READER = "lasare@x.example"


@pytest.fixture(autouse=True)
def list_page(home):
    """The list, so that entries have addresses."""
    return make_list_page(home)


def ask(client, query="county=21", prefix="", **kw):
    """Send the form for a search."""
    path = "/en/follow-the-list/" if prefix else "/bevaka-listan/"
    data = {"email": READER, "frequency": "weekly"} | kw
    return client.post(f"{path}?{query}", data)


def watch(client, query="county=21", **kw):
    """Ask for a search and confirm it; return it as it is then."""
    ask(client, query, **kw)
    search = SavedSearch.objects.latest("pk")
    client.post(f"/bevaka-listan/bekrafta/{make_token(CONFIRMING, search.uid)}/")
    search.refresh_from_db()
    return search


def main_of(response):
    """Return the page's main part without the form's token."""
    main = response.text.split("<main")[1].split("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


def let_pass(days):
    """Let every search have been looked at so many days ago."""
    SavedSearch.objects.update(checked_at=timezone.now() - timedelta(days=days))


def test_nothing_is_told_before_the_address_is_confirmed(client):
    with new_mails() as mails:
        assert ask(client).status_code == 200
    (question,) = mails
    assert question.to == READER
    assert "Gävleborgs län" in question.body
    search = SavedSearch.objects.get()
    token = make_token(CONFIRMING, search.uid)
    assert client.get(f"/bevaka-listan/bekrafta/{token}/").status_code == 200
    make_enterprise()
    with new_mails() as mails:
        send_due(timezone.now() + timedelta(days=30))
    assert not mails
    client.post(f"/bevaka-listan/bekrafta/{token}/")
    search.refresh_from_db()
    assert search.confirmed_at


def test_only_what_is_new_to_the_search_is_told_and_once(client):
    make_enterprise(name="Gammal")
    watch(client)
    make_enterprise(name="Ny i Gävle")
    make_enterprise(name="Ny i Stockholm", municipality="0180")
    with new_mails() as mails:
        call_command("send_saved_searches")
    assert not mails, "a week has not gone"
    let_pass(7)
    with new_mails() as mails:
        call_command("send_saved_searches")
        call_command("send_saved_searches")
    OutgoingMail.objects.update(sent_at=timezone.now())
    let_pass(7)
    with new_mails() as later:
        call_command("send_saved_searches")
    assert not later
    (told,) = mails
    assert "Ny i Gävle" in told.body
    assert "Gammal" not in told.body
    assert "Stockholm" not in told.body
    assert "/asf-listan/ny-i-gavle/" in told.body
    assert "/asf-listan/?county=21" in told.body


def test_daily_comes_the_next_day(client):
    watch(client, frequency="daily")
    make_enterprise(name="Ny")
    let_pass(1)
    with new_mails() as mails:
        send_due()
    assert len(mails) == 1


def test_an_entry_that_changes_so_that_it_fits_is_new(client):
    moved = make_enterprise(name="Flyttad", municipality="0180")
    watch(client)
    moved.municipality = "2180"
    moved.save()
    let_pass(7)
    with new_mails() as mails:
        send_due()
    assert "Flyttad" in mails[0].body


def test_what_has_left_the_list_is_not_told_and_what_comes_back_is_not_told_twice(client):
    watch(client)
    hidden, shown = make_enterprise(name="Pausad"), make_enterprise(name="Synlig")
    pause(hidden)
    let_pass(7)
    with new_mails() as mails:
        send_due()
    assert "Pausad" not in mails[0].body
    OutgoingMail.objects.update(sent_at=timezone.now())
    pause(shown)
    resume(shown)
    resume(hidden)
    let_pass(7)
    with new_mails() as mails:
        send_due()
    (told,) = mails
    assert "Pausad" in told.body
    assert "Synlig" not in told.body


def test_a_mail_that_waits_is_taken_back_when_an_entry_leaves(client):
    watch(client)
    stays, leaves = make_enterprise(name="Stannar"), make_enterprise(name="Lämnar")
    let_pass(7)
    send_due()
    assert "Lämnar" in OutgoingMail.objects.latest("pk").body
    pause(leaves)
    assert not OutgoingMail.objects.filter(key__startswith="saved-search:").exists()
    with new_mails() as mails:
        send_due()
    (told,) = mails
    assert "Lämnar" not in told.body
    assert stays.name in told.body


def test_while_a_mail_waits_no_other_is_written_and_nothing_is_lost(client):
    watch(client, frequency="daily")
    leaves = make_enterprise(name="Lämnar")
    let_pass(1)
    assert send_due() == 1
    make_enterprise(name="Nästa dag")
    let_pass(1)
    assert send_due() == 0, "the first can still be sent"
    pause(leaves)
    let_pass(1)
    with new_mails() as mails:
        send_due()
    waiting = OutgoingMail.objects.unsent().filter(key__startswith=KEY)
    assert [one.pk for one in waiting] == [one.pk for one in mails]
    assert "Nästa dag" in mails[0].body
    assert "Lämnar" not in mails[0].body
    OutgoingMail.objects.update(sent_at=timezone.now())
    make_enterprise(name="Tredje dagen")
    let_pass(1)
    with new_mails() as mails:
        send_due()
    assert "Tredje dagen" in mails[0].body
    assert "Nästa dag" not in mails[0].body


def test_what_no_mail_server_took_is_told_again(client):
    watch(client, frequency="daily")
    make_enterprise(name="Aldrig framme")
    let_pass(1)
    send_due()
    OutgoingMail.objects.update(made_at=timezone.now() - GIVE_UP)
    let_pass(1)
    with new_mails() as mails:
        send_due()
    (told,) = mails
    assert "Aldrig framme" in told.body


def test_a_long_list_is_cut_and_leads_to_the_rest(client):
    watch(client)
    for number in range(MOST_LISTED + 2):
        make_enterprise(name=f"Nytt {number:02}")
    let_pass(7)
    with new_mails() as mails:
        send_due()
    assert str(MOST_LISTED + 2) in mails[0].subject
    assert mails[0].body.count("/asf-listan/nytt-") == MOST_LISTED


def test_the_mail_ends_it_with_one_click_without_a_token_of_djangos(client):
    search = watch(client)
    make_enterprise()
    let_pass(7)
    with new_mails() as mails:
        send_due()
    headers = mails[0].headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = path_of(headers["List-Unsubscribe"].strip("<>"))
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert SavedSearch.objects.filter(pk=search.pk).exists(), "a scanner follows links"
    for _ in range(2):
        response = strict.post(path, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert not SavedSearch.objects.exists()


def test_how_often_is_changed_by_the_link(client):
    search = watch(client)
    path = path_of(manage_link(search))
    assert READER in client.get(path).text
    client.post(path, {"frequency": "daily"})
    search.refresh_from_db()
    assert search.frequency == "daily"
    assert client.post(path, {"frequency": "hourly"}).status_code == 422


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client):
    first = ask(client)
    again = ask(client)
    assert main_of(first) == main_of(again)
    assert SavedSearch.objects.count() == 1
    watch(client)
    with new_mails() as mails:
        ask(client, email=READER.upper())
    assert "bekrafta" not in mails[0].body
    assert SavedSearch.objects.count() == 1


def test_a_mistyped_address_is_shown_and_can_be_changed(client):
    sent = ask(client, "county=21", email="fel@x.exmaple", frequency="daily")
    assert "fel@x.exmaple" in main_of(sent)
    assert "no-store" in sent["Cache-Control"]
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', main_of(sent))
    typed = dict(re.findall(r'name="(email|frequency)" value="([^"]*)"', main_of(sent)))
    with new_mails() as mails:
        back = client.post(html.unescape(action), typed | {"change": "1"})
    assert not mails
    assert back.status_code == 200
    assert back.context["form"]["email"].value() == "fel@x.exmaple"
    assert back.context["form"]["frequency"].value() == "daily"
    assert "Gävleborgs län" in back.text
    assert 'aria-invalid="true"' not in back.text


def test_nobody_is_asked_more_than_five_times_a_day(client):
    with new_mails() as mails:
        for number in range(7):
            assert ask(client, f"q=lunch{number}").status_code == 200
    assert len(mails) == 5


@pytest.mark.parametrize("text", ["https://ond.example", "vinn på spel.se", "a@b.se"])
def test_nobody_can_have_us_mail_links_to_strangers(client, text):
    with new_mails() as mails:
        response = client.post(
            f"/bevaka-listan/?q={text}", {"email": READER, "frequency": "weekly"}
        )
    assert response.status_code == 422
    assert READER in response.text
    assert not mails


def test_forged_and_old_links_are_404(client, monkeypatch):
    search = watch(client)
    for route in ("bekrafta", "andra", "avsluta"):
        for token in ("x", str(search.uid), make_token("other", search.uid)):
            assert client.post(f"/bevaka-listan/{route}/{token}/").status_code == 404
    crossed = make_token(MANAGING, search.uid)
    assert client.post(f"/bevaka-listan/bekrafta/{crossed}/").status_code == 404
    monkeypatch.setattr("asflist.saved_searches.subscriptions.DAYS_TO_CONFIRM", 0)
    old = make_token(CONFIRMING, search.uid)
    assert client.get(f"/bevaka-listan/bekrafta/{old}/").status_code == 404


def test_a_search_in_english_is_told_of_in_english(client, english_home, locales):
    make_list_page(english_home)
    ask(client, "county=21", prefix="en")
    search = SavedSearch.objects.get()
    client.post(f"/en/follow-the-list/confirm/{make_token(CONFIRMING, search.uid)}/")
    source = make_enterprise(name="Bageriet")
    make_enterprise(
        name="The Bakery",
        locale=locales["en"],
        translation_key=source.translation_key,
        organisation_number=source.organisation_number,
    )
    make_enterprise(name="Utan engelska")
    let_pass(7)
    with new_mails() as mails:
        send_due()
    (told,) = mails
    assert "New on the ASF list" in told.subject
    assert "The Bakery" in told.body
    assert "Bageriet" not in told.body
    assert "Utan engelska" in told.body
    assert "/en/asf-list/?county=21" in told.body


def test_markup_in_a_search_stays_text(client):
    page = client.get("/bevaka-listan/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert client.get("/bevaka-listan/?county=99&q=%00&industry=x").status_code == 200


def test_what_nobody_confirmed_is_deleted_within_a_month(client):
    ask(client)
    assert forget_saved_searches(timezone.now() + timedelta(days=29)) == 0
    assert forget_saved_searches(timezone.now() + timedelta(days=31)) == 1
    assert not SavedSearch.objects.exists()
