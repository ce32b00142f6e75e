"""Choosing whom to ask.

The button that adds to the shortlist stands on public pages that shared caches keep, so it can
carry no token against forgery: that would be one reader's, and would set a cookie for readers who
fill in no form. Its form is exempt from Django's protection and asks the browser instead where the
request comes from. All it can do is put a public entry in the sender's own cookie.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asflist.addresses import list_url
from asflist.enquiries.receivers import receivable
from asflist.enquiries.shortlist import MOST, Shortlist, keep, read_shortlist
from asflist.finding.filters import Filters
from core.signed_links import private_page

#: The number of a page of the list.
PAGE = re.compile("[1-9][0-9]{0,4}")


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
    """Return the search or page of ours that the reader comes from, else the list."""
    url = list_url(get_language() or "sv", request) or "/"
    if search := asked_in(request.GET):
        return f"{url}?{search}"
    came_from = split_header(request, "Referer")
    if came_from.netloc == request.get_host() and not came_from.path.startswith(
        reverse("shortlist")
    ):
        query = f"?{came_from.query}" if came_from.query else ""
        # One slash at the beginning: two would be another site's address.
        return f"/{came_from.path.lstrip('/')}{query}"
    return url


def asked_in(params: QueryDict) -> str:
    """Return the list's query that ``search`` carries, written anew: filters, a page, or ``""``."""
    search = QueryDict(params.get("search", ""))
    page = search.get("page", "")
    parts = [Filters.from_address(search).query(), f"page={page}" if PAGE.fullmatch(page) else ""]
    return "&".join(filter(None, parts))


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
        return to_shortlist(request, "unavailable")
    if entry not in shortlist.entries and shortlist.is_full:
        return to_shortlist(request, "full")
    response = to_shortlist(request, "added")
    keep(response, [*(one for one in shortlist.entries if one != entry), entry])
    return response


@require_POST
@private_page
def shortlist_remove(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take an entry off the shortlist."""
    response = to_shortlist(request, "removed")
    keep(response, [one for one in read_shortlist(request).entries if one.slug != slug])
    return response


def to_shortlist(request: HttpRequest, notice: str) -> HttpResponse:
    """Return a redirect to the shortlist that says what was done, and knows the way back."""
    params = {"notice": notice}
    if search := asked_in(request.POST):
        params["search"] = search
    return redirect(f"{reverse('shortlist')}?{urlencode(params)}")


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
        "search": asked_in(request.GET),
        "most": MOST,
    }
