"""Choosing whom to ask, and writing to them.

The button that adds to the shortlist stands on public pages that shared caches keep, so it can
carry no token against forgery: that would be one reader's, and would set a cookie for readers who
fill in no form. Its form is exempt from Django's protection and asks the browser instead where the
request comes from. All it can do is put a public entry in the sender's own cookie.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asflist.addresses import list_url
from asflist.enquiries import actions
from asflist.enquiries.forms import EnquiryForm
from asflist.enquiries.links import DAYS_TO_CONFIRM
from asflist.enquiries.receivers import receivable
from asflist.enquiries.shortlist import MOST, Shortlist, forget, keep, read_shortlist
from core.guard import is_over_limit_of_address
from core.signed_links import private_page

#: As many enquiries as may be written in the name of one address.
ENQUIRIES = "5/d"


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent this: Fetch Metadata (W3C), else Origin (RFC 6454 § 7)."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return split_header(request, "Origin").netloc == request.get_host()


def split_header(request: HttpRequest, name: str) -> SplitResult:
    """Return the parts of the address in a header; all are empty where it is none."""
    try:
        return urlsplit(request.headers.get(name, ""))
    except ValueError:
        return urlsplit("")


def back_url(request: HttpRequest) -> str:
    """Return the page of ours that the reader comes from, else the list."""
    came_from = split_header(request, "Referer")
    if came_from.netloc == request.get_host() and not came_from.path.startswith(
        reverse("shortlist")
    ):
        query = f"?{came_from.query}" if came_from.query else ""
        # One slash at the beginning: two would be another site's address.
        return f"/{came_from.path.lstrip('/')}{query}"
    return list_url(get_language() or "sv", request) or "/"


@csrf_exempt  # See above.
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def shortlist_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Put an entry on the shortlist; a page that is asked for only leads to the shortlist."""
    if request.method != "POST":
        return redirect("shortlist")
    if not is_from_here(request):
        raise PermissionDenied
    shortlist = read_shortlist(request)
    entry = receivable().filter(slug=slug).first()
    if entry is None:
        return to_shortlist("unavailable")
    if entry not in shortlist.entries and shortlist.is_full:
        return to_shortlist("full")
    response = to_shortlist("added")
    keep(response, [*(one for one in shortlist.entries if one != entry), entry])
    return response


@require_POST
@private_page
def shortlist_remove(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take an entry off the shortlist."""
    response = to_shortlist("removed")
    keep(response, [one for one in read_shortlist(request).entries if one.slug != slug])
    return response


def to_shortlist(notice: str) -> HttpResponse:
    """Return a redirect to the shortlist that says what was done."""
    return redirect(f"{reverse('shortlist')}?notice={notice}")


@require_safe
@private_page
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show who is chosen; one who has left the list meanwhile drops out with a notice."""
    chosen = read_shortlist(request)
    response = render(
        request, "asflist/enquiries/shortlist.html", shortlist_context(request, chosen)
    )
    if chosen.dropped:
        keep(response, chosen.entries)
    return response


def shortlist_context(request: HttpRequest, chosen: Shortlist) -> dict[str, object]:
    """Return what the page of the shortlist shows."""
    return {
        "shortlist": chosen,
        "cards": chosen.cards(request) if chosen.entries else [],
        "notice": request.GET.get("notice", ""),
        "back_url": back_url(request),
        "most": MOST,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enquiry_write(request: HttpRequest) -> HttpResponseBase:
    """Show the form of the enquiry; POST keeps it and asks the address to confirm."""
    chosen = read_shortlist(request)
    if not chosen.entries:
        return redirect("shortlist")
    if request.method == "POST":
        form = EnquiryForm(request.POST, request.FILES, request=request)
        if form.is_valid() and is_within_limit(form):
            actions.submit(form.values, chosen.entries, form, get_language() or "sv")
            response = redirect("enquiry_sent")
            forget(response)
            return response
        form.keep_files()
    else:
        form = EnquiryForm(request=request)
    context = {"form": form, "shortlist": chosen}
    status = 422 if form.errors else 200
    return render(request, "asflist/enquiries/write.html", context, status=status)


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
def enquiry_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, and what it asks for."""
    return render(request, "asflist/enquiries/sent.html", {"days": DAYS_TO_CONFIRM})
