"""Who looks after an entry: an owner invites, removes and hands over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from asflist.models import EnterpriseOwner
from asflist.owners import access, actions
from asflist.owners.forms import InviteForm
from asflist.owners.views import show
from asflist.states import NotPossibleError
from core.step_forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_owner
def owner_invite(request: HttpRequest, owner: EnterpriseOwner) -> HttpResponse:
    """Ask somebody to look after the entry too, or instead."""
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite(
                owner.enterprise,
                form.cleaned_data["email"],
                owner,
                language=owner.language,
                name=form.cleaned_data["name"],
                replaces=None if form.cleaned_data["stay"] else owner,
            )
        except NotPossibleError as error:
            form.add_error("email", str(error))
        else:
            return redirect(f"{reverse('owner_page')}?invited={invited.pk}")
    context = {
        "heading": _("Invite somebody to look after the entry"),
        "enterprise": owner.enterprise,
        "form": form,
    }
    return show(request, "invite", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_owner
def owner_remove(request: HttpRequest, owner: EnterpriseOwner, pk: int) -> HttpResponse:
    """Let an owner of the same entry go, oneself too while somebody stays."""
    other = get_object_or_404(owner.enterprise.owners, pk=pk)
    is_self = other.pk == owner.pk
    error = ""
    if request.method == "POST":
        try:
            actions.remove(other, owner)
        except NotPossibleError as refused:
            error = str(refused)
        else:
            if is_self:
                access.log_out(request)
            return redirect("owner_link" if is_self else "owner_page")
    context = {
        "heading": _("Remove an owner"),
        "enterprise": owner.enterprise,
        "other": other,
        "is_self": is_self,
        "error": error,
    }
    return show(request, "remove", context)
