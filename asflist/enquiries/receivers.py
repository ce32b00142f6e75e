"""Who can be asked, and where their mail goes: nobody else is ever shown an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from asflist.models import EnquiryReceiver, Enterprise, EnterpriseOwner, EnterpriseQuerySet
from core.enums import ContentLanguage

#: As many enquiries as one entry gets within a day.
MOST_A_DAY = 20


@dataclass(frozen=True)
class Reader:
    """Somebody who reads an entry's mail.

    ``mark`` stands for them in signed links, and says nothing of the address: a link dies with the
    owner, or with the entry's public address, that it was sent to.
    """

    email: str
    language: str
    mark: str


def receivable() -> EnterpriseQuerySet:
    """Return the published entries, in the source language, that have somebody to write to."""
    owners = EnterpriseOwner.objects.confirmed().filter(enterprise=OuterRef("pk"))
    entries = Enterprise.objects.published().in_source_language()
    return entries.filter(~Q(email="") | Exists(owners))


def readers_of(enterprise: Enterprise) -> list[Reader]:
    """Return the confirmed owners, else the entry's public address; one query."""
    owners = EnterpriseOwner.objects.confirmed().filter(enterprise=enterprise).order_by("pk")
    found = [owner_reader(owner) for owner in owners]
    if not found and enterprise.email:
        found = [public_reader(enterprise.email)]
    return found


def owner_reader(owner: EnterpriseOwner) -> Reader:
    """Return the owner as a reader of the entry's mail."""
    return Reader(owner.email, owner.language, f"o{owner.uid.hex}")


def public_reader(email: str) -> Reader:
    """Return whoever reads the entry's public address."""
    digest = salted_hmac("asflist.enquiries.receivers", email.lower(), algorithm="sha256")
    return Reader(email, ContentLanguage.SWEDISH, f"e{digest.hexdigest()[:32]}")


def busy_today(entries: Iterable[Enterprise], now: datetime) -> list[Enterprise]:
    """Return those that have got as many enquiries as one gets within a day; one query."""
    recent = EnquiryReceiver.objects.sent_between(now - timedelta(days=1), now)
    counted = recent.filter(enterprise__in=list(entries)).values_list("enterprise")
    numbers = dict(counted.annotate(number=Count("pk")).order_by())
    return [entry for entry in entries if numbers.get(entry.pk, 0) >= MOST_A_DAY]
