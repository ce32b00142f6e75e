"""Applications in every state, changes under review, and the owners of what is on the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Locale, TaskState

from asflist import states
from asflist.acting import acting
from asflist.enums import Criterion
from asflist.models import Enterprise, EnterpriseOwner, Industry, ListingEvent
from home.demo import content
from home.demo.content import rich_text

PLAIN = (
    "name",
    "organisation_number",
    "legal_form",
    "municipality",
    "street_address",
    "postcode",
    "locality",
    "email",
    "phone",
    "website",
    "languages",
    "employees",
    "participants",
    "summary",
)
#: Days between counting the target group and applying.
COUNTED_BEFORE = 30
#: Days since the entries on the list were approved.
APPROVED_BEFORE = 200


def load_applications(enterprises: dict[str, Enterprise], swedish: Locale) -> int:
    """Make the owners, the applications and the changes; return how many applications."""
    keeper = User.objects.get(username="listansvarig")
    texts = content.read("applications")
    with acting(silent=True):
        load_owners(enterprises, texts["shared_owner"])
        date_approvals(enterprises, keeper)
        for item in texts["applications"]:
            make_application(item, swedish, keeper)
        for item in texts["changes"]:
            make_change(item, enterprises[item["enterprise"]], keeper)
    return len(texts["applications"])


def load_owners(enterprises: dict[str, Enterprise], shared: dict[str, Any]) -> None:
    """Give each entry an owner with a confirmed address, and some a second."""
    addresses = [(entry, f"redaktor@{key}.example") for key, entry in enterprises.items()]
    addresses += [(enterprises[key], shared["email"]) for key in shared["enterprises"]]
    EnterpriseOwner.objects.bulk_create(
        EnterpriseOwner(enterprise_id=entry.pk, email=email, confirmed_at=timezone.now())
        for entry, email in addresses
    )


def date_approvals(enterprises: dict[str, Enterprise], keeper: User) -> None:
    """Let what is on the list have been approved a while ago."""
    moment = timezone.now() - timedelta(days=APPROVED_BEFORE)
    entries = [entry.pk for entry in enterprises.values()]
    ListingEvent.objects.filter(enterprise__in=entries).update(user=keeper, made_at=moment)
    Enterprise.objects.filter(pk__in=entries).update(state_changed_at=moment)


def make_application(item: dict[str, Any], swedish: Locale, keeper: User) -> Enterprise:
    """Make one entry as its owner has sent it in, and take it through its steps."""
    entry = Enterprise(locale=swedish, live=False, **{name: item[name] for name in PLAIN})
    entry.offer = rich_text(item["offer"], {})
    entry.social_benefit = rich_text(item["social_benefit"], {})
    industries = Industry.objects.filter(locale=swedish, slug__in=item["industries"])
    entry.industries = list(industries)
    for criterion in Criterion:
        if "criteria" in item:
            setattr(entry, criterion.value, True)
            setattr(entry, f"{criterion.value}_proof", item["criteria"][criterion.value])
    if "target_group_share" in item:
        entry.target_group_share = item["target_group_share"]
        entry.target_group_share_on = timezone.localdate() - timedelta(days=COUNTED_BEFORE)
    entry.save()
    entry.save_revision()
    owner = EnterpriseOwner.objects.create(
        enterprise=entry, email=item["owner"], confirmed_at=timezone.now()
    )
    for step in item["steps"]:
        take(step, entry, owner, keeper)
    return entry


def take(step: dict[str, Any], entry: Enterprise, owner: EnterpriseOwner, keeper: User) -> None:
    """Take one step of an entry's history, on its day."""
    reason = step.get("reason", "").strip()
    by = owner if step.get("by_owner") else keeper
    match step["do"]:
        case "submit":
            states.submit(entry, owner)
        case "approve":
            states.approve(entry, keeper)
        case "request_changes":
            states.request_changes(entry, keeper, reason)
        case "decline":
            states.decline(entry, keeper, reason)
        case "pause":
            states.pause(entry, keeper, reason)
        case "withdraw":
            states.withdraw(entry, by, reason)
    date_back(entry, step["days_ago"])
    moment = timezone.now() - timedelta(days=step["days_ago"])
    Enterprise.objects.filter(pk=entry.pk).update(state_changed_at=moment)
    if step["do"] == "approve":
        states.set_confirmed(entry, timezone.localdate() - timedelta(days=step["days_ago"]))


def date_back(entry: Enterprise, days: int) -> None:
    """Let what was done last, and what waits for review, have been so many days ago."""
    moment = timezone.now() - timedelta(days=days)
    last = ListingEvent.objects.filter(enterprise=entry).first()
    if last is not None:
        ListingEvent.objects.filter(pk=last.pk).update(made_at=moment)
    TaskState.objects.for_instance(entry).update(started_at=moment)


def make_change(item: dict[str, Any], entry: Enterprise, keeper: User) -> None:
    """Send in a change of an entry on the list, and send it back where there is a reason."""
    entry = Enterprise.objects.get(pk=entry.pk)
    owner = entry.owners.earliest("pk")
    draft = entry.get_latest_revision_as_object()
    for name in ("summary", "employees", "languages"):
        if name in item:
            setattr(draft, name, item[name])
    draft.save_revision()
    states.submit(entry, owner)
    date_back(entry, item["days_ago"])
    if "reason" in item:
        states.request_changes(entry, keeper, item["reason"].strip())
        date_back(entry, item["days_ago"] - 1)
