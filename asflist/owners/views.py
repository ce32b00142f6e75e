"""The owners' own pages: the way in, how the entry stands, and the way off the list."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asflist import states
from asflist.applications.actions import edit_entry
from asflist.models import EnterpriseOwner
from asflist.owners import access, actions
from asflist.owners.forms import LeaveForm, LinkForm
from asflist.owners.standing import history_for, standing_of
from asflist.owners.tasks import tasks_for
from core.guard import is_over_limit_of_address
from core.signed_links import BadLinkError, private_page
from core.step_forms import posted

#: How often one address can be sent its links, whoever asks: the asker is not told.
LINK_MAILS = "5/d"


def show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the owners' pages."""
    return render(request, f"asflist/owners/{template}.html", context, status=status)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def owner_link(request: HttpRequest) -> HttpResponse:
    """Mail the links of an address; the answer is the same whether there are any."""
    form = LinkForm(posted(request), request=request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not is_over_limit_of_address(email, "owner_link", LINK_MAILS):
            actions.send_links(email)
        return show(request, "link_sent", {"heading": _("Look in your mail")})
    context = {
        "heading": _("Your own page on the ASF list"),
        "form": form,
        "owner": access.owner_of(request),
    }
    return show(request, "link", context)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def owner_login(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner in by a button: mail scanners follow links."""
    try:
        if request.method == "POST":
            owner = access.log_in(request, token)
            actions.confirm_address(owner)
            return redirect("owner_page")
        owner = access.find_owner(token)
    except BadLinkError:
        heading = _("The link does not work any more")
        return show(request, "link_dead", {"heading": heading}, status=410)
    context = {"heading": owner.enterprise.name, "owner": owner, "enterprise": owner.enterprise}
    return show(request, "login", context)


@require_safe
@access.for_owner
def owner_page(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Show how the entry stands, what there is to do, and who looks after it."""
    enterprise = owner.enterprise
    people = list(people_around(owner))
    owners = [row for row in people if row.enterprise_id == enterprise.pk]
    context = {
        "heading": enterprise.name,
        "enterprise": enterprise,
        "owner": owner,
        "standing": standing_of(enterprise),
        "tasks": tasks_for(owner),
        "page_url": enterprise.get_url(request, get_language()) if enterprise.live else "",
        "history": history_for(owner),
        "owners": owners,
        "invited": just_invited(request, owners),
        "other_entries": [row for row in people if row.enterprise_id != enterprise.pk],
    }
    return show(request, "page", context)


def just_invited(request: HttpRequest, owners: list[EnterpriseOwner]) -> EnterpriseOwner | None:
    """Return whom the page's address says that an invitation was just sent to."""
    pk = request.GET.get("invited")
    return next((row for row in owners if str(row.pk) == pk and not row.confirmed_at), None)


def people_around(owner: EnterpriseOwner) -> QuerySet[EnterpriseOwner]:
    """Return the entry's owners, and the person's own rows at other entries."""
    rows = EnterpriseOwner.objects.select_related("enterprise").order_by("created_at", "pk")
    return rows.filter(enterprise=owner.enterprise_id) | rows.filter(pk__in=others_of(owner))


def others_of(owner: EnterpriseOwner) -> QuerySet[EnterpriseOwner]:
    """Return the person's rows at other entries: those with the same confirmed address."""
    rows = EnterpriseOwner.objects.confirmed().with_address(owner.email)
    return rows.exclude(enterprise=owner.enterprise_id)


@require_POST
@access.for_owner
def owner_switch(request: HttpRequest, owner: EnterpriseOwner, pk: int) -> HttpResponse:
    """Go on with another entry of the same person."""
    access.open_session(
        request, get_object_or_404(others_of(owner).select_related("enterprise"), pk=pk)
    )
    return redirect("owner_page")


@require_POST
@access.for_owner
def owner_edit(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Begin a change of the entry, or go on with the one that was begun."""
    return redirect(edit_entry(owner))


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_owner
def owner_leave(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Take the entry off the list when the owner is sure."""
    enterprise = owner.enterprise
    if not standing_of(enterprise).may_leave:
        return redirect("owner_page")
    form = LeaveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with suppress(states.NotPossibleError):  # Pressed twice, or by two owners at once.
            states.withdraw(enterprise, owner, form.cleaned_data["reason"])
        return redirect("owner_page")
    context = {"heading": _("Leave the list"), "enterprise": enterprise, "form": form}
    return show(request, "leave", context)


@private_page
@require_POST
def owner_log_out(request: HttpRequest) -> HttpResponse:
    """Forget whose browser it is."""
    access.log_out(request)
    return redirect("owner_link")
