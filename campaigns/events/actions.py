"""What organisers do with their events; views call these, and nothing else changes an event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from campaigns.dates import swedish_date, swedish_today
from campaigns.enums import BookingState
from campaigns.events.bookings import cancel_all
from campaigns.events.forms import STEPS, kept_form
from campaigns.events.organiser_mails import Letter, write_to
from campaigns.models import (
    Booking,
    CampaignPage,
    CampaignSeriesPage,
    Event,
    EventDraft,
    EventOrganiser,
    EventReport,
    EventTime,
)
from core.models import CustomImage

#: The event's fields that the form's steps fill in; picture and times have their own ways.
FIELDS = {
    "who": ["host"],
    "what": ["title", "description", "text_language", "languages"],
    "where": ["municipality_code", "venue"],
    "access": ["access", "public_transport", "access_note"],
    "booking": ["booking", "capacity", "booking_contact", "booking_url"],
}


class NotReadyError(Exception):
    """The draft lacks something; the text is the step that lacks it."""


def submit(draft: EventDraft) -> Event:
    """Send the draft in: as a new event whose organiser must confirm, or as a change to review.

    The draft is gone afterwards. Raises ``NotReadyError``, and ``EventDraft.DoesNotExist`` when it
    was sent in already.
    """
    with transaction.atomic():
        draft = EventDraft.objects.select_for_update().get(pk=draft.pk)
        answers = read_answers(draft)
        event = change_event(draft, answers) if draft.event else make_event(draft, answers)
        throw_away(draft)
    return event


def read_answers(draft: EventDraft) -> dict[str, dict[str, Any]]:
    """Return the cleaned data of each step. Raises ``NotReadyError``."""
    answers = {}
    for step in STEPS:
        form = kept_form(draft, step)
        if not form.is_valid():
            raise NotReadyError(step)
        answers[step] = form.cleaned_data
    return answers


def make_event(draft: EventDraft, answers: dict[str, dict[str, Any]]) -> Event:
    """Return a new, unpublished event with its organiser, who is asked to confirm the address."""
    event = Event(campaign=draft.campaign, copied_from=draft.copied_from, live=False)
    fill_in(event, draft, answers)
    event.save()
    event.save_revision()
    who = answers["who"]
    organiser = EventOrganiser.objects.create(
        event=event,
        name=who["name"],
        email=who["email"],
        phone=who["phone"],
        language=draft.language,
    )
    write_to(organiser, Letter.CONFIRM)
    return event


def change_event(draft: EventDraft, answers: dict[str, dict[str, Any]]) -> Event:
    """Keep the change as a revision and ask for a review; what is approved stays public."""
    stored = Event.objects.get(pk=draft.event_id)
    event = stored.get_latest_revision_as_object()
    fill_in(event, draft, answers)
    # A time that has bookings stays; those that were cancelled need not hold it.
    uids = [time.uid for time in event.times.all()]
    gone = Booking.objects.filter(event=stored, state=BookingState.CANCELLED)
    gone.exclude(time__uid__in=uids).delete()
    if not stored.live:
        event.save()
    event.save_revision()
    organiser = event.organiser
    organiser.name, organiser.phone = answers["who"]["name"], answers["who"]["phone"]
    organiser.save(update_fields=["name", "phone"])
    if organiser.confirmed_at:
        ask_for_review(event)
    return event


def fill_in(event: Event, draft: EventDraft, answers: dict[str, dict[str, Any]]) -> None:
    """Give ``event`` what the answers say."""
    for step, names in FIELDS.items():
        for name in names:
            setattr(event, name, answers[step][name])
    event.enterprise_id = answers["who"]["enterprise"]
    event.industry_id = answers["what"]["industry"]
    if draft.picture:
        with draft.picture.open("rb") as file:
            event.picture = CustomImage.objects.create(
                title=event.title,
                description=answers["picture"]["picture_alt"],
                file=ContentFile(file.read(), name=PurePath(str(file.name)).name),
            )
    elif not draft.kept_picture:
        event.picture = None
    event.picture_alt = answers["picture"]["picture_alt"] if event.picture_id else ""
    # A time that the form knows of keeps its row, and with it its bookings and calendar entry.
    rows = {time.uid: time for time in event.times.all()}
    keys = dict(EventTime.objects.filter(event=event.pk).values_list("uid", "pk"))
    times = []
    for order, answer in enumerate(answers["when"]["times"]):
        time = rows.get(answer["uid"]) or EventTime()
        time.pk = keys.get(time.uid)
        time.starts_at, time.ends_at = answer["starts_at"], answer["ends_at"]
        time.sort_order = order
        times.append(time)
    event.times = times


def confirm_address(organiser: EventOrganiser) -> None:
    """Know that the address is the organiser's, and ask staff to review the event; once."""
    with transaction.atomic():
        organiser = EventOrganiser.objects.select_for_update().get(pk=organiser.pk)
        if organiser.confirmed_at:
            return
        organiser.confirmed_at = timezone.now()
        organiser.save(update_fields=["confirmed_at"])
        ask_for_review(organiser.event)
        write_to(organiser, Letter.RECEIVED)


def ask_for_review(event: Event) -> None:
    """Start the event's workflow, or start its present task anew with the latest revision.

    A page that a moderator has open no longer approves: the task it belongs to is over.
    """
    state = event.current_workflow_state
    if state is None:
        if workflow := event.get_workflow():
            workflow.start(event, None)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=None)
    else:
        state.current_task_state.specific.cancel(user=None, resume=True)


def cancel_event(event: Event, reason: str) -> None:
    """Cancel the event at once, whatever is under review, and tell those who have booked."""
    with transaction.atomic():
        event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        if event.is_cancelled:
            return
        event.cancelled_at, event.cancel_reason = timezone.now(), reason
        event.save(update_fields=["cancelled_at", "cancel_reason"])
        if state := event.current_workflow_state:
            state.cancel(user=None)
        for draft in EventDraft.objects.filter(event=event):
            throw_away(draft)
        cancel_all(event)


def may_change(event: Event) -> bool:
    """Whether the organiser may change the event: until its first day, in Swedish time."""
    first = min((time.starts_at for time in event.times.all()), default=None)
    return not event.is_cancelled and (first is None or swedish_today() < swedish_date(first))


def may_cancel(event: Event) -> bool:
    """Whether the organiser may cancel the event: until it is over."""
    return not event.is_cancelled and not event.is_over()


def may_report(event: Event) -> bool:
    """Whether the organiser may tell what came of the event: when it has been held."""
    return event.live and not event.is_cancelled and event.is_over()


def begin(campaign: CampaignPage, language: str) -> EventDraft:
    """Return an empty draft for the campaign, which is in the source language."""
    return EventDraft.objects.create(campaign=campaign, language=language)


def edit_event(event: Event) -> EventDraft:
    """Return the draft in which the organiser changes the event: the one there is, or a new one."""
    draft = EventDraft.objects.filter(event=event).first()
    if draft is None:
        latest = event.get_latest_revision_as_object()
        draft, _created = EventDraft.objects.get_or_create(
            event=event,
            defaults={
                "campaign": event.campaign,
                "language": event.organiser.language,
                "data": describe(latest, event.organiser, keep_times=True),
            },
        )
    return draft


def copy_event(event: Event, campaign: CampaignPage) -> EventDraft:
    """Return a draft for ``campaign`` that begins as ``event``, on the same day of the campaign."""
    shift = campaign.starts_on - event.campaign.starts_on
    data = describe(event, event.organiser, shift=shift)
    data["picture"].pop("kept", None)
    draft = EventDraft.objects.create(
        campaign=campaign, copied_from=event, language=event.organiser.language, data=data
    )
    if event.picture:
        with event.picture.open_file() as file:
            draft.picture.save(event.picture.filename, ContentFile(file.read()))
    return draft


def describe(
    event: Event,
    organiser: EventOrganiser,
    *,
    shift: timedelta = timedelta(),
    keep_times: bool = False,
) -> dict[str, dict[str, list[str]]]:
    """Return the event as its organiser would have typed it, its times moved by ``shift`` days."""
    data: dict[str, dict[str, list[str]]] = {
        step: {name: as_typed(getattr(event, name)) for name in names}
        for step, names in FIELDS.items()
    }
    data["who"] |= {
        "enterprise": as_typed(event.enterprise_id),
        "name": [organiser.name],
        "email": [organiser.email],
        "phone": [organiser.phone],
    }
    data["what"]["industry"] = as_typed(event.industry_id)
    data["picture"] = {
        "picture_alt": [event.picture_alt],
        "kept": as_typed(event.picture_id),
    }
    times = event.ordered_times()
    data["when"] = {"rows": [str(len(times))]}
    for row, time in enumerate(times):
        opens, closes = time.local_start, time.local_end
        data["when"] |= {
            f"day-{row}": [(opens.date() + shift).isoformat()],
            f"opens-{row}": [f"{opens:%H:%M}"],
            f"closes-{row}": [f"{closes:%H:%M}"],
            f"key-{row}": [str(time.uid)] if keep_times else [""],
        }
    return data


def as_typed(value: Any) -> list[str]:
    """Return a field's value as a browser sends it."""
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    return ["" if value is None else str(value)]


def report(event: Event, *, visitors: int, new_contacts: int, comment: str) -> EventReport:
    """Keep what came of the event; a later report corrects an earlier one."""
    found, _created = EventReport.objects.update_or_create(
        event=event,
        defaults={"visitors": visitors, "new_contacts": new_contacts, "comment": comment},
    )
    return found


def change_organiser(event: Event, **fields: str) -> EventOrganiser:
    """Give the event an organiser of staff's choosing, whose new link is the only one that works.

    ``fields`` are name, email, phone and language. Staff vouch for the address.
    """
    with transaction.atomic():
        organiser, made = EventOrganiser.objects.select_for_update().get_or_create(event=event)
        for name, value in fields.items():
            setattr(organiser, name, value)
        organiser.confirmed_at = organiser.confirmed_at or timezone.now()
        organiser.link_version += 0 if made else 1
        organiser.save()
        write_to(organiser, Letter.LINK)
    return organiser


def send_links(email: str) -> None:
    """Mail the links of every event that this address has registered, if any."""
    organisers = EventOrganiser.objects.filter(email__iexact=email).select_related("event")
    for organiser in organisers:
        write_to(organiser, Letter.LINK if organiser.confirmed_at else Letter.CONFIRM)


def replace_picture(draft: EventDraft, picture: ContentFile | None) -> None:
    """Let ``picture`` be the draft's, or none."""
    with old_file_removed(draft):
        draft.data = draft.data | {
            "picture": {
                name: values
                for name, values in draft.data.get("picture", {}).items()
                if name != "kept"
            }
        }
        if picture is None:
            draft.picture = ""
        else:
            draft.picture.save(str(picture.name), picture, save=False)
        draft.save()


def throw_away(draft: EventDraft) -> None:
    """Delete the draft and its picture."""
    with old_file_removed(draft):
        draft.delete()


@contextmanager
def old_file_removed(draft: EventDraft) -> Iterator[None]:
    """Remove the picture that the draft had before, once the change has been committed."""
    storage, name = draft.picture.storage, draft.picture.name
    yield
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def open_edition(event: Event) -> CampaignPage | None:
    """Return the edition of the event's series that is open for registration, if it is another."""
    series = CampaignSeriesPage.objects.parent_of(event.campaign).first()
    if series is None:
        return None
    source = CampaignPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    editions = source.child_of(series).live().public().exclude(pk=event.campaign_id)
    return editions.open_for_registration().first()
