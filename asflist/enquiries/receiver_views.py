"""The receivers' pages: the enquiry, the answer, and a word to the staff about abuse."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asflist.enquiries import actions
from asflist.enquiries.attachments import send_file
from asflist.enquiries.forms import AnswerForm, ReportForm
from asflist.enquiries.links import receiver_behind, receiver_token
from asflist.enquiries.receivers import owner_reader
from asflist.enums import AnswerState
from asflist.models import EnquiryAttachment, EnquiryReceiver, EnterpriseOwner
from asflist.owners.access import for_owner
from core.signed_links import private_page

TEMPLATE = "asflist/enquiries/answer.html"


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enquiry_answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the enquiry to one who was asked; POST answers it."""
    receiver = receiver_behind(token)
    if not actions.is_public(receiver):
        return render(request, TEMPLATE, {"is_away": True})
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES, request=request, owner=receiver)
        if form.is_valid():
            try:
                actions.answer(receiver, form.given, form.cleaned_data["answer"], form)
            except actions.EnquiryRefusedError as error:
                form.add_error(None, str(error))
            else:
                return redirect(f"{reverse('enquiry_answer', args=[token])}?answered=1")
        form.keep_files()
    else:
        actions.open_enquiry(receiver)
        form = AnswerForm(request=request, owner=receiver, initial=answer_told(receiver))
    return answer_page(request, token, receiver, form)


def answer_told(receiver: EnquiryReceiver) -> dict[str, str]:
    """Return what the form was answered with before."""
    if not receiver.has_answered:
        return {}
    is_yes = receiver.state == AnswerState.CAN
    state = AnswerState.CAN if is_yes else AnswerState.CANNOT
    return {"state": state, "answer": receiver.answer}


def answer_page(
    request: HttpRequest,
    token: str,
    receiver: EnquiryReceiver,
    form: AnswerForm,
    report_form: ReportForm | None = None,
) -> HttpResponse:
    """Show the receiver's page with its forms."""
    is_wrong = bool(form.errors or (report_form and report_form.errors))
    context = {
        "enquiry": receiver.enquiry,
        "receiver": receiver,
        "form": form,
        "report_form": report_form or ReportForm(),
        "attachments": list(receiver.enquiry.attachments.all()),
        "token": token,
        "is_answered": "answered" in request.GET,
        "may_change": receiver.answer_number < actions.MOST_ANSWERS,
        "file_route": "enquiry_file_of_receiver",
    }
    return render(request, TEMPLATE, context, status=422 if is_wrong else 200)


@require_POST
@private_page
def enquiry_report(request: HttpRequest, token: str) -> HttpResponseBase:
    """Call the enquiry abuse: it stops at once, and staff look at it."""
    receiver = receiver_behind(token)
    report_form = ReportForm(request.POST)
    if not report_form.is_valid():
        form = AnswerForm(request=request, owner=receiver, initial=answer_told(receiver))
        return answer_page(request, token, receiver, form, report_form)
    actions.report(receiver, report_form.cleaned_data["reason"])
    return redirect("enquiry_answer", token)


@require_safe
@private_page
def enquiry_file_of_receiver(request: HttpRequest, token: str, uid: UUID) -> FileResponse:
    """Answer a receiver with a file of the enquiry, or of their own answer."""
    receiver = receiver_behind(token)
    if not receiver.enquiry.is_open or not actions.is_public(receiver):
        raise Http404
    own = receiver.enquiry.attachments.all() | EnquiryAttachment.objects.filter(receiver=receiver)
    return send_file(get_object_or_404(own, uid=uid))


@require_safe
@for_owner
def enquiries_of_owner(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Show the owner every enquiry that the entry has got, those not answered first."""
    received = (
        EnquiryReceiver.objects.filter(enterprise=owner.enterprise)
        .exclude(enquiry__sent_at=None)
        .exclude(state=AnswerState.LEFT)
        .filter(enquiry__forgotten_at=None)
        .select_related("enquiry")
        .order_by("-enquiry__sent_at")
    )
    rows = [
        (one, reverse("enquiry_answer", args=[receiver_token(one, owner_reader(owner))]))
        for one in received[:100]
    ]
    rows.sort(key=lambda row: row[0].has_answered or not row[0].enquiry.is_open)
    return render(
        request, "asflist/enquiries/of_owner.html", {"rows": rows, "enterprise": owner.enterprise}
    )
