"""Deleting personal data when it has served its purpose (GDPR, article 5.1 e)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from wagtail.models import Revision

from asflist.enquiries.retention import forget_enquiries
from asflist.owners.retention import forget_invitations, forget_owners
from asflist.register.importing import forget_imports
from asflist.retention import forget_applications
from asflist.saved_searches.subscriptions import forget_saved_searches
from campaigns.dates import swedish_date
from campaigns.models import Booking, Event, EventDraft, EventOrganiser, PressSubscription
from core.outbox import forget_mails
from core.uploads import sweep
from library.feedback import forget_comments

#: Fourteen months: until the organiser has copied the event to the next edition.
KEEP_ORGANISERS = timedelta(days=426)
#: What was begun and never finished.
KEEP_UNFINISHED = timedelta(days=30)
#: A picture is in its folder a moment before its draft says so.
KEEP_NEW_FILES = timedelta(days=1)
KEEP_TASK_RESULTS_DAYS = 30


def delete_bookings(now: datetime) -> int:
    """Delete the bookings of events whose time to keep them is out, and count them."""
    today = swedish_date(now)
    events = Event.objects.filter(pk__in=Booking.objects.values("event"))
    spent = [
        event.pk
        for event in events.select_related("campaign").prefetch_related("times")
        if (last_day := event.personal_data_until()) and last_day < today
    ]
    bookings = Booking.objects.filter(event__in=spent)
    number = bookings.count()
    bookings.delete()
    return number


def forget_organisers(now: datetime) -> int:
    """Delete who answered for events that were long ago, and count them.

    The contact that visitors saw goes too, from the event and from what is kept of its history.
    """
    events = Event.objects.over_before(now - KEEP_ORGANISERS)
    with transaction.atomic():
        for event in events.exclude(booking_contact=""):
            forget_contact(event)
        organisers = EventOrganiser.objects.filter(event__in=events.values("pk"))
        number = organisers.count()
        organisers.delete()
    return number


def forget_contact(event: Event) -> None:
    """Empty the contact for booking in the event and in each of its revisions."""
    Event.objects.filter(pk=event.pk).update(booking_contact="")
    revisions = list(Revision.objects.for_instance(event))
    for revision in revisions:
        revision.content["booking_contact"] = ""
    Revision.objects.bulk_update(revisions, ["content"])


def delete_drafts(now: datetime) -> int:
    """Delete forms that nobody has touched for a month, and count them.

    Pictures that no form names any more go too, for whatever reason they were left behind.
    """
    number, _by_model = EventDraft.objects.filter(updated_at__lt=now - KEEP_UNFINISHED).delete()
    picture: Any = EventDraft._meta.get_field("picture")
    named = EventDraft.objects.exclude(picture="").values_list("picture", flat=True)
    sweep(picture.storage, picture.upload_to, set(named), now - KEEP_NEW_FILES)
    return number


def delete_unconfirmed_subscriptions(now: datetime) -> int:
    """Delete addresses that nobody confirmed within a month, and count them."""
    unconfirmed = PressSubscription.objects.filter(
        confirmed_at=None, created_at__lt=now - KEEP_UNFINISHED
    )
    number, _by_model = unconfirmed.delete()
    return number


def prune_task_results() -> None:
    """Delete the results of tasks that were done long ago, where a database keeps them."""
    if isinstance(task_backends["mail"], DatabaseBackend):
        call_command(
            "prune_db_task_results",
            "--backend=mail",
            min_age_days=KEEP_TASK_RESULTS_DAYS,
            queue_name="*",
            verbosity=0,
        )


def delete_what_is_spent() -> dict[str, int]:
    """Delete all personal data that has served its purpose; return how much, by what it was."""
    now = timezone.now()
    numbers = {
        "bookings": delete_bookings(now),
        "organisers": forget_organisers(now),
        "drafts": delete_drafts(now),
        "subscriptions": delete_unconfirmed_subscriptions(now),
        "answers": forget_comments(now),
        "enquiries": forget_enquiries(now),
        "saved searches": forget_saved_searches(now),
        "applications": forget_applications(now),
        "invitations": forget_invitations(now),
        "owners": forget_owners(now),
        "imports": forget_imports(now),
        "mails": forget_mails(now),
    }
    prune_task_results()
    return numbers
