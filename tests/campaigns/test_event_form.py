"""The public form: an ASF registers an open house in steps, and nothing typed is lost."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from campaigns.events.addresses import step_url
from campaigns.models import Event, EventDraft, EventOrganiser
from core.models import CustomImage
from tests.asflist.factories import make_enterprise
from tests.campaigns.factories import CampaignPageFactory
from tests.campaigns.organisers import (
    ANSWERS,
    Browser,
    begin,
    errors_in,
    fill_in,
    link_in,
    picture_file,
    send,
    step_of,
)


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def clock():
    with time_machine.travel("2027-03-01T09:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, campaigns):
    return CampaignPageFactory(
        parent=campaigns,
        starts_on=date(2027, 5, 8),
        ends_on=date(2027, 5, 9),
        registration_opens_on=date(2027, 2, 1),
        registration_closes_on=date(2027, 4, 30),
    )


@pytest.fixture
def url(client, campaign):
    """The address of the first step of a new draft."""
    return begin(client, campaign)


def draft():
    return EventDraft.objects.get()


def test_the_start_page_says_what_one_needs_and_begins(client, campaign):
    address = reverse("event_register", args=[campaign.pk])
    response = client.get(address)
    assert response.status_code == 200
    assert campaign.dates in response.content.decode()
    assert EventDraft.objects.count() == 0
    assert client.post(address, {"website": ""}).status_code == 302
    assert draft().campaign == campaign


def test_what_fills_the_hidden_field_begins_nothing(client, campaign):
    response = client.post(reverse("event_register", args=[campaign.pk]), {"website": "spam"})
    assert response.status_code == 200
    assert EventDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2027-01-15", "1 februari 2027"),
        ("2027-05-01", "30 april 2027"),
        ("2027-06-01", "30 april 2027"),
    ],
)
def test_outside_the_call_the_page_says_when_it_is(client, campaign, clock, day, shown):
    clock.move_to(f"{day}T09:00:00Z")
    response = client.get(reverse("event_register", args=[campaign.pk]))
    assert response.status_code == 200
    assert shown in response.content.decode()
    assert client.post(reverse("event_register", args=[campaign.pk]), {"x": "1"}).status_code == 200
    assert EventDraft.objects.count() == 0


def test_a_draft_cannot_go_on_when_registration_has_closed(client, url, clock):
    fill_in(client, url)
    clock.move_to("2027-05-01T09:00:00Z")
    assert "30 april 2027" in client.get(url).content.decode()
    send(client, url)
    assert Event.objects.count() == 0


def test_unpublished_campaigns_take_no_events(client, campaign):
    campaign.unpublish()
    assert client.get(reverse("event_register", args=[campaign.pk])).status_code == 404


def test_every_step_shows_and_takes_right_answers(client, url):
    for step, answers in ANSWERS.items():
        assert client.get(step_of(url, step)).status_code == 200
        assert client.post(step_of(url, step), answers).status_code == 302
    assert client.get(step_of(url, "check")).status_code == 200


def test_there_are_no_other_steps(client, url):
    assert client.get(step_of(url, "admin")).status_code == 404


TWICE = {"rows": "2", "day-1": "2027-05-08", "opens-1": "10", "closes-1": "14.00"}


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [
        ("who", {"host": ""}, "host"),
        ("who", {"email": "inte en adress"}, "email"),
        ("who", {"name": ""}, "name"),
        ("who", {"name": "x" * 1000}, "name"),
        ("who", {"phone": "ring mig"}, "phone"),
        ("who", {"enterprise": "4711"}, "enterprise"),
        ("what", {"title": ""}, "title"),
        ("what", {"title": "x" * 1000}, "title"),
        ("what", {"title": "Ditt konto är spärrat, se WWW.spam.example"}, "title"),
        ("what", {"title": "Vinn pengar på spam.example"}, "title"),
        ("what", {"description": "x" * 1501}, "description"),
        ("what", {"languages": ["sv", "elvish"]}, "languages"),
        ("what", {"text_language": "de"}, "text_language"),
        ("when", {"opens-0": "", "closes-0": ""}, "opens-0"),
        ("when", {"closes-0": "09:00"}, "closes-0"),
        ("when", {"closes-0": ""}, "closes-0"),
        ("when", {"opens-0": "tio"}, "opens-0"),
        ("when", {"day-0": ""}, "day-0"),
        ("when", {"day-0": "2027-06-01"}, "day-0"),
        (
            "when",
            {"rows": "2", "day-1": "2027-05-08", "opens-1": "10", "closes-1": "14"},
            "opens-0",
        ),
        ("where", {"municipality_code": ""}, "municipality_code"),
        ("where", {"municipality_code": "9999"}, "municipality_code"),
        ("where", {"venue": ""}, "venue"),
        ("access", {"access": ["wings"]}, "access"),
        ("booking", {"booking": "here", "capacity": ""}, "capacity"),
        ("booking", {"booking": "here", "capacity": "-1"}, "capacity"),
        ("booking", {"booking": "contact", "booking_contact": ""}, "booking_contact"),
        ("booking", {"booking": "online", "booking_url": ""}, "booking_url"),
        ("booking", {"booking": "online", "booking_url": "javascript:alert(1)"}, "booking_url"),
        ("booking", {"booking": "online", "booking_url": "ftp://example.com/"}, "booking_url"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_lost(
    client, url, step, changes, field
):
    typed = ANSWERS[step] | changes
    response = client.post(step_of(url, step), typed)
    assert response.status_code == 200
    assert list(errors_in(response)) == [field]
    html = response.content.decode()
    assert f'id="id_{field}_error"' in html
    assert f'href="#id_{field}' in html
    assert "<title>Fel:" in html or "<title>Error:" in html
    for name, value in typed.items():
        if name != "languages":
            assert draft().data[step][name] == (value if isinstance(value, list) else [value])
    again = client.get(step_of(url, step)).content.decode()
    assert "field__errors" not in again


def test_what_was_typed_wrongly_is_there_in_another_browser(client, url):
    client.post(step_of(url, "what"), ANSWERS["what"] | {"title": "", "description": "Kom hit!"})
    html = Client().get(step_of(url, "what")).content.decode()
    assert "Kom hit!" in html


def test_one_step_does_not_touch_another(client, url):
    fill_in(client, url)
    client.post(step_of(url, "where"), {"municipality_code": "", "venue": "x", "title": "Ny titel"})
    assert draft().data["what"]["title"] == [ANSWERS["what"]["title"]]
    assert "title" not in draft().data["where"]


def test_a_changed_answer_leads_back_to_the_page_to_check(client, url):
    fill_in(client, url)
    response = client.post(step_of(url, "who"), ANSWERS["who"] | {"name": "Robin"})
    assert response.url.endswith("/check/")
    assert "Robin" in client.get(response.url).content.decode()


def test_a_row_for_another_time_is_added_by_a_button(client, url):
    response = client.post(step_of(url, "when"), ANSWERS["when"] | {"do": "add"})
    assert response.status_code == 302
    assert response.url.endswith("#id_day-1")
    html = client.get(response.url).content.decode()
    assert 'name="opens-1"' in html
    assert 'value="10:00"' in html


def test_there_is_an_end_to_the_rows(client, url):
    response = client.post(step_of(url, "when"), ANSWERS["when"] | {"rows": "999"})
    html = client.get(step_of(url, "when")).content.decode()
    assert response.status_code == 302
    assert 'name="opens-11"' in html
    assert 'name="opens-12"' not in html


@pytest.mark.parametrize("rows", ["", "x", "-1", "1.5", "٣", "9" * 5000])
def test_the_number_of_rows_may_be_nonsense(client, url, rows):
    assert client.post(step_of(url, "when"), ANSWERS["when"] | {"rows": rows}).status_code in (
        200,
        302,
    )


def test_the_page_to_check_tells_which_steps_are_missing_and_sends_nothing(client, url):
    client.post(step_of(url, "who"), ANSWERS["who"])
    html = client.get(step_of(url, "check")).content.decode()
    assert step_of(url, "where").rpartition(":")[2] in html
    assert "error-summary" in html
    assert send(client, url).status_code == 200
    assert Event.objects.count() == 0


def test_one_must_promise_before_one_sends(client, url):
    fill_in(client, url)
    response = client.post(step_of(url, "check"), {})
    assert list(errors_in(response)) == ["promise"]
    assert Event.objects.count() == 0


def test_a_sent_event_is_an_unpublished_draft_with_a_revision(client, url, campaign):
    fill_in(
        client,
        url,
        when={"rows": "2", "day-1": "2027-05-09", "opens-1": "09:30", "closes-1": "12:00"},
    )
    assert send(client, url).url == reverse("event_sent")
    event = Event.objects.get()
    assert (event.live, event.campaign, event.host) == (False, campaign, "Kvarterscaféet")
    assert event.latest_revision is not None
    assert event.access == ["step_free"]
    assert event.languages == ["sv", "ar"]
    assert event.capacity == 10
    assert [time.in_words for time in event.ordered_times()] == [
        "lördag 8 maj 2027 10:00–14:00",
        "söndag 9 maj 2027 09:30–12:00",
    ]
    organiser = EventOrganiser.objects.get()
    assert (organiser.email, organiser.confirmed_at) == ("kim@example.com", None)
    assert EventDraft.objects.count() == 0
    assert "kim@example.com" not in str(event.latest_revision.content)
    assert event.current_workflow_state is None


def test_who_presses_twice_is_told_what_the_first_press_did(client, url, monkeypatch):
    fill_in(client, url)
    # The other press sends the draft in, which deletes it, after this one has found it.
    monkeypatch.setattr(
        "core.guard.is_over_limit", lambda *args: EventDraft.objects.all().delete() and False
    )
    response = send(client, url)
    assert response.status_code == 302
    assert response.url == reverse("event_sent")
    assert not Event.objects.exists()


def test_it_is_sent_once(client, url):
    fill_in(client, url)
    assert send(client, url).status_code == 302
    assert send(client, url).status_code == 404
    assert Event.objects.count() == 1


def test_an_asf_on_the_list_is_chosen_by_its_name(client, url):
    enterprise = make_enterprise(name="Cykelköket")
    hidden = make_enterprise(name="Hemliga verkstan", live=False)
    html = client.get(step_of(url, "who")).content.decode()
    assert "Cykelköket" in html
    assert hidden.name not in html
    fill_in(client, url, who={"enterprise": str(enterprise.pk), "host": ""})
    send(client, url)
    event = Event.objects.get()
    assert (event.enterprise, event.host) == (enterprise, "Cykelköket")


def test_forms_are_safe_from_other_sites(campaign, client, url):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("event_register", args=[campaign.pk]), {}).status_code == 403
    assert strict.post(step_of(url, "who"), ANSWERS["who"]).status_code == 403


@pytest.mark.parametrize("bad", ["x", "a:b:c", "%00", "å:0:x"])
def test_a_forged_link_is_no_link(client, campaign, bad):
    assert client.get(f"/oppna-dorrar/{bad}/who/").status_code == 404
    assert client.get(f"/oppna-dorrar/bekrafta/{bad}/").status_code == 404
    assert client.get(f"/arrangor/{bad}/").status_code == 404


def test_a_link_for_one_purpose_is_none_for_another(client, url):
    token = url.split("/")[2]
    assert client.get(f"/arrangor/{token}/").status_code == 404
    assert client.get(f"/oppna-dorrar/bekrafta/{token}/").status_code == 404


def test_private_pages_are_kept_out_of_caches_and_search(client, url):
    response = client.get(url)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in response.headers["X-Robots-Tag"]


MARKUP = "\"'><script>alert(1)</script>{{ 7|add:7 }}"


def test_markup_is_text_wherever_it_is_typed(client, url):
    fill_in(
        client,
        url,
        who={"host": MARKUP, "name": MARKUP},
        what={"title": MARKUP, "description": MARKUP},
        where={"venue": MARKUP},
        access={"public_transport": MARKUP, "access_note": MARKUP},
    )
    for step in (*ANSWERS, "check"):
        html = client.get(step_of(url, step)).content.decode()
        assert "<script>alert" not in html
        assert "14" not in html.partition("alert(1)")[2][:40]
    assert send(client, url).status_code == 302
    assert "\n" not in mail.outbox[-1].subject


def test_null_bytes_are_taken_out(client, url):
    response = client.post(step_of(url, "where"), ANSWERS["where"] | {"venue": "Caf\0é"})
    assert response.status_code in (200, 302)
    assert draft().data["where"]["venue"] == ["Café"]


def test_a_field_of_one_line_has_one_line_in_mails_and_in_the_event(client, url):
    hostile = ANSWERS["what"] | {"title": "Baka\r\n\r\nSkicka pengar till mig"}
    fill_in(client, url, what=hostile)
    send(client, url)
    event = Event.objects.get()
    assert event.title == "Baka  Skicka pengar till mig"
    assert event.description == ANSWERS["what"]["description"]
    assert "\nSkicka" not in mail.outbox[-1].body


def test_a_flood_of_values_is_not_kept(client, url):
    client.post(step_of(url, "access"), ANSWERS["access"] | {"access": ["x" * 100] * 9000})
    assert len(str(draft().data)) < 20_000


def test_a_flood_of_text_is_not_kept(client, url):
    client.post(step_of(url, "what"), ANSWERS["what"] | {"description": "x" * 200_000})
    assert len(str(draft().data)) < 20_000


def test_the_form_speaks_english(client, campaign, english_home, locales):
    page = campaign.get_parent().specific.copy_for_translation(locales["en"])
    page.save_revision().publish()
    response = client.post(f"/en/open-doors/{campaign.pk}/", {"website": ""})
    assert response.url.startswith("/en/open-doors/")
    assert draft().language == "en"
    assert 'lang="en"' in client.get(response.url).content.decode()
    assert 'hreflang="sv"' in client.get(response.url).content.decode()


# Pictures


def send_picture(client, url, file, alt="Två personer bakar."):
    return client.post(step_of(url, "picture"), {"picture": file, "picture_alt": alt})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_kept_between_the_steps_and_goes_with_the_event(client, url, kind):
    fill_in(client, url)
    assert send_picture(client, url, picture_file(kind=kind)).status_code == 302
    assert draft().picture
    assert client.get(step_of(url, "picture") + "file/").status_code == 200
    name = draft().picture.name
    assert client.get(f"/media/{name}").status_code == 404
    storage = draft().picture.storage
    send(client, url)
    event = Event.objects.get()
    assert event.picture.title == event.title
    assert event.picture_alt == "Två personer bakar."
    assert not storage.exists(name)
    assert client.get(event.picture.file.url).status_code == 404


def test_where_and_with_what_a_picture_was_taken_is_removed_and_it_stands_up(client, url):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Kameran"
    exif.get_ifd(0x8825)[1] = "N"
    file = picture_file(size=(80, 60), exif=exif.tobytes(), comment=b"hemligt")
    assert send_picture(client, url, file).status_code == 302
    with draft().picture.open("rb") as kept:
        data = kept.read()
    made = Image.open(io.BytesIO(data))
    assert made.size == (60, 80)
    assert not made.getexif()
    assert b"Kameran" not in data
    assert b"hemligt" not in data


def bomb():
    """A PNG that says that it is 30 000 pixels each way, and is small."""
    file = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(file, "PNG")
    return SimpleUploadedFile("bomb.png", file.getvalue(), "image/png")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "make",
    [
        lambda: SimpleUploadedFile("bild.svg", SVG, "image/svg+xml"),
        lambda: SimpleUploadedFile("bild.png", SVG, "image/png"),
        lambda: SimpleUploadedFile("bild.jpg", b"<html>", "image/jpeg"),
        lambda: SimpleUploadedFile("bild.jpg", b"", "image/jpeg"),
        lambda: SimpleUploadedFile("bild.jpg", picture_file((900, 900)).read()[:800], "image/jpeg"),
        lambda: picture_file(kind="GIF", name="bild.gif"),
        lambda: picture_file(kind="TIFF", name="bild.jpg"),
        lambda: SimpleUploadedFile("bild.jpg", b"\xff" * (10 * 1024 * 1024 + 1), "image/jpeg"),
        lambda: picture_file(size=(8000, 7600), kind="JPEG"),
        lambda: picture_file(size=(5100, 5000), kind="PNG"),
        bomb,
    ],
    ids=[
        *("svg", "svg as png", "html", "empty", "cut off", "gif", "tiff", "heavy"),
        *("large", "large to decode", "bomb"),
    ],
)
def test_a_file_that_is_no_picture_is_told_of_and_the_rest_is_kept(client, url, make):
    response = send_picture(client, url, make(), alt="En bild på oss.")
    assert response.status_code == 200
    assert list(errors_in(response)) == ["picture"]
    assert "En bild på oss." in response.content.decode()
    assert not draft().picture


def test_a_picture_without_words_is_kept_and_the_words_asked_for(client, url):
    response = send_picture(client, url, picture_file(), alt="")
    assert list(errors_in(response)) == ["picture_alt"]
    assert draft().picture
    assert client.post(step_of(url, "picture"), {"picture_alt": "Nu med ord."}).status_code == 302


def test_a_picture_can_be_replaced_and_taken_away(client, url):
    send_picture(client, url, picture_file())
    first = draft().picture.name
    send_picture(client, url, picture_file(size=(30, 30)))
    storage, second = draft().picture.storage, draft().picture.name
    assert not storage.exists(first)
    client.post(step_of(url, "picture"), {"picture_alt": "x", "remove": "on"})
    assert not draft().picture
    assert not storage.exists(second)


def test_no_image_is_made_of_an_event_without_a_picture(client, url):
    fill_in(client, url)
    send(client, url)
    assert CustomImage.objects.count() == 0


def test_a_step_asks_few_questions_of_the_database(
    client, url, campaign, django_assert_max_num_queries
):
    for number in range(30):
        make_enterprise(name=f"Företaget {number}")
    fill_in(client, url)
    for step in (*ANSWERS, "check"):
        with django_assert_max_num_queries(15):
            client.get(step_of(url, step))


def test_the_confirmation_mail_asks_and_a_fetched_link_confirms_nothing(client, url):
    fill_in(client, url)
    send(client, url)
    assert mail.outbox[-1].to == ["kim@example.com"]
    link = link_in(mail.outbox[-1], "bekrafta")
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert EventOrganiser.objects.get().confirmed_at is None


def test_a_draft_is_reached_only_by_its_own_link(client, campaign, url):
    other = EventDraft.objects.create(campaign=campaign, data={"what": {"title": ["Hemlig"]}})
    assert "Hemlig" not in client.get(step_of(url, "what")).content.decode()
    assert "Hemlig" in client.get(step_url(other, "what")).content.decode()
    assert timedelta(0) <= other.updated_at - other.created_at
