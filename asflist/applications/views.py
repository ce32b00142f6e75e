"""The application in steps: pages for people without an account, and for owners who change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from asflist.applications import actions, letters
from asflist.applications.access import of_draft, show
from asflist.applications.actions import CHECK
from asflist.applications.addresses import picture_url, step_url
from asflist.applications.guarded_forms import LaterForm, SendForm
from asflist.applications.last_forms import PICTURES, CriteriaForm
from asflist.applications.step_form import EntryStepForm, RowsForm
from asflist.applications.steps import STEPS, blank_form, kept_form, steps_of
from asflist.models import EnterpriseDraft, EnterpriseOwner
from asflist.owners.standing import standing_of
from core.guard import is_over_limit
from core.step_forms import posted, typed

LATER = "later"
#: Organisation numbers that one network may try in begun applications.
MOST_NUMBERS = "60/h"


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def application_step(
    request: HttpRequest, draft: EnterpriseDraft, owner: EnterpriseOwner | None, step: str
) -> HttpResponseBase:
    """Show a step, and keep what is typed whether it is right or not."""
    if step == CHECK:
        return check(request, draft, owner)
    if step == LATER and owner is None:
        return later(request, draft)
    if step not in steps_of(draft):
        raise Http404
    if request.method != "POST":
        return show_step(request, draft, step, blank_form(draft, step))
    if step == "number" and is_over_limit(request, "application-number", MOST_NUMBERS):
        return show(request, "slowly", {"heading": _("Wait a while")}, status=429)
    form = STEPS[step](request.POST, request.FILES, draft=draft)
    keep(draft, step, typed(form, request.POST))
    return take_step(request, draft, owner, step, form)


def take_step(
    request: HttpRequest,
    draft: EnterpriseDraft,
    owner: EnterpriseOwner | None,
    step: str,
    form: EntryStepForm,
) -> HttpResponse:
    """Go where the pressed button leads, or show the step with what is wrong."""
    pressed = request.POST.get("do")
    if pressed == "add" and isinstance(form, RowsForm):
        return add_row(draft, step, form)
    valid = form.is_valid()
    if step == "pictures":
        keep_pictures(draft, form)
    if pressed == "later":
        return redirect("owner_page") if owner else redirect(step_url(draft, LATER))
    if valid:
        return redirect(step_url(draft, following(draft, step)))
    return show_step(request, draft, step, form)


@contextmanager
def held(draft: EnterpriseDraft) -> Iterator[None]:
    """Keep the draft from others while it is changed. Raises ``EnterpriseDraft.DoesNotExist``."""
    with transaction.atomic():
        stored = EnterpriseDraft.objects.select_for_update()
        draft.refresh_from_db(fields=["data", *PICTURES], from_queryset=stored)
        yield


def keep(draft: EnterpriseDraft, step: str, values: dict[str, list[str]]) -> None:
    """Keep what was typed in a step; what the form itself noted there stays."""
    with held(draft):
        noted = {name: text for name, text in draft.data.get(step, {}).items() if "kept_" in name}
        draft.data = draft.data | {step: noted | values}
        draft.save(update_fields=["data", "updated_at"])


def keep_pictures(draft: EnterpriseDraft, form: EntryStepForm) -> None:
    """Keep the files that are right, and let go those that are to be taken away."""
    pictures: dict[str, ContentFile | None] = dict.fromkeys(form.cleaned_data.get("remove", []))
    pictures |= {name: file for name in PICTURES if (file := form.cleaned_data.get(name))}
    if pictures:
        with held(draft):
            actions.replace_pictures(draft, pictures)


def add_row(draft: EnterpriseDraft, step: str, form: RowsForm) -> HttpResponseRedirect:
    """Show the step with one more row, the cursor in it."""
    keep(draft, step, draft.data[step] | {"rows": [str(form.row_count + 1)]})
    return HttpResponseRedirect(f"{step_url(draft, step)}#{form.first_of_row(form.row_count)}")


def following(draft: EnterpriseDraft, step: str) -> str:
    """Return the step after this one, or the page to check when every step has been seen."""
    names = list(steps_of(draft))
    if all(name in draft.data for name in names):
        return CHECK
    return [*names, CHECK][names.index(step) + 1]


def steps_in_words(
    draft: EnterpriseDraft, present: str, ready: Mapping[str, bool]
) -> list[dict[str, Any]]:
    """Return each step with address and state, and whether it has been seen and is shown now.

    ``ready`` says of each step that has been seen whether it is right.
    """
    found = [
        {
            "title": form.title,
            "url": step_url(draft, name),
            "seen": name in draft.data,
            "state": "" if name not in draft.data else "ready" if ready[name] else "wanting",
            "present": name == present,
        }
        for name, form in steps_of(draft).items()
    ]
    seen = all(part["seen"] for part in found)
    last = {"title": _("Check and send"), "url": step_url(draft, CHECK), "seen": seen}
    return [*found, last | {"present": present == CHECK}]


def show_step(
    request: HttpRequest, draft: EnterpriseDraft, step: str, form: EntryStepForm
) -> HttpResponse:
    """Render a step with its form."""
    names = list(steps_of(draft))
    number = names.index(step)
    seen = all(name in draft.data for name in names)
    ready = {name: kept_form(draft, name).is_valid() for name in names if name in draft.data}
    context = {
        "heading": form.title,
        "draft": draft,
        "step": step,
        "form": form,
        "number": number + 1,
        "steps": steps_in_words(draft, step, ready),
        "back_url": step_url(draft, names[number - 1]) if number and not seen else "",
        "check_url": step_url(draft, CHECK) if seen else "",
        "duplicate": getattr(form, "duplicate", None),
    } | picture_urls(draft)
    return show(request, "step", context)


def check(
    request: HttpRequest, draft: EnterpriseDraft, owner: EnterpriseOwner | None
) -> HttpResponse:
    """Show every answer with a way to change it, and send."""
    if request.method == "POST" and request.POST.get("do") == "discard" and owner:
        actions.throw_away(draft)
        return redirect("owner_page")
    parts = [part_of(draft, step) for step in steps_of(draft)]
    ready = all(part["ready"] for part in parts)
    form = SendForm(posted(request), request=request)
    if request.method == "POST" and ready and form.is_valid():
        return send(request, draft, owner)
    context = {
        "heading": _("Check your answers"),
        "draft": draft,
        "parts": parts,
        "ready": ready,
        "reason": standing_of(draft.enterprise).reason if draft.enterprise else "",
        "not_met": next((part["not_met"] for part in parts if part["not_met"]), []),
        "form": form,
        "steps": steps_in_words(draft, CHECK, {part["name"]: part["ready"] for part in parts}),
        "number": len(parts) + 1,
        "back_url": "" if owner else step_url(draft, list(STEPS)[-1]),
    } | picture_urls(draft)
    return show(request, "check", context)


def part_of(draft: EnterpriseDraft, step: str) -> dict[str, Any]:
    """Return one step's answers for the page to check."""
    form = kept_form(draft, step)
    ready = form.is_valid()
    return {
        "name": step,
        "title": form.title,
        "url": step_url(draft, step),
        "ready": ready,
        "form": form,
        "seen": step in draft.data,
        "answers": list(form.answers()) if step in draft.data else [],
        "not_met": form.not_met() if ready and isinstance(form, CriteriaForm) else [],
        "duplicate": getattr(form, "duplicate", None),
    }


def send(
    request: HttpRequest, draft: EnterpriseDraft, owner: EnterpriseOwner | None
) -> HttpResponse:
    """Send the draft in; who presses the button twice has sent it with the first."""
    if owner is None:
        with suppress(EnterpriseDraft.DoesNotExist):
            actions.send(draft)
        return redirect("application_sent")
    made = True
    with suppress(EnterpriseDraft.DoesNotExist):
        made = actions.send_change(draft, owner)
    return redirect(f"{reverse('application_change_sent')}{'' if made else '?nothing'}")


def later(request: HttpRequest, draft: EnterpriseDraft) -> HttpResponse:
    """Mail the link to what is unfinished to whoever writes it."""
    initial = {"email": draft.email}
    form = LaterForm(posted(request), request=request, initial=initial)
    context = {
        "heading": _("Go on later"),
        "draft": draft,
        "form": form,
        "open_url": step_url(draft, actions.first_open_step(draft)),
    }
    if request.method == "POST" and form.is_valid():
        with held(draft):
            draft.email, draft.sent_at = form.cleaned_data["email"], None
            draft.save(update_fields=["email", "sent_at", "updated_at"])
        letters.write_link(draft, actions.first_open_step(draft))
        context |= {"heading": _("Look in your mail"), "mailed": True}
    return show(request, "later", context)


def picture_urls(draft: EnterpriseDraft) -> dict[str, str]:
    """Return the paths of the draft's logo and picture, ``""`` for what there is none of."""
    return {
        f"{name}_url": picture_url(draft, name) if draft.has_picture(name) else ""
        for name in PICTURES
    }


@require_safe
@of_draft
def application_picture(
    request: HttpRequest, draft: EnterpriseDraft, owner: EnterpriseOwner | None, name: str
) -> FileResponse:
    """Show the draft's logo or picture to whoever may open the draft."""
    if name not in PICTURES:
        raise Http404
    if file := getattr(draft, name):
        return FileResponse(file.open("rb"))
    entry = draft.enterprise.get_latest_revision_as_object() if draft.enterprise else None
    image = getattr(entry, name, None)
    if image is None or draft.kept_picture(name) != str(image.pk):
        raise Http404
    return FileResponse(image.file.open("rb"))
