"""Telling owners that a certificate soon ends."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from asflist.models import Enterprise, EnterpriseOwner
from core.dates import swedish_today
from core.mail import full_url
from core.outbox import post

#: How many days before the end owners are told, the latest first.
STAGES = (30, 90)


def stage_of(until: date, today: date) -> int | None:
    """Return the stage that a certificate is in: 30, 90 or None while it is long to its end."""
    left = (until - today).days
    return next((days for days in STAGES if 0 <= left <= days), None)


def remind() -> int:
    """Have a mail sent to each owner once a stage, and count them; safe to run twice."""
    today = swedish_today()
    ending = Enterprise.objects.published().in_source_language()
    ending = ending.filter(
        certified_until__gte=today, certified_until__lte=today + timedelta(days=max(STAGES))
    )
    owners = EnterpriseOwner.objects.confirmed().filter(enterprise__in=ending)
    return sum(remind_owner(owner, today) for owner in owners.select_related("enterprise"))


def remind_owner(owner: EnterpriseOwner, today: date) -> bool:
    """Have one owner told; False where that has been done for the certificate's stage."""
    until = owner.enterprise.certified_until
    stage = stage_of(until, today) if until else None
    if until is None or stage is None:
        return False
    with translation.override(owner.language):
        url = full_url(reverse("owner_certification"))
    with transaction.atomic():
        return post(
            f"certificate:{owner.uid}:{until.isoformat()}:{stage}",
            "asflist/mail/certificate_ends.txt",
            {"owner": owner, "enterprise": owner.enterprise, "until": until, "url": url},
            to=owner.email,
            language=owner.language,
        )
