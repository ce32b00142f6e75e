"""The life of an enquiry: chosen, written, confirmed, answered, reminded of, told the end of."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from asflist.enquiries.actions import EnquiryRefusedError, stop, write_anew
from asflist.enquiries.links import confirm_link
from asflist.enquiries.shortlist import COOKIE, MOST
from asflist.enums import AnswerState, EnquiryOutcome, EnquiryState
from asflist.models import Enquiry, EnquiryReceiver, EnterpriseOwner
from asflist.owners.access import login_url
from asflist.owners.tasks import tasks_for
from asflist.states import pause
from tests.asflist.enquiry_steps import (
    BUYER,
    age,
    answer_path,
    buyer_path,
    choose,
    filled_in,
    new_mails,
    path_of,
    send,
    write,
)
from tests.asflist.factories import make_enterprise, make_list_page


@pytest.fixture
def list_page(home):
    """The list, so that entries have addresses."""
    return make_list_page(home)


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """A block after which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def add_owner(entry, email, **kw):
    """Return a confirmed owner of the entry."""
    return EnterpriseOwner.objects.create(
        enterprise=entry, email=email, confirmed_at=timezone.now(), **kw
    )


def link_in(message, word):
    """Return the path of the link with ``word`` in a mail."""
    (found,) = set(re.findall(rf"https?://[^/\s]+(/\S*{word}\S*)", message.body))
    return found


def test_an_enquiry_lives_from_the_shortlist_to_the_deal(client, list_page, commits):
    cafe = make_enterprise(name="Kafé Kugghjulet", email="hemlig@kafe.example")
    wash = make_enterprise(name="Tvätten", email="hemlig@tvatt.example")
    choose(client, cafe, wash)
    with commits():
        client.post("/forfragan/skriv/", filled_in())
    assert [message.to for message in mail.outbox] == [[BUYER]]
    assert "Lunch åt fyrtio" in mail.outbox[0].body

    path = link_in(mail.outbox[0], "bekrafta")
    assert client.get(path).status_code == 200
    assert Enquiry.objects.get().state == EnquiryState.UNCONFIRMED, "a scanner follows links"
    mail.outbox.clear()
    with commits():
        response = client.post(path)
    assert response["Location"].endswith("?sent=1")
    by_address = {message.to[0]: message for message in mail.outbox}
    assert set(by_address) == {"hemlig@kafe.example", "hemlig@tvatt.example", BUYER}
    buyers_page = link_in(by_address[BUYER], "/min/")
    in_english = f"/en{buyers_page.replace('/forfragan/min', '/enquiry/mine')}"
    assert "Has not read" in client.get(in_english).text

    answers = link_in(by_address["hemlig@kafe.example"], "svara")
    page = client.get(answers)
    assert "Lunch åt fyrtio" in page.text
    assert "Exempelkommun" in page.text
    assert "Has read it" in client.get(in_english).text
    mail.outbox.clear()
    with commits():
        client.post(answers, {"state": "can", "answer": "Det kan vi. Ring 026-1."})
    (told,) = mail.outbox
    assert told.to == [BUYER]
    assert "Kafé Kugghjulet" in told.subject
    assert "hemlig@kafe.example" not in str(told.message())

    client.post(link_in(by_address["hemlig@tvatt.example"], "svara"), {"state": "cannot"})
    assert "Det kan vi. Ring 026-1." in client.get(buyers_page).text
    assert EnquiryReceiver.objects.get(enterprise=wash).state == AnswerState.DECLINED

    deal = EnquiryReceiver.objects.get(enterprise=cafe)
    data = {"outcome": "deal", f"deal_{deal.pk}": "on", f"sum_{deal.pk}": "48000"}
    client.post(f"{buyers_page}utfall/", data)
    deal.refresh_from_db()
    assert (deal.is_deal, deal.deal_sum) == (True, 48000)
    assert Enquiry.objects.get().outcome == EnquiryOutcome.DEAL


def test_no_cookie_is_set_before_somebody_is_chosen(client, list_page):
    make_enterprise(name="Kafé")
    assert COOKIE not in client.get("/forfragan/").cookies
    assert not client.get(list_page.get_url()).cookies


def test_the_cookie_is_httponly_lax_and_signed(client, list_page):
    cafe = make_enterprise()
    choose(client, cafe)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.cookies[COOKIE] = f"{cafe.pk}"
    assert cafe.name not in client.get("/forfragan/").text
    client.cookies[COOKIE] = cookie.value.replace(str(cafe.pk), str(cafe.pk + 1), 1)
    assert cafe.name not in client.get("/forfragan/").text


def test_another_site_cannot_add_to_the_shortlist(client, list_page):
    path = f"/forfragan/lagg-till/{make_enterprise().slug}/"
    assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(path, headers={"origin": "https://ond.example"}).status_code == 403
    assert client.post(path).status_code == 403
    assert client.post(path, headers={"origin": "http://testserver"}).status_code == 302
    assert client.get(path).status_code == 302, "a page asked for adds nothing"


def test_the_shortlist_leads_back_to_the_same_search(client, list_page, monkeypatch):
    monkeypatch.setattr("asflist.listing.PER_PAGE", 1)
    for name in ("Kafé A", "Kafé B"):
        make_enterprise(name=name)
    address = "/asf-listan/?q=kaf%C3%A9&county=21&page=2"
    page = client.get(address).text
    (search,) = re.findall(r'name="search" value="([^"]*)"', page)
    add = re.search(r'action="(/forfragan/lagg-till/[^"]+)"', page)[1]
    here = {"sec-fetch-site": "same-origin"}
    chosen = client.post(add, {"search": unescape(search)}, headers=here, follow=True).text
    assert chosen.count(f'href="{escape(address)}"') == 2, "at the top, and below"
    (search,) = re.findall(r'name="search" value="([^"]*)"', chosen)
    off = re.search(r'action="(/forfragan/ta-bort/[^"]+)"', chosen)[1]
    assert f'href="{escape(address)}"' in (
        client.post(off, {"search": unescape(search)}, follow=True).text
    )


def test_the_eleventh_is_refused_with_a_word(client, list_page):
    choose(client, *(make_enterprise() for _ in range(MOST)))
    one_more = make_enterprise(name="Elva")
    response = client.post(
        f"/forfragan/lagg-till/{one_more.slug}/",
        headers={"sec-fetch-site": "same-origin"},
        follow=True,
    )
    assert "10" in response.text
    assert "Elva" not in response.text


def test_only_published_entries_with_a_receiver_can_be_chosen(client, list_page):
    silent = make_enterprise(name="Utan adress", email="")
    draft = make_enterprise(name="Utkast", live=False)
    choose(client, silent, draft)
    assert COOKIE not in client.cookies
    add_owner(silent, "agare@x.example")
    choose(client, silent)
    assert "Utan adress" in client.get("/forfragan/").text


def test_a_mistyped_address_is_shown_and_changed_and_nothing_typed_is_lost(
    client, list_page, commits
):
    cafe, wash = make_enterprise(name="Kafé"), make_enterprise(name="Tvätten")
    choose(client, cafe, wash)
    pdf = SimpleUploadedFile("behov.pdf", b"%PDF-1.4\n%%EOF")
    wrong = filled_in(email="fel@kommun.exmaple", attachments=[pdf])
    sent = client.post("/forfragan/skriv/", wrong)["Location"]
    page = client.get(sent)
    assert "fel@kommun.exmaple" in page.text
    assert "fel@" not in sent
    assert "no-store" in page["Cache-Control"]
    first = path_of(confirm_link(Enquiry.objects.get()))

    (change,) = re.findall(r'href="(/forfragan/andra/[^"#]+)', page.text)
    form = client.get(change).context["form"]
    assert form["email"].value() == "fel@kommun.exmaple"
    assert form["text"].value() == "Varje tisdag i ett halvår."
    assert [one.name for one in form.kept] == ["behov.pdf"]
    with commits():
        data = filled_in(email=BUYER, kept=form.kept_token)
        again = client.post(change, data)["Location"]
    assert BUYER in client.get(again).text
    assert [message.to for message in mail.outbox] == [[BUYER]], "the wrong one is not asked"

    enquiry = Enquiry.objects.get()
    assert {one.name for one in enquiry.receivers.all()} == {"Kafé", "Tvätten"}
    assert [one.name for one in enquiry.attachments.all()] == ["behov.pdf"]
    for old in (first, sent, change):
        assert client.get(old).status_code == 404, "whoever has the wrong address confirms nothing"
    with new_mails() as mails:
        client.post(path_of(confirm_link(enquiry)))
        client.post(path_of(confirm_link(enquiry)))
    assert sorted(one.to for one in mails) == sorted([cafe.email, wash.email, BUYER])


def test_what_has_been_confirmed_is_not_written_anew(client, list_page):
    choose(client, make_enterprise())
    sent = client.post("/forfragan/skriv/", filled_in())["Location"]
    change = sent.replace("skickat", "andra")
    assert client.get(change).status_code == 200
    client.post(path_of(confirm_link(Enquiry.objects.get())))
    assert client.post(change, filled_in())["Location"] == sent
    page = client.get(sent)
    assert "/min/" not in page.text, "the writer is not known to be who reads the mail"
    assert "/andra/" not in page.text
    with pytest.raises(EnquiryRefusedError):
        write_anew(Enquiry.objects.get(), {}, [], None)
    assert Enquiry.objects.count() == 1


def test_the_shortlist_is_kept_until_the_enquiry_is_confirmed(client, list_page):
    asked, later = make_enterprise(name="Tillfrågad"), make_enterprise(name="Senare")
    path = write(client, asked)
    assert "Tillfrågad" in client.get("/forfragan/").text
    choose(client, later)
    client.post(path)
    page = client.get("/forfragan/").text
    assert "Tillfrågad" not in page
    assert "Senare" in page
    path = write(client, later)
    client.post(path)
    assert not client.cookies[COOKIE].value
    client.cookies.clear()
    path = write(client, asked)
    client.cookies.clear()
    assert COOKIE not in client.post(path).cookies, "another browser chose nobody"


def test_an_entry_that_pauses_drops_out_with_a_notice(client, list_page):
    stays, goes = make_enterprise(name="Stannar"), make_enterprise(name="Pausar")
    choose(client, stays, goes)
    pause(goes)
    page = client.get("/en/enquiry/")
    assert "Pausar" not in page.text
    assert "can no longer be asked" in page.text
    assert "can no longer be asked" not in client.get("/en/enquiry/").text
    client.post(f"/forfragan/ta-bort/{stays.slug}/")
    assert "Stannar" not in client.get("/forfragan/").text


def test_an_entry_that_pauses_before_the_confirmation_gets_nothing(client, list_page):
    stays = make_enterprise(name="Stannar")
    goes = make_enterprise(name="Pausar", email="p@p.example")
    path = write(client, stays, goes)
    pause(goes)
    with new_mails() as mails:
        client.post(path)
    assert {one.to for one in mails} == {stays.email, BUYER}
    (told,) = [one for one in mails if one.to == BUYER]
    assert told.body.index("Stannar") < told.body.index("Pausar")
    assert EnquiryReceiver.objects.get(enterprise=goes).state == AnswerState.LEFT


def test_an_enquiry_to_nobody_is_not_sent_and_says_so(client, list_page):
    goes = make_enterprise()
    path = write(client, goes)
    pause(goes)
    response = client.post(path)
    assert response.status_code == 409
    assert Enquiry.objects.get().state == EnquiryState.UNCONFIRMED


def test_every_confirmed_owner_gets_the_enquiry_and_the_public_address_does_not(client, list_page):
    cafe = make_enterprise(email="alla@cafe.example")
    for name in ("anna", "bo"):
        add_owner(cafe, f"{name}@cafe.example", language="en")
    EnterpriseOwner.objects.create(enterprise=cafe, email="okand@cafe.example")
    path = write(client, cafe)
    with new_mails() as mails:
        client.post(path)
    assert {one.to for one in mails} == {"anna@cafe.example", "bo@cafe.example", BUYER}
    assert {one.subject for one in mails if one.language == "en"} == {"Enquiry: Lunch åt fyrtio"}


def test_reminders_go_after_three_and_seven_days_and_once_each(client, list_page):
    cafe = make_enterprise()
    enquiry = send(client, cafe)
    written = []
    for days in (1, 3, 3, 5, 7, 8, 20):
        age(enquiry, days)
        with new_mails() as mails:
            call_command("send_enquiry_reminders")
            call_command("send_enquiry_reminders")
        written.append([one.to for one in mails])
    assert written == [[], [cafe.email], [], [], [cafe.email], [], []]


def test_of_two_reminders_that_were_missed_one_is_sent(client, list_page):
    enquiry = send(client, make_enterprise())
    age(enquiry, 9)
    with new_mails() as mails:
        call_command("send_enquiry_reminders")
    assert len(mails) == 1


def test_nobody_is_reminded_who_has_answered_or_left_or_was_stopped(client, list_page):
    answered, left = make_enterprise(), make_enterprise()
    enquiry = send(client, answered, left)
    EnquiryReceiver.objects.filter(enterprise=answered).update(state=AnswerState.CANNOT)
    pause(left)
    stopped = send(client, make_enterprise())
    stop(stopped)
    age(enquiry, 3)
    age(stopped, 3)
    with new_mails() as mails:
        call_command("send_enquiry_reminders")
    assert not mails


def test_the_buyer_is_asked_what_came_of_it_and_reminded_once(client, list_page):
    enquiry = send(client, make_enterprise())
    EnquiryReceiver.objects.update(state=AnswerState.CAN)
    written = []
    for days in (20, 21, 22, 28, 29, 40):
        age(enquiry, days)
        with new_mails() as mails:
            call_command("send_enquiry_reminders")
        written.append([one.to for one in mails])
    assert written == [[], [BUYER], [], [BUYER], [], []]


def test_who_has_told_what_came_of_it_is_not_asked(client, list_page):
    enquiry = send(client, make_enterprise())
    client.post(f"{buyer_path()}utfall/", {"outcome": "none"})
    age(enquiry, 21)
    Enquiry.objects.update(state=EnquiryState.SENT)
    EnquiryReceiver.objects.update(state=AnswerState.CAN)
    with new_mails() as mails:
        call_command("send_enquiry_reminders")
    assert not mails


def test_the_owner_is_told_on_the_own_page(client, list_page):
    cafe = make_enterprise()
    owner = add_owner(cafe, "a@a.example")
    assert not [task for task in tasks_for(owner) if "forfragan" in task.url]
    send(client, cafe)
    (task,) = [task for task in tasks_for(owner) if "forfragan" in task.url]
    assert "1" in str(task.title)
    assert client.get(task.url).status_code == 302, "nobody is logged in"
    client.post(path_of(login_url(owner)))
    page = client.get(task.url)
    assert "Lunch åt fyrtio" in page.text
    assert client.get(answer_path(cafe)).status_code == 200


def test_a_no_needs_no_word_and_a_yes_does(client, list_page):
    cafe = make_enterprise()
    send(client, cafe)
    path = answer_path(cafe).replace("/forfragan/svara/", "/en/enquiry/answer/")
    refused = client.post(path, {"state": "can", "answer": " "})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["answer"]
    said = {
        ("cannot", ""): (AnswerState.DECLINED, "You have answered no"),
        ("cannot", "Fullt."): (AnswerState.CANNOT, "You have answered no"),
        ("can", "Ja."): (AnswerState.CAN, "You have answered that you can"),
    }
    for (state, answer), (kept, heading) in said.items():
        assert client.post(path, {"state": state, "answer": answer}).status_code == 302
        assert EnquiryReceiver.objects.get().state == kept
        page = client.get(path)
        assert heading in page.text
        assert page.context["form"]["state"].value() == state


def test_the_buyer_is_not_asked_what_came_of_it_before_anybody_has_answered(client, list_page):
    cafe = make_enterprise()
    send(client, cafe)
    assert "/utfall/" not in client.get(buyer_path()).text
    client.post(answer_path(cafe), {"state": "can", "answer": "Ja."})
    assert "/utfall/" in client.get(buyer_path()).text


def test_the_receivers_mails_say_which_organisation_asks(client, list_page):
    cafe = make_enterprise()
    with new_mails() as mails:
        enquiry = send(client, cafe, organisation="Exempelkommun & Co")
        age(enquiry, 3)
        call_command("send_enquiry_reminders")
    asked = [one.body for one in mails if one.to == cafe.email]
    assert len(asked) == 2
    assert all("Exempelkommun & Co" in body for body in asked)


def test_an_answer_can_be_changed_and_its_files_taken_away(client, list_page):
    cafe = make_enterprise()
    send(client, cafe)
    path = answer_path(cafe)
    pdf = SimpleUploadedFile("pris.pdf", b"%PDF-1.4\n%%EOF")
    client.post(path, {"state": "can", "answer": "Ja.", "attachments": pdf})
    (attachment,) = EnquiryReceiver.objects.get().attachments.all()
    form = client.get(path).context["form"]
    assert [one.name for one in form.kept] == ["pris.pdf"]
    data = {"state": "cannot", "answer": "Nej.", "kept": form.kept_token}
    client.post(path, data | {"remove": str(attachment.uid)})
    receiver = EnquiryReceiver.objects.get()
    assert (receiver.state, receiver.answer, receiver.answer_number) == ("cannot", "Nej.", 2)
    assert not receiver.attachments.exists()


def test_a_deal_must_be_with_somebody_and_nothing_typed_is_lost(client, list_page):
    send(client, make_enterprise())
    response = client.post(f"{buyer_path()}utfall/", {"outcome": "deal", "comment": "Gick bra"})
    assert response.status_code == 422
    assert "Gick bra" in response.text
    assert Enquiry.objects.get().outcome == ""
    client.post(f"{buyer_path()}utfall/", {"outcome": "none"})
    assert Enquiry.objects.get().outcome == EnquiryOutcome.NONE


@pytest.mark.parametrize("number", [1, 10])
def test_the_pages_ask_as_much_for_ten_as_for_one(
    client, list_page, number, django_assert_max_num_queries
):
    entries = [make_enterprise() for _ in range(number)]
    choose(client, *entries)
    for path in ("/forfragan/", "/forfragan/skriv/"):
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200
    send(client, *entries)
    for path in (buyer_path(), f"{buyer_path()}utfall/", answer_path(entries[0])):
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200
