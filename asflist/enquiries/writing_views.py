"""Writing an enquiry, and writing it anew while its address is not confirmed: it may be mistyped.

What has been written is shown again by a signed link that only the writer's own browser is sent to.
It opens no answers: nobody knows yet whose the address is.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from asflist.enquiries import actions
from asflist.enquiries.forms import EnquiryForm
from asflist.enquiries.links import DAYS_TO_CONFIRM, WRITING, enquiry_behind, writer_token
from asflist.enquiries.receivers import receivable
from asflist.enquiries.shortlist import read_shortlist
from asflist.enums import EnquiryState
from asflist.models import Enquiry, Enterprise
from core.guard import is_over_limit_of_address
from core.signed_links import private_page

#: As many enquiries as may be written in the name of one address.
ENQUIRIES = "5/d"


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enquiry_write(request: HttpRequest) -> HttpResponseBase:
    """Show the form of the enquiry; POST keeps it and asks the address to confirm."""
    entries = read_shortlist(request).entries
    if not entries:
        return redirect("shortlist")
    if request.method != "POST":
        return form_page(request, EnquiryForm(request=request), entries)
    form = EnquiryForm(request.POST, request.FILES, request=request)
    if form.is_valid() and is_within_limit(form):
        enquiry = actions.submit(form.values, entries, form, get_language() or "sv")
        return redirect("enquiry_sent", writer_token(enquiry))
    form.keep_files()
    return form_page(request, form, entries)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enquiry_change(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the form with what was written; POST writes it anew, and the first mail's link dies."""
    earlier = enquiry_behind(token, WRITING)
    entries = list(receivable().filter(received_enquiries__enquiry=earlier).order_by("name"))
    if earlier.state != EnquiryState.UNCONFIRMED or not entries:
        return redirect("enquiry_sent", token)
    if request.method != "POST":
        form = EnquiryForm(request=request, owner=earlier, initial=written(earlier))
        return form_page(request, form, entries, earlier)
    form = EnquiryForm(request.POST, request.FILES, request=request, owner=earlier)
    if form.is_valid() and is_within_limit(form):
        try:
            enquiry = actions.write_anew(earlier, form.values, entries, form)
        except actions.EnquiryRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("enquiry_sent", writer_token(enquiry))
    form.keep_files()
    return form_page(request, form, entries, earlier)


def form_page(
    request: HttpRequest,
    form: EnquiryForm,
    entries: list[Enterprise],
    earlier: Enquiry | None = None,
) -> HttpResponse:
    """Show the form and whom it goes to; ``earlier`` is what it changes."""
    context = {"form": form, "entries": entries, "earlier": earlier}
    status = 422 if form.errors else 200
    return render(request, "asflist/enquiries/write.html", context, status=status)


def written(enquiry: Enquiry) -> dict[str, Any]:
    """Return what the form was filled in with."""
    names = {field.name for field in Enquiry._meta.concrete_fields}
    return {name: getattr(enquiry, name) for name in EnquiryForm.base_fields if name in names}


def is_within_limit(form: EnquiryForm) -> bool:
    """Count the enquiry against its address, and say so in the form when there are too many."""
    if not is_over_limit_of_address(form.cleaned_data["email"], "enquiry", ENQUIRIES):
        return True
    form.add_error(
        "email",
        _("Too many enquiries have been written with this address. Send it again tomorrow."),
    )
    return False


@require_safe
@private_page
def enquiry_sent(request: HttpRequest, token: str) -> HttpResponse:
    """Say where a mail is on its way to, and what it asks for."""
    enquiry = enquiry_behind(token, WRITING)
    is_confirmed = enquiry.state != EnquiryState.UNCONFIRMED
    context = {
        "enquiry": enquiry,
        "is_confirmed": is_confirmed,
        "token": token,
        "days": DAYS_TO_CONFIRM,
    }
    template = "confirm" if is_confirmed else "sent"
    return render(request, f"asflist/enquiries/{template}.html", context)
