"""The three pages that the mails lead to; a button answers, for mail scanners follow links."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from asflist.freshness.answers import leave, say_right
from asflist.freshness.facts import facts
from asflist.freshness.links import Asked, read
from asflist.owners.access import enter
from core.signed_links import BadLinkError, private_page

METHODS = ["GET", "HEAD", "POST"]


class LeaveForm(forms.Form):
    """Why the enterprise leaves the list, if it wants to say."""

    reason = forms.CharField(
        label=_("Why do you leave the list?"),
        help_text=_("It helps us make the list better. Only those who look after it see this."),
        max_length=1500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )


def show(request: HttpRequest, page: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render one of the pages."""
    return render(request, f"asflist/freshness/{page}.html", context, status=status)


def dead_link(request: HttpRequest) -> HttpResponse:
    """Say that the link is used, old or mangled, the same for all, and where to get another."""
    return show(request, "dead_link", status=410, heading=_("The link works no longer"))


def of_asked(view: Callable[..., HttpResponseBase]) -> Any:
    """Give ``view`` the question that the address is signed for, while it is open."""

    @require_http_methods(METHODS)
    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            asked = read(token)
        except BadLinkError:
            return dead_link(request)
        return view(request, asked=asked, token=token)

    return wrapped


@of_asked
def entry_right(request: HttpRequest, asked: Asked, token: str) -> HttpResponse:
    """Show the entry, and take the answer that it is right."""
    if request.method == "POST":
        if not say_right(asked):
            return dead_link(request)
        return redirect("entry_answered", "right")
    enterprise = asked.request.enterprise
    return show(
        request,
        "right",
        heading=_("Is your entry still right?"),
        asked=asked,
        enterprise=enterprise,
        facts=facts(enterprise),
        token=token,
    )


@of_asked
def entry_change(request: HttpRequest, asked: Asked, token: str) -> HttpResponseBase:
    """Let the owner in, once a link, and on to the entry's own page where it is changed."""
    if request.method == "POST":
        if not asked.may_log_in:
            return redirect("owner_link")
        try:
            enter(request, asked.owner)
        except BadLinkError:
            return redirect("owner_link")
        return redirect("owner_page")
    return show(
        request,
        "change",
        heading=_("Change your entry"),
        asked=asked,
        enterprise=asked.request.enterprise,
        token=token,
    )


@of_asked
def entry_leave(request: HttpRequest, asked: Asked, token: str) -> HttpResponse:
    """Take the entry off the list when its owner says so."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not leave(asked, form.cleaned_data["reason"]):
            return dead_link(request)
        return redirect("entry_answered", "left")
    return show(
        request,
        "leave",
        heading=_("Leave the list"),
        asked=asked,
        enterprise=asked.request.enterprise,
        token=token,
        form=form,
    )


@require_safe
@private_page
def entry_answered(request: HttpRequest, answer: str) -> HttpResponse:
    """Thank for the answer."""
    heading = _("Thank you for your answer") if answer == "right" else _("You have left the list")
    return show(request, "answered", heading=heading, answer=answer)
