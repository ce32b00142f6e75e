"""The public form by which an ASF registers an open house: pages for people without an account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.dates import swedish_today
from campaigns.enums import CampaignPhase
from campaigns.events import actions
from campaigns.events.addresses import CONFIRM, DRAFT, organiser_path, step_url
from campaigns.events.forms import STEPS, blank_form, kept_form
from campaigns.events.organiser_forms import SendForm, StartForm
from campaigns.models import CampaignPage, EventDraft, EventOrganiser
from core.signed_links import BadLinkError, private_page, read_token
from core.step_forms import posted, typed

CHECK = "check"
#: What a step holds that nobody types.
NOTED = ("kept",)
CLOSED = _("Open your doors")


def show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the form's pages or the organiser's."""
    return render(request, f"campaigns/{template}.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def event_register(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Say what is needed, and begin; outside the call, say when it is."""
    campaigns = CampaignPage.objects.live().public()
    campaign = get_object_or_404(campaigns, pk=campaign_id)
    source = get_object_or_404(
        campaigns.filter(locale__language_code=settings.LANGUAGE_CODE),
        translation_key=campaign.translation_key,
    )
    in_language = campaigns.filter(
        translation_key=source.translation_key, locale__language_code=get_language()
    ).first()
    context: dict[str, Any] = {"campaign": in_language or source, "today": swedish_today()}
    if source.phase is not CampaignPhase.CALL:
        return show(request, "registration/closed", context | {"heading": CLOSED})
    form = StartForm(posted(request), request=request)
    if request.method == "POST" and form.is_valid():
        draft = actions.begin(source, get_language() or settings.LANGUAGE_CODE)
        return redirect(step_url(draft, next(iter(STEPS))))
    return show(
        request, "registration/start", context | {"heading": _("Open your doors"), "form": form}
    )


def of_draft(view: Callable[..., HttpResponseBase]) -> Any:
    """Give ``view`` the draft that the address is signed for; 404 for any other.

    A new event can be written while the call is open, a change until the event's first day.
    """

    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        try:
            uid, version = read_token(DRAFT, token)
        except BadLinkError as error:
            raise Http404 from error
        drafts = EventDraft.objects.select_related("campaign", "event__organiser")
        draft = get_object_or_404(drafts, uid=uid)
        if draft.event and str(draft.event.organiser.link_version) != version:
            raise Http404
        if draft.event:
            if not actions.may_change(draft.event):
                return redirect(organiser_path(draft.event.organiser))
        elif draft.campaign.phase is not CampaignPhase.CALL:
            context = {"campaign": draft.campaign, "today": swedish_today()}
            return show(request, "registration/closed", context | {"heading": CLOSED})
        return view(request, draft=draft, **kwargs)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def event_step(request: HttpRequest, draft: EventDraft, step: str) -> HttpResponse:
    """Show a step, and keep what is typed whether it is right or not."""
    if step == CHECK:
        return check(request, draft)
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return show_step(request, draft, step, blank_form(draft, step))
    form = STEPS[step](request.POST, request.FILES, draft=draft)
    keep(draft, step, typed(form, request.POST))
    if request.POST.get("do") == "add":
        return add_row(draft, step)
    valid = form.is_valid()
    if step == "picture":
        if form.cleaned_data.get("picture"):
            actions.replace_picture(draft, form.cleaned_data["picture"])
        elif form.cleaned_data.get("remove"):
            actions.replace_picture(draft, None)
    if valid:
        return redirect(step_url(draft, following(draft, step)))
    return show_step(request, draft, step, form)


def keep(draft: EventDraft, step: str, values: dict[str, list[str]]) -> None:
    """Keep what was typed in a step; what the form itself noted there stays."""
    noted = {name: value for name, value in draft.data.get(step, {}).items() if name in NOTED}
    draft.data = draft.data | {step: noted | values}
    draft.save(update_fields=["data", "updated_at"])


def add_row(draft: EventDraft, step: str) -> HttpResponseRedirect:
    """Show the step with one more row, the cursor in it."""
    kept = draft.data[step]
    rows = kept_form(draft, step).row_count if step == "when" else 0  # type: ignore[attr-defined]
    keep(draft, step, kept | {"rows": [str(rows + 1)]})
    return redirect(f"{step_url(draft, step)}#id_day-{rows}")


def following(draft: EventDraft, step: str) -> str:
    """Return the step after this one, or the page to check when every step has been seen."""
    if all(name in draft.data for name in STEPS):
        return CHECK
    names = [*STEPS, CHECK]
    return names[names.index(step) + 1]


def show_step(request: HttpRequest, draft: EventDraft, step: str, form: Any) -> HttpResponse:
    """Render a step with its form."""
    names = list(STEPS)
    number = names.index(step)
    context = {
        "heading": form.title,
        "draft": draft,
        "step": step,
        "form": form,
        "number": number + 1,
        "steps": len(names) + 1,
        "back_url": step_url(draft, names[number - 1]) if number else None,
        "check_url": step_url(draft, CHECK) if all(n in draft.data for n in names) else None,
        "picture_url": picture_url(draft),
    }
    return show(request, "registration/step", context)


def check(request: HttpRequest, draft: EventDraft) -> HttpResponse:
    """Show every answer with a way to change it, and send."""
    if request.method == "POST" and request.POST.get("do") == "discard" and draft.event:
        link = organiser_path(draft.event.organiser)
        actions.throw_away(draft)
        return redirect(link)
    parts = []
    for step, form_type in STEPS.items():
        kept = kept_form(draft, step)
        ready = kept.is_valid()
        parts.append(
            {
                "title": form_type.title,
                "url": step_url(draft, step),
                "ready": ready,
                "answers": list(kept.answers()) if ready else [],
            }
        )
    form = SendForm(posted(request), request=request)
    ready = all(part["ready"] for part in parts)
    if request.method == "POST" and ready and form.is_valid():
        # Who presses the button twice has sent it in with the first.
        with suppress(EventDraft.DoesNotExist):
            actions.submit(draft)
        if draft.event:
            return redirect(organiser_path(draft.event.organiser))
        return redirect("event_sent")
    context = {
        "heading": _("Check your answers"),
        "draft": draft,
        "parts": parts,
        "ready": ready,
        "form": form,
        "picture_url": picture_url(draft),
        "steps": len(STEPS) + 1,
        "back_url": step_url(draft, list(STEPS)[-1]),
    }
    return show(request, "registration/check", context)


def picture_url(draft: EventDraft) -> str:
    """Return the path of the draft's picture, which only this link shows, or ``""``."""
    if not draft.has_picture:
        return ""
    return f"{step_url(draft, 'picture')}file/"


@require_safe
@of_draft
def event_draft_picture(request: HttpRequest, draft: EventDraft) -> FileResponse:
    """Show the draft's picture to whoever has the link."""
    if draft.picture:
        return FileResponse(draft.picture.open("rb"))
    event = draft.event.get_latest_revision_as_object() if draft.event else None
    if event is None or not draft.kept_picture or str(event.picture_id) != draft.kept_picture:
        raise Http404
    return FileResponse(event.picture.file.open("rb"))


@require_safe
@private_page
def event_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return show(request, "registration/sent", {"heading": _("Look in your mail")})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def event_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the organiser's address by a button: mail scanners follow links."""
    organiser = find_organiser(CONFIRM, token)
    if request.method == "POST":
        actions.confirm_address(organiser)
        return redirect(organiser_path(organiser))
    context = {
        "heading": _("Confirm your address"),
        "organiser": organiser,
        "event": organiser.event,
    }
    return show(request, "registration/confirm", context)


def find_organiser(purpose: str, token: str) -> EventOrganiser:
    """Return whom a signed link was given to; 404 when it is forged or has been replaced."""
    try:
        uid, version = read_token(purpose, token)
    except BadLinkError as error:
        raise Http404 from error
    organisers = EventOrganiser.objects.select_related("event__campaign")
    return get_object_or_404(organisers, event__uid=uid, link_version=version)
