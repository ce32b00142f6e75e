"""Enquiries in three stages, and one search that somebody watches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from asflist.enquiries import actions
from asflist.enums import AnswerState
from asflist.models import Enquiry, EnquiryReceiver, Enterprise, SavedSearch
from asflist.saved_searches import subscriptions
from home.demo.content import read

PLAIN = ("title", "text", "municipality", "name", "organisation", "email", "phone")


def load_enquiries(entries: dict[str, Enterprise]) -> int:
    """Make the enquiries and the watched search; return how many enquiries."""
    texts = read("enquiries")
    for item in texts["enquiries"]:
        make_enquiry(item, entries)
    subscriptions.confirm(SavedSearch.objects.create(**texts["watched"]))
    return len(texts["enquiries"])


def make_enquiry(item: dict[str, Any], entries: dict[str, Enterprise]) -> None:
    """Make one enquiry, confirm it, answer it, and let the time go."""
    enquiry = Enquiry.objects.create(
        **{name: item[name] for name in PLAIN if name in item},
        reserved_contract=item.get("reserved_contract", False),
        wanted_by=timezone.localdate() + timedelta(days=item["wanted_in_days"]),
    )
    receivers = {
        key: EnquiryReceiver.objects.create(
            enquiry=enquiry,
            enterprise=entries[key],
            name=entries[key].name,
            county_code=entries[key].county_code,
        )
        for key in item["to"]
    }
    actions.confirm(enquiry)
    for key, answer in item["answers"].items():
        actions.answer(receivers[key], AnswerState(answer["state"]), answer.get("text", ""), None)
    deals = [
        actions.Deal(receivers[key], answer["kronor"])
        for key, answer in item["answers"].items()
        if "kronor" in answer
    ]
    if deals:
        actions.tell_outcome(enquiry, deals, "")
    let_pass(enquiry, timedelta(days=item["days_ago"]))


def let_pass(enquiry: Enquiry, time: timedelta) -> None:
    """Let everything have been so long ago, but for the answers: they came half as long ago."""
    Enquiry.objects.filter(pk=enquiry.pk).update(
        created_at=F("created_at") - time,
        sent_at=F("sent_at") - time,
        last_event_at=F("last_event_at") - time / 2,
        outcome_at=F("outcome_at") - time / 2,
    )
    enquiry.receivers.update(
        opened_at=F("opened_at") - time / 2, answered_at=F("answered_at") - time / 2
    )
