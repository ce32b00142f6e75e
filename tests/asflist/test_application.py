"""The application from nothing: a number, steps that keep what is typed, a confirmed address."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asflist.applications import access
from asflist.enums import Criterion, LegalForm, ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseDraft, EnterpriseOwner
from core.models import CustomImage
from tests.asflist.applicants import (
    EMAIL,
    Browser,
    answers,
    apply,
    apply_and_confirm,
    begin,
    errors_in,
    fill_in,
    link_in,
    send,
    step_of,
)
from tests.asflist.factories import make_enterprise, make_list_page, organisation_number
from tests.campaigns.organisers import picture_file

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def url(client):
    """The address of the first step of a new application."""
    return begin(client)


def draft():
    return EnterpriseDraft.objects.get()


def test_the_start_page_says_what_is_needed_and_begins(client):
    html = client.get(reverse("application_start")).content.decode()
    for criterion in Criterion:
        assert str(criterion.label) in html
    assert EnterpriseDraft.objects.count() == 0
    begin(client, organisation_number(8))
    assert draft().data["number"] == {"organisation_number": [organisation_number(8)]}


def test_what_fills_the_hidden_field_begins_nothing(client):
    data = {"organisation_number": organisation_number(), "website": "spam"}
    assert client.post(reverse("application_start"), data).status_code == 200
    assert EnterpriseDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "required"),
        ("769600-0000", "checksum"),
        ("12345", "format"),
        ("19121212-1212", "format"),
        ("121212-1212", "person"),
    ],
)
def test_a_wrong_number_is_told_beside_its_field(client, number, code):
    response = client.post(reverse("application_start"), {"organisation_number": number})
    assert response.status_code == 200
    assert [error.code for error in errors_in(response)["organisation_number"]] == [code]
    assert EnterpriseDraft.objects.count() == 0


@pytest.mark.parametrize("style", ["{0}{1}", "16{0}-{1}", " {0} {1} "])
def test_a_number_may_be_written_in_many_ways(client, style):
    number = organisation_number(77)
    begin(client, style.format(*number.split("-")))
    assert draft().data["number"]["organisation_number"] == [number]


def test_a_public_entry_with_the_number_is_led_to(client, home):
    make_list_page(home)
    entry = make_enterprise(name="Lotsbrickan & Co")
    response = client.post(
        reverse("application_start"), {"organisation_number": entry.organisation_number}
    )
    html = response.content.decode()
    assert f'href="{entry.get_url()}"' in html
    assert "Lotsbrickan &amp; Co" in html
    assert f'href="{reverse("owner_link")}"' in html
    assert EnterpriseDraft.objects.count() == 0


@pytest.mark.parametrize(
    "state",
    [
        ListingState.DRAFT,
        ListingState.SUBMITTED,
        ListingState.CHANGES_REQUESTED,
        ListingState.PAUSED,
    ],
)
def test_of_what_is_not_public_only_the_number_is_told(client, home, state):
    make_list_page(home)
    entry = make_enterprise(
        name="Hemliga bageriet",
        email="hemlig@bageriet.example",
        live=False,
        state=state,
        state_reason="Skäl",
    )
    EnterpriseOwner.objects.create(
        enterprise=entry, email="agare@bageriet.example", confirmed_at=timezone.now()
    )
    response = client.post(
        reverse("application_start"), {"organisation_number": entry.organisation_number}
    )
    html = response.content.decode()
    assert [error.code for error in errors_in(response)["organisation_number"]] == ["taken"]
    assert f'href="{reverse("owner_link")}"' in html
    assert "bageriet" not in html.lower()
    assert entry.slug not in html


@pytest.mark.parametrize("state", [ListingState.DECLINED, ListingState.WITHDRAWN])
@pytest.mark.parametrize("owner", [EMAIL.upper(), None])
def test_who_was_declined_or_left_may_apply_again_in_the_same_row(client, state, owner):
    entry = make_enterprise(name="Förr", live=False, state=state, state_reason="Skäl")
    if owner:
        EnterpriseOwner.objects.create(enterprise=entry, email=owner, confirmed_at=timezone.now())
    confirm = apply(client, entry.organisation_number)
    entry.refresh_from_db()
    assert (entry.name, entry.state) == ("Förr", state)
    assert client.post(confirm).status_code == 302
    entry.refresh_from_db()
    assert Enterprise.objects.count() == 1
    assert EnterpriseOwner.objects.count() == 1
    assert entry.state == ListingState.SUBMITTED
    assert entry.get_latest_revision_as_object().name == "Kvarterscaféet"


@pytest.mark.parametrize("state", [ListingState.DECLINED, ListingState.WITHDRAWN])
def test_a_stranger_does_not_become_the_owner_by_the_number(client, state):
    entry = make_enterprise(name="Förr", live=False, state=state, state_reason="Skäl")
    before = EnterpriseOwner.objects.create(
        enterprise=entry, email="fore@example.com", confirmed_at=timezone.now()
    )
    confirm = apply(client, entry.organisation_number)
    response = client.post(confirm)
    assert response.status_code == 409
    assert "fore@example.com" not in response.content.decode()
    assert client.get(reverse("owner_page")).status_code == 302
    entry.refresh_from_db()
    assert (entry.name, entry.state) == ("Förr", state)
    assert EnterpriseOwner.objects.get() == before
    assert EnterpriseDraft.objects.count() == 1
    # Who looks after it hears of it, once.
    client.post(confirm)
    told = [message for message in mail.outbox if message.to == [before.email]]
    assert len(told) == 1
    assert entry.organisation_number in told[0].subject
    assert EMAIL not in told[0].body


def test_every_step_shows_and_takes_right_answers(client, url):
    for step, given in answers().items():
        assert client.get(step_of(url, step)).status_code == 200
        response = client.post(step_of(url, step), given)
        assert response.status_code == 302, errors_in(response)
    assert client.get(step_of(url, "check")).status_code == 200


@pytest.mark.parametrize(
    ("number", "legal_form"),
    [("556036-0793", LegalForm.LIMITED_COMPANY), ("969663-7033", LegalForm.OTHER)],
)
def test_the_number_suggests_the_legal_form(client, number, legal_form):
    shown = client.get(step_of(begin(client, number), "who"))
    assert shown.context["form"]["legal_form"].value() == legal_form


@pytest.mark.parametrize("step", ["who", "pictures", "later"])
def test_a_form_that_goes_while_one_writes_in_it_is_said_to_be_gone(client, url, monkeypatch, step):
    """Another has it confirmed, or throws it away, between the page and the answer."""
    find = access.find_draft

    def find_and_lose(uid):
        found = find(uid)
        EnterpriseDraft.objects.all().delete()
        return found

    monkeypatch.setattr(access, "find_draft", find_and_lose)
    data = answers().get(step, {"email": "kim@example.com"})
    assert client.post(step_of(url, step), data).status_code == 410
    assert not EnterpriseDraft.objects.exists()


def test_there_are_no_other_steps(client, url):
    assert client.get(step_of(url, "admin")).status_code == 404


def test_a_forged_link_is_not_found(client, url):
    for forged in (url.replace("/who/", "x/who/"), reverse("application_step", args=["x", "who"])):
        assert client.get(forged).status_code == 404
        assert client.post(forged, {"name": "x"}).status_code == 404
    assert client.get(reverse("application_confirm", args=["x"])).status_code == 404


WRONG = [
    ("who", {"name": ""}, "name"),
    ("who", {"name": "x" * 500}, "name"),
    ("who", {"legal_form": "empire"}, "legal_form"),
    ("who", {"employees": "-1"}, "employees"),
    ("who", {"participants": "många"}, "participants"),
    ("where", {"municipality": ""}, "municipality"),
    ("where", {"municipality": "9999"}, "municipality"),
    ("where", {"postcode": "80"}, "postcode"),
    ("where", {"delivers_to": ["99"]}, "delivers_to"),
    ("where", {"delivers_within_km": "0"}, "delivers_within_km"),
    ("where", {"latitude": "60.67", "longitude": ""}, "longitude"),
    ("where", {"latitude": "10", "longitude": "17"}, "latitude"),
    ("offers", {"industries": []}, "industries"),
    ("offers", {"industries": ["0"]}, "industries"),
    ("offers", {"summary": ""}, "summary"),
    ("offers", {"summary": "x" * 161}, "summary"),
    ("offers", {"offer": ""}, "offer"),
    ("offers", {"offer": "x" * 4001}, "offer"),
    ("offers", {"procurement": ["bribe"]}, "procurement"),
    ("offers", {"languages": ["elvish"]}, "languages"),
    ("offers", {"tags": "a, b, c, d, e, f, g, h, i"}, "tags"),
    ("offers", {"tags": "ord " * 20 + ","}, "tags"),
    ("benefit", {"social_benefit": ""}, "social_benefit"),
    ("benefit", {"value-0": "många"}, "value-0"),
    ("benefit", {"value-0": ""}, "value-0"),
    ("benefit", {"label-0": ""}, "label-0"),
    ("benefit", {"year-0": "0"}, "year-0"),
    ("criteria", {"integrates": ""}, "integrates"),
    ("criteria", {"integrates": "perhaps"}, "integrates"),
    ("criteria", {"reinvests_proof": ""}, "reinvests_proof"),
    ("criteria", {"reinvests": "no", "reinvests_proof": ""}, "reinvests_proof"),
    ("criteria", {"reinvests_proof": "x" * 601}, "reinvests_proof"),
    ("criteria", {"target_group_share": "101"}, "target_group_share"),
    ("criteria", {"target_group_share": ""}, "target_group_share"),
    ("criteria", {"target_group_share_on": ""}, "target_group_share_on"),
    ("criteria", {"target_group_share_on": "2999-01-01"}, "target_group_share_on"),
    ("references", {"bought-0": ""}, "bought-0"),
    ("contact", {"owner_email": "kim på exempel"}, "owner_email"),
    ("contact", {"owner_name": ""}, "owner_name"),
    ("contact", {"phone": "ring mig"}, "phone"),
    ("contact", {"owner_phone": "1"}, "owner_phone"),
    ("contact", {"website": "javascript:alert(1)"}, "website"),
    ("contact", {"website": "ftp://example.com/"}, "website"),
    ("contact", {"phone": "", "email": "", "website": ""}, "phone"),
]


@pytest.mark.parametrize(("step", "changes", "field"), WRONG)
def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_lost(
    client, url, step, changes, field
):
    typed = answers()[step] | changes
    response = client.post(step_of(url, step), typed)
    assert response.status_code == 200
    assert list(errors_in(response)) == [field]
    html = response.content.decode()
    assert f'id="id_{field}_error"' in html
    assert f'href="#id_{field}' in html
    assert "<title>Fel:" in html or "<title>Error:" in html
    for name, value in typed.items():
        if value != []:
            kept = value if isinstance(value, list) else [value.strip() if field == name else value]
            assert [v.strip() for v in draft().data[step][name]] == kept
    assert "field__errors" not in client.get(step_of(url, step)).content.decode()


def test_what_was_typed_is_there_in_another_browser(client, url):
    client.post(step_of(url, "who"), {"name": "", "employees": "tolv"})
    html = Client().get(step_of(url, "who")).content.decode()
    assert 'value="tolv"' in html


def test_a_row_is_added_by_a_button_and_there_is_an_end_to_rows(client, url):
    given = answers()["benefit"]
    response = client.post(step_of(url, "benefit"), given | {"do": "add"})
    assert response.url.endswith("#id_value-1")
    html = client.get(response.url).content.decode()
    assert 'name="value-1"' in html
    assert 'value="11,5"' in html
    client.post(step_of(url, "benefit"), given | {"rows": "999"})
    html = client.get(step_of(url, "benefit")).content.decode()
    assert 'name="value-3"' in html
    assert 'name="value-4"' not in html


@pytest.mark.parametrize("rows", ["", "x", "-1", "1.5", "9" * 5000])
def test_the_number_of_rows_may_be_nonsense(client, url, rows):
    response = client.post(step_of(url, "benefit"), answers()["benefit"] | {"rows": rows})
    assert response.status_code in (200, 302)


def test_the_link_is_mailed_from_the_start_and_goes_on_where_one_was(client):
    begin(client, email=EMAIL)
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    first = link_in(mail.outbox[-1], "anmal-ert-asf")
    assert Client().get(first).status_code == 200
    client.post(first, answers()["who"])
    client.post(reverse("application_link"), {"email": EMAIL.upper()})
    assert link_in(mail.outbox[-1], "anmal-ert-asf").endswith("/where/")


def test_going_on_later_keeps_what_was_typed_and_mails_the_link(client, url):
    response = client.post(step_of(url, "who"), {"name": "Halvvägs", "do": "later"})
    assert response.url.endswith("/later/")
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"email": "kim på exempel"}).status_code == 200
    assert mail.outbox == []
    client.post(response.url, {"email": EMAIL})
    link = link_in(mail.outbox[-1], "anmal-ert-asf")
    assert "Halvvägs" in Client().get(step_of(link, "who")).content.decode()
    assert "Halvvägs" not in mail.outbox[-1].body


def test_the_answer_to_who_asks_for_a_link_is_the_same_for_every_address(client):
    begin(client, email=EMAIL)
    mail.outbox.clear()
    pages = [
        re.sub(r'value="[^"]*"', "", client.post(address, {"email": email}).content.decode())
        for address in [reverse("application_link")]
        for email in (EMAIL, "nobody@example.com")
    ]
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 1


def test_one_address_is_not_flooded_with_links(client):
    begin(client, email=EMAIL)
    draft_of_it = draft()
    from asflist.applications.letters import write_link

    sent = [write_link(draft_of_it, "who") for _try in range(10)]
    assert sent == [True] * 5 + [False] * 5


def test_a_draft_dies_after_a_month(client, url):
    assert client.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = client.get(url)
        assert response.status_code == 410
        assert reverse("application_start") in response.content.decode()
        client.post(reverse("application_link"), {"email": EMAIL})
    assert mail.outbox == []


def test_the_page_to_check_tells_which_steps_are_missing_and_sends_nothing(client, url):
    client.post(step_of(url, "who"), answers()["who"])
    response = send(client, url)
    assert response.status_code == 200
    html = response.content.decode()
    # A link is signed anew each second.
    assert '/criteria/"' in html.partition("<section")[0].partition("error-summary")[2]
    assert mail.outbox == []


def test_the_page_to_check_names_what_is_missing_and_shows_what_is_there(client, url):
    typed = answers()["contact"] | {"owner_name": "", "owner_phone": "070-174 06 05"}
    client.post(step_of(url, "contact"), typed)
    client.post(step_of(url, "criteria"), answers()["criteria"] | {"integrates": ""})
    client.post(step_of(url, "benefit"), answers()["benefit"] | {"year-0": "snart"})
    html = client.get(step_of(url, "check")).content.decode()
    for wrong in ("contact/#id_owner_name", "criteria/#id_integrates_0", "benefit/#id_year-0"):
        assert wrong in html
    for there in ("026-12 34 56", "hej@kvarterscafeet.example", "070-174 06 05", "Stadgarna, 2 §."):
        assert there in html
    assert "#id_name" not in html, "what has not been seen is not wrong"


def test_the_page_to_check_shows_texts_as_visitors_see_them(client, url):
    fill_in(client, url, offers={"offer": "Vi bakar **kakor**:\n\n- Limpor\n- <b>Fika</b>"})
    html = client.get(step_of(url, "check")).content.decode()
    assert "<b>kakor</b>" in html
    assert "<li>Limpor</li>" in html
    assert "&lt;b&gt;Fika" in html
    assert "80 km" in html
    assert "Latitud" not in html


def test_a_step_is_ticked_only_when_it_is_ready(client, url):
    client.post(step_of(url, "who"), answers()["who"])
    client.post(step_of(url, "where"), answers()["where"] | {"postcode": "80"})
    steps = client.get(step_of(url, "offers")).context["steps"]
    states = [step.get("state", "") for step in steps]
    assert states[:5] == ["ready", "ready", "wanting", "", ""]


def test_each_error_of_a_page_has_words_of_its_own_in_the_order_of_the_page(client, url):
    html = client.post(step_of(url, "criteria"), {}).content.decode()
    summary = html.partition('class="error-summary"')[2].partition("</div>")[0]
    links = re.findall(r'href="#id_(\w+)">([^<]+)<', summary)
    assert len({words for _field, words in links}) == len(links) == 10
    assert [field for field, _words in links][:3] == [
        "integrates_0",
        "integrates_proof",
        "participation_0",
    ]
    assert links[-1][0] == "target_group_share_on"


def test_a_label_that_is_a_sentence_gets_no_colon(client, url):
    fill_in(client, url)
    html = client.post(step_of(url, "check"), {}).content.decode()
    assert 'href="#id_promise"' in html
    assert ".:" not in html


def test_a_changed_answer_leads_back_to_the_page_to_check(client, url):
    fill_in(client, url)
    response = client.post(step_of(url, "who"), answers()["who"] | {"name": "Nya namnet"})
    assert response.url.endswith("/check/")
    assert "Nya namnet" in client.get(response.url).content.decode()


def test_nothing_is_on_the_lists_tables_before_the_address_is_confirmed(client):
    confirm = apply(client)
    assert Enterprise.objects.count() == 0
    assert EnterpriseOwner.objects.count() == 0
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert "Kvarterscaféet" not in mail.outbox[0].subject + mail.outbox[0].body
    # A scanner that follows the link confirms nothing.
    assert client.get(confirm).status_code == 200
    assert Enterprise.objects.count() == 0


def test_confirming_makes_an_entry_that_waits_for_review(client):
    entry = apply_and_confirm(client)
    assert (entry.live, entry.state) == (False, ListingState.SUBMITTED)
    owner = entry.owners.get()
    assert (owner.email, owner.name) == (EMAIL, "Kim i kassan")
    assert owner.confirmed_at
    actions = list(entry.events_of_listing.values_list("action", flat=True))
    assert ListingAction.SUBMITTED in actions
    assert ListingAction.CONFIRMED_ADDRESS in actions
    assert mail.outbox[-1].to == [EMAIL]
    assert "Kvarterscaféet" in mail.outbox[-1].subject
    assert EnterpriseDraft.objects.count() == 0


def test_the_entry_has_what_was_typed(client):
    stored = apply_and_confirm(client)
    for entry in (stored, stored.get_latest_revision_as_object()):
        assert (entry.name, entry.legal_form) == ("Kvarterscaféet", "economic_association")
        assert (entry.employees, entry.participants) == (4, 9)
        assert (entry.municipality, entry.postcode) == ("2180", "802 50")
        assert list(entry.delivers_to) == ["21", "17"] or list(entry.delivers_to) == ["17", "21"]
        assert entry.delivers_within_km == 80
        assert [industry.slug for industry in entry.industries.all()] == ["cafe-catering"]
        assert entry.offer == (
            "<p>Lunch och fika till möten.</p><p>Vi kör ut:</p>"
            "<ul><li>i hela Gävle</li><li>varje vardag</li></ul>"
        )
        assert sorted(tag.name for tag in entry.tags.all()) == ["fika", "smörgåstårta"]
        assert sorted(entry.procurement) == ["direct", "reserved"]
        [figure] = entry.benefit_figures
        assert (str(figure.value["value"]), figure.value["year"]) == ("11.5", 2025)
        [reference] = entry.references
        assert reference.value["customer"] == "Gävle kommun"
        assert entry.criteria_met == list(Criterion)
        assert entry.integrates_proof == "Stadgarna, 2 §."
        assert (entry.target_group_share, entry.target_group_share_on) == (70, date(2026, 3, 1))
        assert entry.website == "https://kvarterscafeet.example"


def test_confirming_opens_the_owners_own_session_once(client):
    confirm = apply(client)
    assert client.post(confirm).url == reverse("application_received")
    assert client.get(reverse("owner_page")).status_code == 200
    other = Browser()
    assert other.post(confirm).status_code == 410
    assert other.get(reverse("owner_page")).status_code == 302


def test_the_mail_to_confirm_names_the_number_and_nothing_that_was_typed_freely(client):
    apply(client, organisation_number(8))
    assert organisation_number(8) in mail.outbox[-1].body
    assert "Kvarterscaféet" not in mail.outbox[-1].body


def test_pressing_the_buttons_twice_sends_one_application(client):
    url = begin(client)
    fill_in(client, url)
    assert send(client, url).status_code == 302
    assert send(client, url).status_code == 302
    assert len(mail.outbox) == 1
    confirm = link_in(mail.outbox[0], "bekrafta")
    client.post(confirm)
    client.post(confirm)
    assert Enterprise.objects.count() == 1
    assert len([message for message in mail.outbox if message.to == [EMAIL]]) == 2


def test_a_new_address_gets_a_new_link_and_the_old_one_is_dead(client):
    url = begin(client)
    fill_in(client, url)
    send(client, url)
    client.post(step_of(url, "contact"), answers()["contact"] | {"owner_email": "ny@example.com"})
    send(client, url)
    old, new = (link_in(message, "bekrafta") for message in mail.outbox)
    assert client.post(old).status_code == 410
    assert client.post(new).status_code == 302
    assert EnterpriseOwner.objects.get().email == "ny@example.com"


def test_a_lost_mail_to_confirm_can_be_sent_again(client):
    apply(client)
    client.post(reverse("application_link"), {"email": EMAIL})
    assert client.post(link_in(mail.outbox[-1], "bekrafta")).status_code == 302
    assert Enterprise.objects.count() == 1


def test_of_two_applications_with_one_number_the_first_to_confirm_is_taken(client):
    number = organisation_number()
    first = apply(client, number)
    second = apply(client, number, contact={"owner_email": "andra@example.com"})
    assert client.post(second).status_code == 302
    response = client.post(first)
    assert response.status_code == 409
    assert reverse("owner_link") in response.content.decode()
    assert Enterprise.objects.count() == 1
    assert EnterpriseOwner.objects.get().email == "andra@example.com"


def test_a_no_to_a_criterion_is_sent_with_its_explanation_and_a_plain_word(client, url):
    fill_in(
        client, url, criteria={"independent": "no", "independent_proof": "Kommunen äger hälften."}
    )
    html = client.get(step_of(url, "check")).content.decode()
    assert "enterprise-notice" in html
    send(client, url)
    client.post(link_in(mail.outbox[-1], "bekrafta"))
    entry = Enterprise.objects.get()
    assert entry.independent is False
    assert entry.state == ListingState.SUBMITTED


def test_pictures_are_made_anew_shown_only_by_the_link_and_come_along(client, url):
    fill_in(client, url)
    response = client.post(
        step_of(url, "pictures"),
        {"logo": picture_file(kind="PNG"), "picture": picture_file(), "picture_alt": "Två bakar"},
    )
    assert response.status_code == 302
    kept = draft()
    shown = client.get(reverse("application_picture", args=[url.split("/")[-3], "logo"]))
    assert shown.status_code == 200
    assert client.get(reverse("application_picture", args=["x", "logo"])).status_code == 404
    send(client, url)
    client.post(link_in(mail.outbox[-1], "bekrafta"))
    entry = Enterprise.objects.get()
    assert entry.picture.description == "Två bakar"
    assert entry.logo.description == entry.name
    assert not kept.logo.storage.exists(kept.logo.name)
    assert CustomImage.objects.count() == 2


def test_a_picture_is_described_and_can_be_taken_away(client, url):
    response = client.post(step_of(url, "pictures"), {"picture": picture_file(), "picture_alt": ""})
    assert list(errors_in(response)) == ["picture_alt"]
    assert draft().picture  # It is not lost.
    response = client.post(step_of(url, "pictures"), {"remove": ["picture"], "picture_alt": ""})
    assert response.status_code == 302
    assert not draft().picture


def test_what_is_no_picture_is_refused(client, url):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("bild.png", b"<svg onload=alert(1)>", "image/png")
    response = client.post(step_of(url, "pictures"), {"logo": file, "picture_alt": ""})
    assert list(errors_in(response)) == ["logo"]
    assert not draft().logo


def test_markup_in_every_field_is_harmless(client):
    hostile = "<script>alert(1)</script>"
    entry = apply_and_confirm(
        client,
        who={"name": hostile},
        where={"street_address": hostile},
        offers={"summary": hostile, "offer": f"{hostile}\n[x](javascript:alert(1))"},
        benefit={"social_benefit": hostile, "label-0": hostile},
        contact={"owner_name": hostile},
    )
    assert "<script" not in entry.offer + entry.social_benefit
    assert "href" not in entry.offer


def test_the_form_is_kept_out_of_caches_and_search_engines(client, url):
    response = client.get(url)
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_form_is_in_the_readers_language(client):
    data = {"organisation_number": organisation_number(), "email": EMAIL}
    response = client.post("/en/list-your-enterprise/", data)
    assert response.url.startswith("/en/list-your-enterprise/")
    assert "/en/list-your-enterprise/" in mail.outbox[-1].body
    assert "Who are you?" in client.get(response.url).content.decode()


def test_each_page_takes_few_queries(client, url, django_assert_max_num_queries):
    fill_in(client, url)
    for step in [*answers(), "number", "check"]:
        with django_assert_max_num_queries(15):
            assert client.get(step_of(url, step)).status_code == 200
