"""The page of one event, as visitors, search engines and staff's preview meet it."""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from campaigns.enums import AccessFact
from campaigns.models import Event, EventTime
from tests.asflist.factories import make_industry, make_list_page
from tests.campaigns.factories import make_campaign, make_event

GAVLE, SANDVIKEN, UMEA, LULEA = "2180", "2181", "2480", "2580"


@pytest.fixture
def campaign(campaigns):
    return make_campaign(campaigns, title="Öppet hus 2027", slug="dagen")


def page_of(client, event):
    response = client.get(event.get_url())
    assert response.status_code == 200
    return response.content.decode()


def described(client, event):
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page_of(client, event), re.DOTALL
    )
    return json.loads(text)


def two_times(day):
    start = datetime.combine(day, time(10), timezone.get_default_timezone())
    later = start + timedelta(hours=4)
    return [(later, later + timedelta(hours=2)), (start, start + timedelta(hours=2))]


def test_a_visitor_reads_who_what_when_and_where(client, campaign):
    event = make_event(
        campaign,
        public_transport="Buss 10, hållplats Brynäs, 100 meter.",
        access_note="Dörren är tung.",
        languages=["sv", "ar"],
        industry=make_industry(),
    )
    html = page_of(client, event)
    for words in (
        event.title,
        event.host,
        event.times.get().in_words,
        event.venue,
        "Gävle, Gävleborgs län",
        event.description,
        event.public_transport,
        event.access_note,
        ", ".join(event.spoken_languages),
        "Kafé och catering",
        f'href="{campaign.get_url()}"',
        f'href="/events/{event.uid}/calendar.ics"',
        f'href="/events/{event.uid}/poster.pdf"',
        f'href="/campaigns/{campaign.pk}/calendar.ics"',
        "programme-map__point",
    ):
        assert words in html


def test_the_page_says_what_is_there_and_what_is_not_known_to_be(client, campaign):
    event = make_event(campaign, access=["step_free", "quiet_place"])
    response = client.get(event.get_url())
    there, missing = response.content.decode().split('class="event-missing"')
    assert all(str(AccessFact(fact).label) in there for fact in ("step_free", "quiet_place"))
    assert len(response.context["missing_access"]) == len(AccessFact) - 2
    assert all(label in missing for label in response.context["missing_access"])
    full = make_event(campaign, access=AccessFact.values)
    assert "event-missing" not in page_of(client, full)


def test_each_time_is_booked_by_itself_while_it_has_not_begun(client, campaign):
    event = make_event(campaign, booking="here", capacity=12, times=two_times(campaign.starts_on))
    html = page_of(client, event)
    links = re.findall(r'href="/boka/([0-9a-f-]+)/"', html)
    in_order = event.times.order_by("starts_at").values_list("uid", flat=True)
    assert links == [str(uid) for uid in in_order]
    begun = timezone.now() - timedelta(minutes=5)
    event.times.update(starts_at=begun)
    assert "/boka/" not in page_of(client, event)


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("Ring 070-174 06 05, vardagar.", "tel:+46701740605"),
        ("Mejla bokning@kafe.example.", "mailto:bokning@kafe.example"),
        ("Fråga i dörren", None),
    ],
)
def test_a_contact_for_booking_is_a_link_where_it_can_be(client, campaign, contact, link):
    event = make_event(campaign, booking="contact", booking_contact=contact)
    html = page_of(client, event)
    assert contact.split()[0] in html
    booking = html.split("event-booking")[1].split("</div>")[0]
    assert (f'href="{link}"' in booking) if link else ("<a " not in booking)


def test_booking_elsewhere_leads_there(client, campaign):
    event = make_event(campaign, booking="online", booking_url="https://kafe.example/boka")
    assert 'href="https://kafe.example/boka" rel="external"' in page_of(client, event)


def test_a_cancelled_event_says_so_with_its_reason_and_cannot_be_booked(client, campaign):
    event = make_event(
        campaign,
        booking="here",
        capacity=3,
        cancelled_at=timezone.now(),
        cancel_reason="Taket läcker.",
    )
    html = page_of(client, event)
    assert "event-banner--cancelled" in html
    assert "Taket läcker." in html
    assert "/boka/" not in html
    assert "poster.pdf" not in html
    assert f'href="/events/{event.uid}/calendar.ics"' in html


def test_an_event_that_has_been_says_so(client, campaigns):
    event = make_event(
        make_campaign(campaigns, slug="i-fjol", days=-365), booking="here", capacity=3
    )
    html = page_of(client, event)
    assert "event-banner" in html
    assert "/boka/" not in html
    assert "calendar.ics" in html  # the whole programme's
    assert f"/events/{event.uid}/calendar.ics" not in html


def test_words_in_another_language_say_which(client, campaign):
    event = make_event(campaign, title="Have coffee with us", text_language="en")
    html = page_of(client, event)
    assert '<h1 lang="en">Have coffee with us</h1>' in html
    assert '<div class="flow" lang="en">' in html
    swedish = page_of(client, make_event(campaign))
    assert "<h1>Drick kaffe" in swedish


def test_the_event_is_described_for_search_engines(client, campaign, home):
    make_list_page(home)
    event = make_event(campaign, languages=["sv", "swl"], booking="here", capacity=9)
    data = described(client, event)
    day = campaign.starts_on.isoformat()
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "Event"
    assert data["name"] == event.title
    assert datetime.fromisoformat(data["startDate"]) == event.times.get().starts_at
    assert datetime.fromisoformat(data["endDate"]) == event.times.get().ends_at
    assert data["startDate"].startswith(f"{day}T10:00+0")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert data["location"] == {
        "@type": "Place",
        "name": event.host,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": event.venue,
            "addressLocality": "Gävle",
            "addressRegion": "Gävleborgs län",
            "addressCountry": "SE",
        },
    }
    assert data["organizer"] == {"@type": "Organization", "name": event.host}
    assert data["image"] == [f"http://testserver/events/{event.uid}/share.png"]
    assert data["description"] == event.description
    assert data["inLanguage"] == ["sv", "swl"]
    assert data["isAccessibleForFree"] is True
    assert data["superEvent"]["name"] == "Öppet hus 2027"
    assert data["superEvent"]["startDate"] == day
    assert "subEvent" not in data


def test_several_times_and_a_cancellation_are_described_too(client, campaign):
    event = make_event(campaign, times=two_times(campaign.starts_on), cancelled_at=timezone.now())
    data = described(client, event)
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    first, second = data["subEvent"]
    assert data["startDate"] == first["startDate"] < second["startDate"]
    assert data["endDate"] == second["endDate"]
    for time_below in (first, second):
        assert time_below["eventStatus"] == "https://schema.org/EventCancelled"
        assert time_below["location"]["address"]["addressLocality"] == "Gävle"


def test_an_event_s_words_cannot_end_the_description(client, campaign):
    event = make_event(campaign, title="</script><script>alert(1)</script>")
    assert described(client, event)["name"] == event.title
    assert "<script>alert" not in page_of(client, event)


def test_what_is_shared_is_the_event_s_own_picture_and_words(client, campaign):
    event = make_event(campaign)
    html = page_of(client, event)
    assert (
        f'<meta property="og:image" content="http://testserver/events/{event.uid}/share.png">'
        in html
    )
    assert f'<meta property="og:title" content="{event.title}">' in html


def test_the_nearest_coming_events_of_the_campaign_are_shown(client, campaigns, campaign):
    here = make_event(campaign, municipality_code=GAVLE)
    for title, code in {"Längst bort": LULEA, "Närmast": SANDVIKEN, "Långt": UMEA}.items():
        make_event(campaign, title=title, municipality_code=code)
    make_event(campaign, title="Granne", municipality_code=GAVLE)
    make_event(campaign, title="Inställd", municipality_code=GAVLE, cancelled_at=timezone.now())
    make_event(make_campaign(campaigns, slug="annan"), title="Annan kampanj")
    context = client.get(here.get_url()).context
    assert [card.event.title for card in context["near"]] == ["Granne", "Närmast", "Långt"]


def test_drafts_have_no_page(client, campaign):
    draft = make_event(campaign, publish=False)
    assert client.get(draft.get_url()).status_code == 404
    event = make_event(campaign)
    event.unpublish()
    assert client.get(event.get_url()).status_code == 404


def test_a_picture_is_shown_with_its_words_until_consent_ends(client, campaign, make_image):
    image = make_image()
    event = make_event(campaign, picture=image, picture_alt="En hand bakar bröd")
    assert 'alt="En hand bakar bröd"' in page_of(client, event)
    assert len(described(client, event)["image"]) == 2
    image.consent_expires_on = timezone.localdate() - timedelta(days=1)
    image.save()
    assert "En hand bakar bröd" not in page_of(client, event)
    assert len(described(client, event)["image"]) == 1


def test_the_page_keeps_its_budget_of_queries(campaign, count_queries, home):
    make_list_page(home)
    event = make_event(campaign, booking="here", capacity=5, industry=make_industry())
    for _ in range(3):
        make_event(campaign, booking="here", capacity=5)
    few = count_queries(event.get_url())
    for _ in range(27):
        make_event(campaign, booking="here", capacity=5)
    assert count_queries(event.get_url()) == few <= 15


def test_staff_see_an_event_before_it_is_saved(campaign):
    event = Event(
        campaign=campaign,
        host="Gavlecafé",
        title="Kaffe på kajen",
        description="Kom in.",
        municipality_code=GAVLE,
        venue="Kajen 1",
        booking="here",
        capacity=4,
        access=["step_free"],
    )
    starts = timezone.now() + timedelta(days=3)
    event.times = [EventTime(starts_at=starts, ends_at=starts + timedelta(hours=2))]
    response = event.make_preview_request()
    assert response.status_code == 200
    assert "Kaffe på kajen" in response.content.decode()


def test_staff_see_an_event_that_has_hardly_been_begun(home):
    response = Event(title="Ny").make_preview_request()
    assert response.status_code == 200
