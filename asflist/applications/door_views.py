"""The pages before and after the steps: to begin, to ask for the link, and to confirm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from asflist.applications import actions
from asflist.applications.access import find_draft, gone, read_link, show
from asflist.applications.addresses import CONFIRM, address_mark, step_url
from asflist.applications.duplicates import find_duplicate
from asflist.applications.guarded_forms import LinkForm, StartForm
from asflist.enums import Criterion
from asflist.models import EnterpriseDraft
from asflist.owners.access import open_session
from core.signed_links import private_page
from core.step_forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
def application_start(request: HttpRequest) -> HttpResponse:
    """Say what is needed, and begin with the organisation number."""
    form = StartForm(posted(request), request=request)
    if request.method == "POST" and form.is_valid():
        draft = actions.begin(
            form.cleaned_data["organisation_number"],
            form.cleaned_data["email"],
            get_language() or settings.LANGUAGE_CODE,
        )
        return redirect(step_url(draft, "who"))
    context: dict[str, Any] = {
        "heading": _("List your social enterprise"),
        "form": form,
        "duplicate": form.duplicate,
        "criteria": Criterion.choices,
    }
    return show(request, "start", context)


@require_safe
@private_page
def application_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return show(request, "sent", {"heading": _("Look in your mail")})


@require_safe
@private_page
def application_change_sent(request: HttpRequest) -> HttpResponse:
    """Say that an owner's change waits for review, or that there was none."""
    nothing = "nothing" in request.GET
    heading = _("Nothing has changed") if nothing else _("Your change has been sent")
    return show(request, "change_sent", {"heading": heading, "nothing": nothing})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def application_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the applicant's address by a button: mail scanners follow links."""
    uid, mark = read_link(CONFIRM, token)
    draft = find_draft(uid)
    if draft is None or draft.sent_at is None or mark != address_mark(draft.email):
        return gone(request)
    if request.method == "POST":
        return confirm(request, draft)
    context = {
        "heading": _("Confirm your address"),
        "number": actions.number_of(draft),
        "draft": draft,
    }
    return show(request, "confirm", context)


def confirm(request: HttpRequest, draft: EnterpriseDraft) -> HttpResponse:
    """Take the application in, and let its owner in: the link came to the owner's address."""
    try:
        owner = actions.confirm(draft)
    except EnterpriseDraft.DoesNotExist:
        return gone(request)
    except actions.NotReadyError:
        return redirect(step_url(draft, actions.CHECK))
    except actions.LookedAfterError:
        heading = _("Somebody else looks after this entry")
        return show(request, "looked_after", {"heading": heading}, status=409)
    except actions.TakenError:
        duplicate = find_duplicate(actions.number_of(draft))
        context = {"heading": _("Somebody was before you"), "duplicate": duplicate}
        return show(request, "taken", context, status=409)
    request.session.cycle_key()
    open_session(request, owner)
    return redirect("application_received")


@require_safe
@private_page
def application_received(request: HttpRequest) -> HttpResponse:
    """Say what happens now."""
    return show(request, "received", {"heading": _("Thank you! We have your application")})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def application_link(request: HttpRequest) -> HttpResponse:
    """Mail the links to unfinished applications; the answer is the same for every address."""
    form = LinkForm(posted(request), request=request)
    context: dict[str, Any] = {"heading": _("Get the link to your application"), "form": form}
    if request.method == "POST" and form.is_valid():
        actions.send_links(form.cleaned_data["email"])
        context |= {"heading": _("Look in your mail"), "mailed": True}
    return show(request, "link", context)
