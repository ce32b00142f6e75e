"""The pages at which readers watch a search of the list, and change or end it.

A link in a mail only shows a page: mail scanners follow links. What changes anything is a POST.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from asflist.addresses import list_url
from asflist.finding.filters import Filters
from asflist.models import SavedSearch
from asflist.saved_searches import subscriptions
from asflist.saved_searches.forms import FrequencyForm, WatchForm
from core.signed_links import BadLinkError, private_page

FOLDER = "asflist/saved_searches/"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def watch(request: HttpRequest) -> HttpResponseBase:
    """Show the form for the search in the address; POST asks the address to confirm.

    The answer is the same whether the address is known or not. It shows what was typed, since that
    may be wrong, and is no redirect, so that no log holds it. ``change`` gives the form back as it
    was filled in.
    """
    language = get_language() or "sv"
    filters = Filters.from_address(request.GET)
    is_sent = request.method == "POST" and "change" not in request.POST
    form = WatchForm(
        request.POST if is_sent else None,
        request=request,
        filters=filters,
        initial=request.POST.dict(),
    )
    context = {
        "form": form,
        "in_words": filters.in_words(),
        "action": filters.address(request.path),
        "list_url": filters.address(list_url(language, request) or "/"),
    }
    if is_sent and form.is_valid():
        data = form.cleaned_data
        subscriptions.ask(data["email"], filters, frequency=data["frequency"], language=language)
        context |= data | {"days": subscriptions.DAYS_TO_CONFIRM}
        return render(request, f"{FOLDER}sent.html", context)
    return render(request, f"{FOLDER}watch.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what is to be confirmed; POST confirms it. 404 when the link is bad or too old."""
    search = find_or_404(subscriptions.CONFIRMING, token)
    if search is None:
        raise Http404
    if request.method == "POST":
        subscriptions.confirm(search)
        return redirect(f"{subscriptions.manage_link(search)}?confirmed=1")
    return render(request, f"{FOLDER}confirm.html", about(search))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def manage(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what is watched; POST changes how often. 404 when it has been ended."""
    search = find_or_404(subscriptions.MANAGING, token)
    if search is None or search.confirmed_at is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = FrequencyForm(data, initial={"frequency": search.frequency})
    if request.method == "POST" and form.is_valid():
        subscriptions.change(search, form.cleaned_data["frequency"])
        return redirect(f"{subscriptions.manage_link(search)}?changed=1")
    context = about(search) | {"form": form}
    return render(request, f"{FOLDER}manage.html", context, status=422 if form.errors else 200)


@csrf_exempt  # A mail program posts here by itself, with no cookie and no form of ours (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; POST ends the search at once, whoever posts and whatever (RFC 8058).

    It is answered in place, since mail programs follow no redirect, and the second time as the
    first. 404 only when the link was never made here.
    """
    search = find_or_404(subscriptions.MANAGING, token)
    if request.method == "POST" and search:
        subscriptions.end(search)
        search = None
    context = about(search) if search else {"search": None}
    return render(request, f"{FOLDER}end.html", context)


def about(search: SavedSearch) -> dict[str, Any]:
    """Return what every page on one search shows of it."""
    return {
        "search": search,
        "in_words": subscriptions.in_words(search),
        "list_url": subscriptions.list_link(search),
        "manage_url": subscriptions.manage_link(search),
        "unsubscribe_url": subscriptions.unsubscribe_link(search),
    }


def find_or_404(purpose: str, token: str) -> SavedSearch | None:
    """Return the token's search, None when it has been ended; 404 for a bad token."""
    try:
        return subscriptions.search_from(purpose, token)
    except BadLinkError as error:
        raise Http404 from error
