"""The pages at which readers subscribe to press news, and change or end it.

A link in a mail only shows a page: mail scanners follow links. What changes anything is a POST.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import PressSubscription
from campaigns.press.subscription_forms import ChoicesForm, SubscribeForm
from campaigns.press.subscriptions import (
    CONFIRMING,
    DAYS_TO_CONFIRM,
    MANAGING,
    AlreadySubscribedError,
    ask,
    change,
    choices_of,
    confirm,
    end,
    manage_link,
    subscription_from,
    unsubscribe_link,
)
from core.enums import ContentLanguage
from core.signed_links import BadLinkError, private_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form, with GET's ``kind`` and ``county`` chosen; POST asks the address to confirm.

    The answer is the same whether the address is known or not.
    """
    if request.method == "POST":
        form = SubscribeForm(request.POST, request=request)
        if form.is_valid():
            ask(
                form.cleaned_data["email"],
                kind=form.cleaned_data["kind"],
                county_code=form.cleaned_data["county_code"],
                language=get_language() or ContentLanguage.SWEDISH,
            )
            return redirect("press_subscribe_sent")
    else:
        chosen = {"kind": request.GET.get("kind"), "county_code": request.GET.get("county")}
        form = SubscribeForm(initial=chosen, request=request)
    return render(
        request,
        "campaigns/subscription/subscribe.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, if it is."""
    return render(
        request,
        "campaigns/subscription/sent.html",
        {"days": DAYS_TO_CONFIRM},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def confirm_subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed; POST confirms it. 404 when the link is bad or too old."""
    subscription = find(CONFIRMING, token)
    if subscription is None:
        raise Http404
    if request.method == "POST":
        confirm(subscription)
        return redirect(f"{manage_link(subscription)}?confirmed=1")
    return render(
        request,
        "campaigns/subscription/confirm.html",
        {
            **choices_of(subscription),
            "subscription": subscription,
            "manage_url": manage_link(subscription),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is subscribed to; POST changes it. 404 when it has been ended."""
    subscription = find(MANAGING, token)
    if subscription is None or subscription.confirmed_at is None:
        raise Http404
    if request.method == "POST":
        form = ChoicesForm(request.POST)
        if form.is_valid():
            try:
                change(subscription, **form.cleaned_data)
            except AlreadySubscribedError:
                form.add_error(None, _("You have a subscription to just that already."))
            else:
                return redirect(f"{manage_link(subscription)}?changed=1")
    else:
        form = ChoicesForm(
            initial={"kind": subscription.kind, "county_code": subscription.county_code}
        )
    return render(
        request,
        "campaigns/subscription/manage.html",
        {
            "form": form,
            "subscription": subscription,
            "unsubscribe_url": unsubscribe_link(subscription),
        },
        status=422 if form.errors else 200,
    )


@csrf_exempt  # A mail program posts here by itself, with no cookie and no form of ours (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; POST ends the subscription at once, whoever posts and whatever (RFC 8058).

    It is answered in place, since mail programs follow no redirect, and the second time as the
    first. 404 only when the link was never made here.
    """
    subscription = find(MANAGING, token)
    if request.method == "POST" and subscription:
        end(subscription)
        subscription = None
    return render(
        request,
        "campaigns/subscription/unsubscribe.html",
        {
            **(choices_of(subscription) if subscription else {}),
            "subscription": subscription,
        },
    )


def find(purpose: str, token: str) -> PressSubscription | None:
    """Return the token's subscription, None when it has been ended; 404 for a bad token."""
    try:
        return subscription_from(purpose, token)
    except BadLinkError as error:
        raise Http404 from error
