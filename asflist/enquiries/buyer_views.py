"""The buyer's pages: confirming the enquiry, who has answered, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from asflist.addresses import list_url
from asflist.enquiries import actions
from asflist.enquiries.attachments import send_file
from asflist.enquiries.forms import OutcomeForm
from asflist.enquiries.links import CONFIRMING, buyer_token, enquiry_behind
from asflist.enquiries.shortlist import take_off
from asflist.enums import AnswerState, EnquiryState
from asflist.models import Enquiry, EnquiryAttachment, EnquiryReceiver, Enterprise
from core.signed_links import private_page


@dataclass(frozen=True)
class ReceiverRow:
    """One who was asked, as the buyer sees it; ``url`` is empty for who is not on the list."""

    receiver: EnquiryReceiver
    url: str
    attachments: list[EnquiryAttachment]


def receiver_rows(enquiry: Enquiry, request: HttpRequest) -> list[ReceiverRow]:
    """Return those who were asked, the answers first; four queries however many they are."""
    receivers = enquiry.receivers.select_related("enterprise").prefetch_related("attachments")
    public = set(
        Enterprise.objects.published()
        .filter(received_enquiries__enquiry=enquiry)
        .values_list("pk", flat=True)
    )
    url = list_url(get_language() or "sv", request)
    rows = [
        ReceiverRow(
            one,
            f"{url}{one.enterprise.slug}/"
            if one.enterprise and one.enterprise.pk in public
            else "",
            list(one.attachments.all()),
        )
        for one in receivers
    ]
    order = [*AnswerState.answers(), AnswerState.WAITING, AnswerState.LEFT]
    return sorted(rows, key=lambda row: order.index(AnswerState(row.receiver.state)))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enquiry_confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what is to be sent and to whom; POST sends it. Scanners that follow links send none.

    Those who were asked leave the shortlist of the browser that it is confirmed in.
    """
    enquiry = enquiry_behind(token, CONFIRMING)
    receivers = list(enquiry.receivers.all())
    refused = ""
    if request.method == "POST":
        try:
            actions.confirm(enquiry)
        except actions.EnquiryRefusedError as error:
            refused = str(error)
        else:
            response = redirect(f"{buyer_path(enquiry)}?sent=1")
            take_off(request, response, {one.enterprise_id for one in receivers})
            return response
    context = {
        "enquiry": enquiry,
        "receivers": receivers,
        "attachments": list(enquiry.attachments.all()),
        "is_confirmed": enquiry.state != EnquiryState.UNCONFIRMED,
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "asflist/enquiries/confirm.html", context, status=status)


@require_safe
@private_page
def enquiry(request: HttpRequest, token: str) -> HttpResponse:
    """Show the buyer who has answered, and what."""
    found = sent_enquiry(token)
    rows = receiver_rows(found, request)
    context = {
        "enquiry": found,
        "rows": rows,
        "is_answered": any(row.receiver.has_answered for row in rows),
        "attachments": list(found.attachments.all()),
        "token": token,
        "is_new": "sent" in request.GET,
        "is_told": "told" in request.GET,
        "file_route": "enquiry_file",
    }
    return render(request, "asflist/enquiries/enquiry.html", context)


def sent_enquiry(token: str) -> Enquiry:
    """Return the confirmed enquiry that the buyer's token stands for; raises ``Http404``."""
    found = enquiry_behind(token)
    return get_object_or_404(Enquiry.objects.sent(), pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enquiry_outcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask the buyer what came of the enquiry; POST keeps the answer, and a later one instead."""
    found = sent_enquiry(token)
    receivers = list(found.receivers.exclude(state=AnswerState.LEFT))
    if request.method == "POST":
        form = OutcomeForm(request.POST, receivers=receivers)
        if form.is_valid():
            actions.tell_outcome(found, form.deals, form.cleaned_data["comment"])
            return redirect(f"{buyer_path(found)}?told=1")
    else:
        form = OutcomeForm(receivers=receivers, initial=outcome_told(found, receivers))
    context = {"form": form, "enquiry": found, "token": token}
    status = 422 if form.errors else 200
    return render(request, "asflist/enquiries/outcome.html", context, status=status)


def outcome_told(enquiry: Enquiry, receivers: list[EnquiryReceiver]) -> dict[str, object]:
    """Return what the form was answered with before."""
    told: dict[str, object] = {"outcome": enquiry.outcome, "comment": enquiry.outcome_comment}
    for one in receivers:
        told |= {f"deal_{one.pk}": one.is_deal, f"sum_{one.pk}": one.deal_sum}
    return told


def buyer_path(enquiry: Enquiry) -> str:
    """Return the path of the buyer's page in the reader's language."""
    return reverse("enquiry", args=[buyer_token(enquiry)])


@require_safe
@private_page
def enquiry_file(request: HttpRequest, token: str, uid: UUID) -> FileResponse:
    """Answer the buyer with a file of the enquiry, or of an answer to it."""
    found = sent_enquiry(token)
    own = found.attachments.all() | EnquiryAttachment.objects.filter(receiver__enquiry=found)
    return send_file(get_object_or_404(own, uid=uid))
