"""Posters and pictures to share: made from the event's data, whatever somebody has typed there."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import outloud
import pikepdf
import pymupdf
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image as PillowImage

from campaigns.events import posters
from campaigns.models import Event
from tests.campaigns.factories import make_campaign, make_event

HOSTILE = {
    "of_120_characters": "Bygg fågelholkar, laga cyklar och drick kaffe med oss hela dagen " * 2,
    "one_long_word": "W" * 120,
    "markup": '#panic("x") *b* _i_ $x$ @ref <label> \\ "] #{ read("/etc/passwd") } // `raw` = h',
    "json": '", "url": "https://evil.example/", "x": {"y": [\\u0000',
    "emoji_and_signs": "Kaffe ☕️👩🏽‍🍳 \u202eomvänt\u202c \u0007 العربية",
    "nothing_printable": "☕️",
}


@pytest.fixture
def campaign(campaigns: Any) -> Any:
    """A live campaign to come."""
    return make_campaign(campaigns, title="Öppet hus-dagen")


def fetch(client: Any, name: str, event: Event, language: str = "sv") -> bytes:
    """Return the file at the route ``name``."""
    with translation.override(language):
        response = client.get(reverse(name, args=[event.uid]))
    assert response.status_code == 200
    return bytes(response.content)


def text_of(pdf: bytes) -> str:
    """Return what the pages say, white space made one."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        assert document.page_count == 1
        # A long word may be broken anywhere, at a character of no width.
        text = document[0].get_text().replace("\u200b", "")
        return re.sub(r"\s+", " ", text)


def findings(pdf: bytes, tmp_path: Any, *severities: str) -> list[str]:
    """Return what an accessibility checker finds (PDF/UA-1 and WCAG 2.2)."""
    file = tmp_path / "poster.pdf"
    file.write_bytes(pdf)
    result = outloud.check(str(file))
    assert result.error is None
    found = result.sorted_findings()
    return [f"{item.rule}: {item.message}" for item in found if item.severity in severities]


def test_a_poster_says_what_when_where_and_how(client, campaign):
    event = make_event(
        campaign,
        title="Bygg en fågelholk",
        host="Snickeriet",
        access=["step_free", "hearing_loop"],
        public_transport="Buss 4 till Brynäs",
        booking="contact",
        booking_contact="Ring 026-10 00 00",
    )
    text = text_of(fetch(client, "event_poster", event))
    with translation.override("sv"):
        expected = [*event.access_facts, event.ordered_times()[0].in_words]
    for words in (
        *expected,
        "Öppet hus-dagen",
        "Bygg en fågelholk",
        "Snickeriet",
        "Caféet, Brynässtigen 2",
        "Gävle, Gävleborgs län",
        "Buss 4 till Brynäs",
        "Ring 026-10 00 00",
    ):
        assert words.replace("\u00a0", " ") in text.replace("\u00a0", " "), words


def test_the_code_and_the_print_lead_to_the_event(client, campaign):
    event = make_event(campaign)
    address = f"http://localhost:8000{event.get_url()}"
    pdf = fetch(client, "event_poster", event)
    assert address.split("://")[1].rstrip("/") in text_of(pdf).replace(" ", "")
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        assert [link["uri"] for link in document[0].get_links()] == [address]
    with translation.override("sv"):
        assert posters.describe(event, "sv", None)["qr"] == posters.qr_code(address)


def test_a_poster_is_accessible_and_says_its_title_and_language(client, campaign, tmp_path):
    event = make_event(campaign, title="Bygg en fågelholk", host="Snickeriet")
    for language in ("sv", "en"):
        pdf = fetch(client, "event_poster", event, language)
        assert findings(pdf, tmp_path, "error", "warning") == []
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert str(document.Root.Lang) == language
            with document.open_metadata() as metadata:
                assert metadata["dc:title"] == "Bygg en fågelholk – Snickeriet"
                assert metadata["pdfuaid:part"] == "1"


def alternative_texts(pdf: bytes) -> list[str]:
    """Return the alternative texts in the PDF, in no order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]


def test_the_code_is_told_to_those_who_cannot_see_it(client, campaign):
    event = make_event(campaign)
    [alt] = alternative_texts(fetch(client, "event_poster", event))
    assert f"http://localhost:8000{event.get_url()}" in alt


def test_the_poster_follows_the_reader_s_language(client, campaign):
    event = make_event(campaign)
    day = event.times.get().local_start
    english = text_of(fetch(client, "event_poster", event, "en"))
    assert f"{day:%A}" in english
    assert f"{day:%A}" not in text_of(fetch(client, "event_poster", event))


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("cancelled", [False, True])
def test_whatever_was_typed_fits_and_is_only_text(client, campaign, tmp_path, title, cancelled):
    title = title[:120]
    event = make_event(
        campaign,
        title=title,
        host=title,
        venue=(title * 2)[:160],
        public_transport=(title * 3)[:300],
        booking="contact",
        booking_contact=(title * 2)[:160],
        access=["step_free", "accessible_toilet", "hearing_loop", "sign_language", "quiet_place"],
    )
    if cancelled:
        event.cancelled_at = timezone.now()
        event.save()
    pdf = fetch(client, "event_poster", event)
    assert findings(pdf, tmp_path, "error") == []
    shown = text_of(pdf).replace(" ", "").replace("\u00a0", "")
    assert posters.printable(title).replace(" ", "") in shown
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        page = document[0]
        for x0, y0, x1, y1, *_rest in page.get_text("words"):
            assert page.rect.contains(pymupdf.Rect(x0, y0, x1, y1))
        blocks = [pymupdf.Rect(block[:4]) for block in page.get_text("blocks") if block[4].strip()]
        overlaps = [
            (one, other)
            for number, one in enumerate(blocks)
            for other in blocks[number + 1 :]
            if (one & other).height > 3 and (one & other).width > 3
        ]
        assert overlaps == []
    picture = PillowImage.open(io.BytesIO(fetch(client, "event_share", event)))
    assert picture.size == (1200, 630)


def test_many_times_fit_and_the_rest_are_counted(client, campaign):
    start = timezone.now()
    spans = [
        (start + timedelta(days=day), start + timedelta(days=day, hours=2)) for day in range(12)
    ]
    event = make_event(campaign, times=spans)
    text = text_of(fetch(client, "event_poster", event)).replace("\u00a0", " ")
    shown = [time for time in event.ordered_times() if time.in_words in text]
    assert len(shown) == posters.MOST_TIMES
    assert str(12 - posters.MOST_TIMES) in text


def test_the_picture_to_share_has_the_size_that_others_ask_for(client, campaign):
    event = make_event(campaign)
    content = fetch(client, "event_share", event)
    picture = PillowImage.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(content) < 300_000


def test_a_cancelled_event_s_poster_and_picture_say_so(client, campaign):
    event = make_event(campaign)
    before = fetch(client, "event_poster", event)
    picture = fetch(client, "event_share", event)
    event.cancelled_at = timezone.now()
    event.save()
    with translation.override("sv"):
        word = posters.describe(Event.objects.get(pk=event.pk), "sv", None)["cancelled"]
    assert word
    assert word in text_of(fetch(client, "event_poster", event))
    assert word not in text_of(before)
    assert fetch(client, "event_share", event) != picture


def test_a_poster_is_made_once_and_anew_when_the_event_changes(client, campaign, monkeypatch):
    made = []
    compile_typst = posters.compile_typst

    def count(*args: Any) -> bytes:
        made.append(args)
        return compile_typst(*args)

    monkeypatch.setattr(posters, "compile_typst", count)
    event = make_event(campaign, title="Före")
    first = fetch(client, "event_poster", event)
    assert fetch(client, "event_poster", event) == first
    assert len(made) == 1
    event.title = "Efter"
    event.save_revision().publish()
    assert "Efter" in text_of(fetch(client, "event_poster", event))
    assert len(made) == 2
    cache.clear()
    assert "Efter" in text_of(fetch(client, "event_poster", event))


def test_an_unpublished_event_has_neither(client, campaign):
    for event in (make_event(campaign, publish=False), make_event(campaign)):
        if event.live:
            event.unpublish()
        for name in ("event_poster", "event_share"):
            assert client.get(reverse(name, args=[event.uid])).status_code == 404


def test_a_draft_change_is_not_on_the_poster(client, campaign):
    event = make_event(campaign, title="Godkänt")
    event.title = "Väntar"
    event.save_revision()
    assert "Godkänt" in text_of(fetch(client, "event_poster", event))


def test_both_are_kept_in_front_and_typed(client, campaign):
    event = make_event(campaign)
    for name, content_type in (("event_poster", "application/pdf"), ("event_share", "image/png")):
        response = client.get(reverse(name, args=[event.uid]))
        assert response.headers["Content-Type"] == content_type
        assert "public" in response.headers["Cache-Control"]
        again = client.get(
            reverse(name, args=[event.uid]), headers={"If-None-Match": response.headers["ETag"]}
        )
        assert again.status_code == 304
