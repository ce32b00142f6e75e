"""Booking a place, one's own booking, and the organiser's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.enums import BookingState
from campaigns.events import bookings
from campaigns.events.addresses import BOOKING
from campaigns.events.booking_form import BookingForm
from campaigns.events.calendars import invitation
from campaigns.events.organiser import of_organiser
from campaigns.models import Booking, Event, EventOrganiser, EventTime
from core.signed_links import BadLinkError, private_page, read_token
from core.spreadsheets import csv_response


def published_time(uid: UUID) -> EventTime:
    """Return the time of a published event; raises ``Http404``."""
    times = EventTime.objects.select_related("event__campaign")
    return get_object_or_404(times, uid=uid, event__in=Event.objects.published())


def booking_behind(token: str) -> Booking:
    """Return the booking that a visitor's signed link is for; raises ``Http404``."""
    try:
        (uid,) = read_token(BOOKING, token)
        return Booking.objects.select_related("time", "event__campaign").get(uid=UUID(uid))
    except (BadLinkError, ValueError, Booking.DoesNotExist) as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the form for one time, and book; 404 unless the event is published."""
    time = published_time(uid)
    event = time.event
    data = request.POST if request.method == "POST" else None
    form = BookingForm(data, request=request, event=event)
    refused = bookings.refusal(event, time)
    if not refused and request.method == "POST" and form.is_valid():
        try:
            bookings.book(time, **form.cleaned_data, language=get_language() or "sv")
        except bookings.BookingRefusedError as error:
            refused = str(error)
        else:
            return redirect("book_done", uid)
    context = about(time, request) | {
        "form": form,
        "refused": refused,
        "left": bookings.places_left([time]).get(time.pk, 0),
    }
    return render(request, "campaigns/booking/book.html", context)


@require_safe
def book_done(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a mail is on its way: the same to everybody, whatever came of the booking."""
    return render(request, "campaigns/booking/done.html", about(published_time(uid), request))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """Show a visitor's booking; POST cancels it."""
    found = booking_behind(token)
    has_begun = found.time.starts_at <= timezone.now()
    if request.method == "POST":
        if not has_begun:
            bookings.cancel(found)
        return redirect("booking", token)
    waits = found.state == BookingState.WAITING
    context = about(found.time, request) | {
        "booking": found,
        "token": token,
        "has_begun": has_begun,
        "can_cancel": not has_begun and found.state != BookingState.CANCELLED,
        "place_in_line": found.place_in_line() if waits else None,
    }
    return render(request, "campaigns/booking/booking.html", context)


@require_safe
@private_page
def booking_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the booked time for the visitor's calendar; 404 while she waits."""
    found = booking_behind(token)
    if found.state == BookingState.WAITING:
        raise Http404
    response = HttpResponse(invitation(found), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    return response


@dataclass(frozen=True)
class TimeList:
    """Those who come at one time, by name, and those who wait, in line."""

    time: EventTime
    confirmed: list[Booking]
    waiting: list[Booking]
    capacity: int | None

    @property
    def people(self) -> int:
        """How many people have places."""
        return sum(booking.number for booking in self.confirmed)

    @property
    def people_waiting(self) -> int:
        """How many people wait."""
        return sum(booking.number for booking in self.waiting)


@require_safe
@of_organiser
def event_bookings(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Show the organiser who comes to each time; made to be printed."""
    event = organiser.event
    context = {
        "event": event,
        "lists": time_lists(event),
        "token": token,
        "back_url": reverse("event_organiser", args=[token]),
        "deleted_after": event.personal_data_until(),
    }
    return render(request, "campaigns/booking/event_bookings.html", context)


@require_safe
@of_organiser
def event_bookings_csv(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Answer with the organiser's list as a file for a spreadsheet."""
    event = organiser.event
    header = [_("Time"), _("State"), _("Name"), _("E-mail"), _("People"), _("Access needs")]
    rows = booking_rows(time_lists(event))
    return csv_response(f"{event.slug}.csv", [*header, _("Booked at")], rows)


def booking_rows(lists: Iterable[TimeList]) -> Iterable[list[object]]:
    """Return one row for each booking in the order of the organiser's list."""
    for listed in lists:
        for booked in (*listed.confirmed, *listed.waiting):
            yield [
                listed.time.in_words,
                booked.get_state_display(),
                booked.name,
                booked.email,
                booked.number,
                booked.access_needs,
                f"{timezone.localtime(booked.created_at):%Y-%m-%d %H:%M}",
            ]


def time_lists(event: Event) -> list[TimeList]:
    """Return the lists of an event's times in the order they begin; two queries."""
    active = list(Booking.objects.active().filter(event=event).order_by("pk"))
    return [
        TimeList(
            time,
            sorted(
                (one for one in active if one.time_id == time.pk and one.is_confirmed),
                key=lambda one: one.name.casefold(),
            ),
            [one for one in active if one.time_id == time.pk and not one.is_confirmed],
            event.capacity,
        )
        for time in event.ordered_times()
    ]


def about(time: EventTime, request: HttpRequest) -> dict[str, Any]:
    """Return what every page on one time shows of it."""
    event = time.event
    return {
        "event": event,
        "time": time,
        "event_url": event.get_url(request) if event.live else "",
        "deleted_after": event.personal_data_until(),
    }
