"""What hostile hands do with enquiries: forged links, disguised files, too many, and markup."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from asflist.enquiries import attachments
from asflist.enquiries.links import RECEIVER, writer_token
from asflist.enquiries.receivers import MOST_A_DAY, readers_of
from asflist.enums import AnswerState, EnquiryState
from asflist.models import Enquiry, EnquiryAttachment, EnquiryReceiver, EnterpriseOwner
from asflist.states import pause
from core.models import OutgoingMail
from core.signed_links import make_token
from tests.asflist.enquiry_steps import (
    BUYER,
    answer_path,
    buyer_path,
    choose,
    filled_in,
    new_mails,
    send,
    write,
)
from tests.asflist.factories import make_enterprise, make_list_page
from tests.core.hostile_files import bomb, word

MARKUP = "<script>alert(1)</script>"
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture(autouse=True)
def list_page(home):
    """The list, so that entries have addresses."""
    return make_list_page(home)


def pdf(name="behov.pdf"):
    """A small file that is taken."""
    return SimpleUploadedFile(name, PDF)


@pytest.mark.parametrize("route", ["bekrafta", "min", "svara", "skickat", "andra"])
def test_a_forged_or_mangled_link_is_404(client, route):
    send(client, make_enterprise())
    uid = Enquiry.objects.get().uid
    for token in ("x", str(uid), make_token("other", uid), f"{uid}:1:2", "%00"):
        assert client.get(f"/forfragan/{route}/{token}/").status_code == 404


def test_a_link_for_one_purpose_opens_no_other_page(client):
    cafe = make_enterprise()
    send(client, cafe)
    buyers = buyer_path().split("/")[-2]
    receivers = answer_path(cafe).split("/")[-2]
    assert client.get(f"/forfragan/svara/{buyers}/").status_code == 404
    assert client.get(f"/forfragan/min/{receivers}/").status_code == 404
    for route in ("bekrafta", "skickat", "andra"):
        assert client.get(f"/forfragan/{route}/{buyers}/").status_code == 404
    writers = writer_token(Enquiry.objects.get())
    for route in ("bekrafta", "min", "svara"):
        assert client.get(f"/forfragan/{route}/{writers}/").status_code == 404


def test_the_link_to_confirm_with_expires_and_sends_only_once(client, monkeypatch):
    path = write(client, make_enterprise())
    client.post(path)
    with new_mails() as mails:
        client.post(path)
    assert not mails
    monkeypatch.setattr("asflist.enquiries.links.DAYS_TO_CONFIRM", 0)
    Enquiry.objects.update(state=EnquiryState.UNCONFIRMED)
    assert client.post(path).status_code == 404


def test_what_was_written_can_be_changed_for_a_day(client, monkeypatch):
    write(client, make_enterprise())
    token = writer_token(Enquiry.objects.get())
    assert client.get(f"/forfragan/andra/{token}/").status_code == 200
    monkeypatch.setattr("asflist.enquiries.links.WRITING_LASTS", 0)
    for route in ("skickat", "andra"):
        assert client.get(f"/forfragan/{route}/{token}/").status_code == 404


def test_changing_the_address_counts_as_writing(client):
    choose(client, make_enterprise())
    for number in range(5):
        data = filled_in(text=str(number))
        path = client.post("/forfragan/skriv/", data)["Location"].replace("skickat", "andra")
    response = client.post(path, filled_in(text="Sjätte gången"))
    assert response.status_code == 422
    assert "Sjätte gången" in response.text
    assert Enquiry.objects.count() == 5


def test_the_buyers_page_is_not_there_before_the_confirmation(client):
    write(client, make_enterprise())
    assert client.get(buyer_path()).status_code == 404


def test_an_owner_who_is_removed_can_no_longer_read_or_answer(client):
    cafe = make_enterprise()
    owner = EnterpriseOwner.objects.create(
        enterprise=cafe, email="a@a.example", confirmed_at=timezone.now()
    )
    send(client, cafe)
    path = answer_path(cafe)
    assert client.get(path).status_code == 200
    owner.delete()
    assert client.get(path).status_code == 404
    assert client.post(path, {"state": "can", "answer": "Ja"}).status_code == 404


def test_a_link_to_an_address_that_the_entry_has_left_is_dead(client):
    cafe = make_enterprise(email="gammal@a.example")
    send(client, cafe)
    path = answer_path(cafe)
    cafe.email = "ny@a.example"
    cafe.save()
    assert client.get(path).status_code == 404


def test_one_entrys_reader_cannot_answer_for_another(client):
    mine, yours = make_enterprise(email="a@a.example"), make_enterprise(email="b@b.example")
    send(client, mine, yours)
    other = EnquiryReceiver.objects.get(enterprise=yours)
    token = make_token(RECEIVER, other.uid, readers_of(mine)[0].mark)
    assert client.get(f"/forfragan/svara/{token}/").status_code == 404


def test_a_paused_entry_sees_nothing_of_the_enquiry_and_cannot_answer(client):
    cafe = make_enterprise()
    send(client, cafe)
    path = answer_path(cafe)
    pause(cafe)
    assert "Lunch åt fyrtio" not in client.get(path).text
    client.post(path, {"state": "can", "answer": "Ja"})
    client.post(path, {"state": "cannot"})
    assert EnquiryReceiver.objects.get().state == AnswerState.WAITING
    assert f"/asf-listan/{cafe.slug}/" not in client.get(buyer_path()).text


def test_no_page_and_no_mail_shows_an_address_of_the_other_side(client):
    cafe = make_enterprise(email="hemlig@kafe.example")
    with new_mails() as mails:
        send(client, cafe)
        client.post(answer_path(cafe), {"state": "can", "answer": "Ja."})
        client.post(f"{buyer_path()}utfall/", {"outcome": "none"})
    for one in mails:
        said = f"{one.subject} {one.body} {one.headers}"
        assert "hemlig@" not in said
        assert BUYER not in said
        assert "Reply-To" not in one.headers
    assert BUYER not in client.get(answer_path(cafe)).text
    for path in (buyer_path(), f"{buyer_path()}utfall/"):
        assert "hemlig@" not in client.get(path).text


def test_private_pages_are_kept_by_nobody(client):
    cafe = make_enterprise()
    path = write(client, cafe)
    client.post(path)
    choose(client, cafe)
    for one in (path, buyer_path(), answer_path(cafe), "/forfragan/", "/forfragan/skriv/"):
        response = client.get(one)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


def test_markup_stays_text_everywhere(client):
    cafe = make_enterprise(name=f"Kafé {MARKUP}")
    choose(client, cafe)
    assert MARKUP not in client.get("/forfragan/").text
    send(client, cafe, text=MARKUP)
    client.post(answer_path(cafe), {"state": "can", "answer": MARKUP})
    for path in (answer_path(cafe), buyer_path(), f"{buyer_path()}utfall/"):
        page = client.get(path).text
        assert MARKUP not in page
    assert "&lt;script&gt;" in client.get(buyer_path()).text


@pytest.mark.parametrize("field", ["name", "title", "organisation"])
@pytest.mark.parametrize("value", [MARKUP, "Vinn på spel.se nu", "https://x.example/", "a@b.se"])
def test_nobody_can_have_us_mail_links_to_strangers(client, field, value):
    choose(client, make_enterprise())
    response = client.post("/forfragan/skriv/", filled_in(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not OutgoingMail.objects.exists()


def test_no_header_can_be_put_into_a_mail(client):
    cafe = make_enterprise()
    choose(client, cafe)
    response = client.post("/forfragan/skriv/", filled_in(title="Lunch\r\nBcc: alla@x.example"))
    assert response.status_code == 422 or "\n" not in Enquiry.objects.get().title
    for one in OutgoingMail.objects.all():
        assert "\n" not in one.subject


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sida.pdf", b"<html><script>alert(1)</script></html>"),
        ("sida.html", b"<html></html>"),
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("bild.png", b"<html></html>"),
        ("makro.docm", b"PK\x03\x04"),
        ("program.exe", b"MZ"),
        ("pdf", PDF),
        ("arkiv.zip", b"PK\x03\x04"),
        ("kalkyl.xlsx", word("Inte en kalkyl")),
    ],
)
def test_a_file_in_disguise_is_refused_and_nothing_typed_is_lost(client, name, content):
    choose(client, make_enterprise())
    files = [SimpleUploadedFile(name, content), pdf()]
    response = client.post("/forfragan/skriv/", filled_in(attachments=files))
    assert response.status_code == 422
    assert name in str(response.context["form"].errors["attachments"])
    assert "Varje tisdag" in response.text
    assert [one.name for one in response.context["form"].kept] == ["behov.pdf"]


def test_a_bomb_is_refused(client):
    choose(client, make_enterprise())
    files = [SimpleUploadedFile("bomb.docx", bomb())]
    response = client.post("/forfragan/skriv/", filled_in(attachments=files))
    assert response.status_code == 422
    assert not EnquiryAttachment.objects.exists()


def test_an_accepted_file_need_not_be_sent_again_and_cannot_be_taken_by_another(client):
    cafe = make_enterprise()
    choose(client, cafe)
    first = client.post("/forfragan/skriv/", filled_in(text="", attachments=[pdf()]))
    kept = first.context["form"].kept_token
    send(client, cafe, kept=kept)
    assert [one.name for one in Enquiry.objects.get().attachments.all()] == ["behov.pdf"]
    send(client, cafe, kept=kept)
    assert not Enquiry.objects.latest("pk").attachments.exists()
    assert Enquiry.objects.earliest("pk").attachments.count() == 1


def test_a_made_up_list_of_files_is_nobodys(client):
    cafe = make_enterprise()
    enquiry = send(client, cafe, attachments=[pdf()])
    uid = enquiry.attachments.get().uid
    for kept in (str(uid), make_token("other", uid), make_token(attachments.PURPOSE, uid)):
        send(client, cafe, kept=kept)
        assert not Enquiry.objects.latest("pk").attachments.exists()


def test_four_files_or_too_much_is_refused(client, monkeypatch):
    choose(client, make_enterprise())
    files = [pdf(f"{number}.pdf") for number in range(4)]
    assert client.post("/forfragan/skriv/", filled_in(attachments=files)).status_code == 422
    monkeypatch.setattr(attachments, "MOST_BYTES", 2 * len(PDF))
    assert client.post("/forfragan/skriv/", filled_in(attachments=files[:3])).status_code == 422
    monkeypatch.setattr(attachments, "MAX_BYTES", 3)
    assert client.post("/forfragan/skriv/", filled_in(attachments=files[:1])).status_code == 422


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ('x"; filename="evil.html.pdf', 'x"; filename="evil.html.pdf'),
        ("rad\r\nSet-Cookie: x.pdf", "radSet-Cookie: x.pdf"),
        ("Å" * 300 + ".pdf", "Å" * 96 + ".pdf"),
    ],
)
def test_a_files_name_is_harmless(name, kept):
    assert attachments.harmless(name) == kept


def test_files_are_only_for_those_of_the_enquiry_and_only_to_be_saved(client):
    mine, yours = make_enterprise(email="a@a.example"), make_enterprise(email="b@b.example")
    send(client, mine, attachments=[pdf('x".html.pdf')])
    uid = Enquiry.objects.get().attachments.get().uid
    own = f"{answer_path(mine)}fil/{uid}/"
    for path in (own, f"{buyer_path()}fil/{uid}/"):
        response = client.get(path)
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Type"] == "application/octet-stream"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
        assert "sandbox" in response["Content-Security-Policy"]
    stored = EnquiryAttachment.objects.get().file.name
    assert client.get(f"/media/{stored}").status_code == 404
    send(client, yours)
    assert client.get(f"{answer_path(yours)}fil/{uid}/").status_code == 404
    assert client.get(f"{buyer_path()}fil/{uid}/").status_code == 404
    pause(mine)
    assert client.get(own).status_code == 404


def test_a_picture_is_made_anew(client):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#0f3d3e").save(file, "PNG")
    content = file.getvalue() + b"<html><script>alert(1)</script>"
    files = [SimpleUploadedFile("bild.png", content)]
    send(client, make_enterprise(), attachments=files)
    with EnquiryAttachment.objects.get().file.open("rb") as kept:
        assert b"<script>" not in kept.read()


def test_one_address_can_write_five_times_a_day(client):
    cafe = make_enterprise()
    for _ in range(5):
        write(client, cafe)
    choose(client, cafe)
    response = client.post("/forfragan/skriv/", filled_in(email=BUYER.upper()))
    assert response.status_code == 422
    assert "Varje tisdag" in response.text
    assert Enquiry.objects.count() == 5


def test_a_network_without_script_is_soon_stopped(client):
    cafe = make_enterprise()
    for number in range(5):
        write(client, cafe, email=f"{number}@x.example")
    choose(client, cafe)
    response = client.post("/forfragan/skriv/", filled_in(email="6@x.example"))
    assert response.status_code == 422
    assert Enquiry.objects.count() == 5


def test_an_entry_gets_only_so_many_a_day_and_the_rest_can_be_sent_tomorrow(client):
    cafe = make_enterprise(name="Kafé Kugghjulet")
    for _ in range(MOST_A_DAY):
        old = Enquiry.objects.create(state=EnquiryState.SENT, sent_at=timezone.now())
        EnquiryReceiver.objects.create(enquiry=old, enterprise=cafe, name=cafe.name)
    path = write(client, cafe)
    response = client.post(path)
    assert response.status_code == 409
    assert "Kafé Kugghjulet" in response.text
    Enquiry.objects.exclude(sent_at=None).update(sent_at=timezone.now() - timedelta(days=1))
    assert client.post(path).status_code == 302


def test_a_report_stops_the_enquiry_for_everybody(client):
    mine, yours = make_enterprise(), make_enterprise()
    send(client, mine, yours)
    other = answer_path(yours)
    assert client.post(f"{answer_path(mine)}anmal/", {"reason": ""}).status_code == 422
    with new_mails() as mails:
        client.post(f"{answer_path(mine)}anmal/", {"reason": "Reklam"})
        client.post(f"{answer_path(mine)}anmal/", {"reason": "Igen"})
    assert [one.to for one in mails] == [BUYER]
    assert Enquiry.objects.get().state == EnquiryState.STOPPED
    assert EnquiryReceiver.objects.get(enterprise=mine).report_reason == "Reklam"
    assert "Lunch åt fyrtio" not in client.get(other).text
    client.post(other, {"state": "can", "answer": "Ja"})
    assert EnquiryReceiver.objects.get(enterprise=yours).state == AnswerState.WAITING


def test_an_answer_is_changed_five_times_at_most(client):
    cafe = make_enterprise()
    send(client, cafe)
    for number in range(7):
        client.post(answer_path(cafe), {"state": "can", "answer": str(number)})
    assert EnquiryReceiver.objects.get().answer == "4"


def test_a_sum_that_cannot_be_is_refused_in_the_field(client):
    send(client, make_enterprise())
    receiver = EnquiryReceiver.objects.get()
    for value in ("-1", "1" * 20, "mycket"):
        data = {"outcome": "deal", f"deal_{receiver.pk}": "on", f"sum_{receiver.pk}": value}
        assert client.post(f"{buyer_path()}utfall/", data).status_code == 422
    receiver.refresh_from_db()
    assert receiver.deal_sum is None


def test_null_bytes_and_odd_requests_are_no_errors(client):
    cafe = make_enterprise()
    choose(client, cafe)
    odd = filled_in(title="a\0b", kept="\0", municipality="x")
    response = client.post("/forfragan/skriv/", odd)
    assert response.status_code == 422
    path = f"/forfragan/lagg-till/{cafe.slug}/"
    here = {"sec-fetch-site": "same-origin"}
    assert client.post("/forfragan/lagg-till/finns-inte/", headers=here).status_code == 302
    assert client.put(path).status_code == 405
    client.cookies["shortlist"] = "\x7f;;"
    assert client.get("/forfragan/").status_code == 200


def test_the_way_back_is_never_to_another_site(client):
    for referer in ("https://ond.example/x", "http://testserver//ond.example/", "x"):
        page = client.get("/forfragan/", headers={"referer": referer}).text
        assert not re.search(r'href="(https?:)?//ond', page)


@pytest.mark.parametrize(
    "search",
    ["//ond.example", "https://ond.example/", "q=\r\nSet-Cookie: a=b", "page=1%0d%0ax", "x=\0"],
)
def test_the_search_that_is_led_back_to_is_the_lists_own(client, search):
    path = f"/forfragan/lagg-till/{make_enterprise().slug}/"
    here = {"sec-fetch-site": "same-origin"}
    response = client.post(path, {"search": search}, headers=here)
    assert response["Location"].startswith("/forfragan/?notice=added")
    assert "ond" not in response["Location"]
    assert "\n" not in response["Location"]
    main = client.get("/forfragan/", {"search": search}).text.split("<main")[1]
    assert "ond.example" not in main
    assert re.search(r'<a class="button button--quiet" href="/asf-listan/', main)


def test_forms_want_djangos_token(client):
    cafe = make_enterprise()
    path = write(client, cafe)
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(path).status_code == 403
    assert Enquiry.objects.get().state == EnquiryState.UNCONFIRMED
    strict.cookies["shortlist"] = "x"
    assert strict.post(f"/forfragan/ta-bort/{cafe.slug}/").status_code == 403


def test_an_entry_that_is_hidden_answers_as_one_that_is_not_there(client):
    hidden = make_enterprise(name="Hemlig", live=False)
    answers = []
    for slug in (hidden.slug, "finns-inte"):
        response = client.post(
            f"/forfragan/lagg-till/{slug}/", headers={"sec-fetch-site": "same-origin"}
        )
        answers.append((response.status_code, response["Location"], dict(response.cookies)))
    assert answers[0] == answers[1]


def test_headers_that_are_no_addresses_lead_nowhere(client):
    entry = make_enterprise()
    add = f"/forfragan/lagg-till/{entry.slug}/"
    assert client.post(add, headers={"Origin": "http://["}).status_code == 403
    assert client.get("/forfragan/", headers={"Referer": "http://["}).status_code == 200
