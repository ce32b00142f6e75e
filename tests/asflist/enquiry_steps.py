"""What buyers do with enquiries, step by step, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from asflist.enquiries.links import buyer_link, confirm_link, receiver_link
from asflist.enquiries.receivers import readers_of
from asflist.models import Enquiry, EnquiryReceiver, Enterprise
from core.models import OutgoingMail

BUYER = "inkop@kommun.example"


def choose(client: Client, *entries: Enterprise) -> None:
    """Put entries on the client's shortlist."""
    for entry in entries:
        path = f"/forfragan/lagg-till/{entry.slug}/"
        client.post(path, headers={"sec-fetch-site": "same-origin"})


def filled_in(**kw: Any) -> dict[str, Any]:
    """Return a form that is right."""
    return {
        "title": "Lunch åt fyrtio",
        "text": "Varje tisdag i ett halvår.",
        "municipality": "2180",
        "name": "Ines Inköpare",
        "organisation": "Exempelkommun",
        "email": BUYER,
    } | kw


def write(client: Client, *entries: Enterprise, **kw: Any) -> str:
    """Choose entries and write to them; return the path at which it is confirmed."""
    choose(client, *entries)
    response = client.post("/forfragan/skriv/", filled_in(**kw))
    assert response.status_code == 302, response.context["form"].errors
    return path_of(confirm_link(Enquiry.objects.latest("pk")))


def send(client: Client, *entries: Enterprise, **kw: Any) -> Enquiry:
    """Write an enquiry, confirm it, and return it."""
    assert client.post(write(client, *entries, **kw)).status_code == 302
    return Enquiry.objects.latest("pk")


def age(enquiry: Enquiry, days: float) -> None:
    """Let the enquiry have been sent so many days ago."""
    then = timezone.now() - timedelta(days=days)
    Enquiry.objects.filter(pk=enquiry.pk).update(sent_at=then, last_event_at=then)


def path_of(url: str) -> str:
    """Return a link without scheme and host."""
    return urlsplit(url).path


def answer_path(entry: Enterprise) -> str:
    """Return the path at which the first who reads the entry's mail answers the last enquiry."""
    receiver = EnquiryReceiver.objects.filter(enterprise=entry).latest("pk")
    return path_of(receiver_link(receiver, readers_of(entry)[0]))


def buyer_path() -> str:
    """Return the path of the buyer's page of the last enquiry."""
    return path_of(buyer_link(Enquiry.objects.latest("pk")))


@contextmanager
def new_mails() -> Iterator[list[OutgoingMail]]:
    """Give the mails that are written within the block, once it has ended."""
    known = set(OutgoingMail.objects.values_list("pk", flat=True))
    found: list[OutgoingMail] = []
    yield found
    found += OutgoingMail.objects.exclude(pk__in=known).order_by("pk")
