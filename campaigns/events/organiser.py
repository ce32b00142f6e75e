"""The organiser's own pages, behind the signed link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import WorkflowState

from campaigns.enums import BookingMode, OrganiserStatus
from campaigns.events import actions
from campaigns.events.addresses import ORGANISER, step_url
from campaigns.events.organiser_forms import CancelForm, LinkForm, ReportForm
from campaigns.events.organiser_mails import reason_sent_back
from campaigns.events.registration import CHECK, find_organiser, show
from campaigns.models import Booking, Event, EventDraft, EventOrganiser, EventReport
from core.guard import is_over_limit_of_address
from core.signed_links import private_page
from core.step_forms import posted

#: How often one address can be sent its links, whoever asks: the asker is not told.
LINK_MAILS = "5/d"


def of_organiser(view: Callable[..., HttpResponseBase]) -> Any:
    """Give ``view`` the organiser that the address is signed for; 404 for any other."""

    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
        return view(request, organiser=find_organiser(ORGANISER, token), token=token)

    return wrapped


def status_of(event: Event, organiser: EventOrganiser) -> OrganiserStatus:
    """Return where the event is on its way, as its organiser sees it."""
    if event.is_cancelled:
        return OrganiserStatus.CANCELLED
    if not organiser.confirmed_at:
        return OrganiserStatus.UNCONFIRMED
    if event.live and event.is_over():
        return OrganiserStatus.OVER
    state = event.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return OrganiserStatus.CHANGE_SENT_BACK if event.live else OrganiserStatus.SENT_BACK
    if event.live:
        return OrganiserStatus.CHANGE_IN_REVIEW if state else OrganiserStatus.PUBLISHED
    return OrganiserStatus.IN_REVIEW if state else OrganiserStatus.HIDDEN


@require_safe
@of_organiser
def event_organiser(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Show how it goes, and what the organiser can do."""
    event = organiser.event
    status = status_of(event, organiser)
    draft = EventDraft.objects.filter(event=event).first()
    context = {
        "heading": event.title,
        "event": event,
        "latest": event.get_latest_revision_as_object(),
        "organiser": organiser,
        "token": token,
        "status": status,
        "reason": reason_sent_back(event),
        "page_url": event.get_url(request) if event.live else "",
        "draft_url": step_url(draft, CHECK) if draft and actions.may_change(event) else "",
        "may_change": actions.may_change(event),
        "may_cancel": actions.may_cancel(event),
        "may_report": actions.may_report(event),
        "report": EventReport.objects.filter(event=event).first(),
        "booked_here": event.booking == BookingMode.HERE,
        "booked": Booking.objects.confirmed().filter(event=event).people(),
        "edition": actions.open_edition(event),
    }
    return show(request, "organiser/organiser", context)


@require_POST
@of_organiser
def event_edit(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Begin a change, or go on with the one that was begun."""
    if not actions.may_change(organiser.event):
        return redirect("event_organiser", token)
    return redirect(step_url(actions.edit_event(organiser.event), CHECK))


@require_http_methods(["GET", "HEAD", "POST"])
@of_organiser
def event_cancel(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Cancel the event, with a reason."""
    event = organiser.event
    if not actions.may_cancel(event):
        return redirect("event_organiser", token)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.cancel_event(event, form.cleaned_data["reason"])
        return redirect("event_organiser", token)
    context = {
        "heading": _("Cancel the event"),
        "event": event,
        "token": token,
        "form": form,
        "booked": Booking.objects.confirmed().filter(event=event).people(),
    }
    return show(request, "organiser/cancel", context)


@require_POST
@of_organiser
def event_copy(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Begin an event in the edition that is open, with this event's answers."""
    edition = actions.open_edition(organiser.event)
    if edition is None:
        raise Http404
    return redirect(step_url(actions.copy_event(organiser.event, edition), CHECK))


@require_http_methods(["GET", "HEAD", "POST"])
@of_organiser
def event_report(request: HttpRequest, organiser: EventOrganiser, token: str) -> HttpResponse:
    """Take the organiser's report, or a correction of it."""
    event = organiser.event
    if not actions.may_report(event):
        return redirect("event_organiser", token)
    given = EventReport.objects.filter(event=event).first()
    form = ReportForm(posted(request), instance=given)
    if request.method == "POST" and form.is_valid():
        actions.report(event, **form.cleaned_data)
        return redirect("event_organiser", token)
    context = {"heading": _("How did it go?"), "event": event, "token": token, "form": form}
    return show(request, "organiser/report", context)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def event_link(request: HttpRequest) -> HttpResponse:
    """Mail the links of an address; the answer is the same whether there are any."""
    form = LinkForm(posted(request), request=request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not is_over_limit_of_address(email, "event_link", LINK_MAILS):
            actions.send_links(email)
        return show(request, "organiser/link_sent", {"heading": _("Look in your mail")})
    return show(
        request, "organiser/link", {"heading": _("Get a new link to your event"), "form": form}
    )
