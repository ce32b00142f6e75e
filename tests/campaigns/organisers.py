"""An organiser at the public form: what is typed, step by step, and the links in the mails."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image

from campaigns.models import CampaignPage

ANSWERS: dict[str, dict[str, Any]] = {
    "who": {
        "enterprise": "",
        "host": "Kvarterscaféet",
        "name": "Kim i kassan",
        "email": "kim@example.com",
        "phone": "070-174 06 05",
    },
    "what": {
        "title": "Baka bullar med oss",
        "description": "Vi visar hur vi bakar.\nAlla får prova.",
        "text_language": "sv",
        "industry": "",
        "languages": ["sv", "ar"],
    },
    "when": {"rows": "1", "day-0": "2027-05-08", "opens-0": "10:00", "closes-0": "14:00"},
    "where": {"municipality_code": "2180", "venue": "Caféet, Brynässtigen 2"},
    "access": {"access": ["step_free"], "public_transport": "Buss 12", "access_note": "En ramp."},
    "booking": {"booking": "here", "capacity": "10", "booking_contact": "", "booking_url": ""},
    "picture": {"picture_alt": ""},
}


class Browser(Client):
    """A browser in whose requests what waits for the commit is done, as it is for visitors."""

    def request(self, **request: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


def picture_file(size=(80, 60), kind="JPEG", name="bild.jpg", **options):
    """Return an uploaded picture."""
    file = io.BytesIO()
    Image.new("RGB", size, "#c8452b").save(file, kind, **options)
    return SimpleUploadedFile(name, file.getvalue(), f"image/{kind.lower()}")


def begin(client: Client, campaign: CampaignPage) -> str:
    """Press the button of the start page, and return the address of the first step."""
    response = client.post(reverse("event_register", args=[campaign.pk]), {"website": ""})
    assert response.status_code == 302, response.content.decode()
    return response.url


def step_of(url: str, step: str) -> str:
    """Return the address of another step of the same draft."""
    return re.sub(r"[^/]+/$", f"{step}/", urlsplit(url).path)


def fill_in(client: Client, url: str, **changes: dict[str, Any]) -> str:
    """Answer every step as ``ANSWERS`` with ``changes`` by step; return the page to check."""
    for step, answers in ANSWERS.items():
        response = client.post(step_of(url, step), answers | changes.get(step, {}))
        assert response.status_code == 302, f"{step}: {errors_in(response)}"
    return step_of(url, "check")


def send(client: Client, url: str) -> Any:
    """Press the last button."""
    return client.post(step_of(url, "check"), {"promise": "on"})


def errors_in(response: Any) -> Any:
    """Return the errors of the form that a page shows."""
    form = (response.context or {}).get("form")
    return form and form.errors.as_data()


def link_in(message: mail.EmailMessage, *words: str) -> str:
    """Return the path of the first link in a mail that has one of ``words`` in it."""
    for address in re.findall(r"https?://\S+", str(message.body)):
        if any(word in address for word in words):
            return urlsplit(address).path
    raise AssertionError(f"No link with {words} in:\n{message.body}")


def register(client: Client, campaign: CampaignPage, **changes: dict[str, Any]) -> str:
    """Send an event in and confirm the address; return the path of the organiser's page."""
    url = begin(client, campaign)
    fill_in(client, url, **changes)
    assert send(client, url).status_code == 302
    confirm = link_in(mail.outbox[-1], "bekrafta", "confirm")
    response = client.post(confirm)
    assert response.status_code == 302
    return response.url
