"""Who may open a draft: an applicant by the signed link, an owner by that and a session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from asflist.applications.addresses import DRAFT
from asflist.models import EnterpriseDraft, EnterpriseOwner
from asflist.owners.access import ask_to_log_in, open_session, owner_of
from asflist.retention import unspent_drafts
from core.signed_links import BadLinkError, private_page, read_token


def show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the application's pages."""
    return render(request, f"asflist/applications/{template}.html", context, status=status)


def gone(request: HttpRequest) -> HttpResponse:
    """Say that what a link of ours led to is no longer there."""
    return show(request, "gone", {"heading": _("This form is no longer here")}, status=410)


def read_link(purpose: str, token: str) -> list[str]:
    """Return the parts of a signed link; 404 for a forged one."""
    try:
        return read_token(purpose, token)
    except BadLinkError as error:
        raise Http404 from error


def find_draft(uid: str) -> EnterpriseDraft | None:
    """Return the draft while its links work."""
    drafts = unspent_drafts(timezone.now()).select_related("enterprise__locale", "owner")
    return drafts.filter(uid=uid).first()


def of_draft(view: Callable[..., HttpResponseBase]) -> Any:
    """Give ``view`` the ``draft`` that the address is signed for, and its ``owner`` if a change.

    A forged link is 404, one whose form is gone says so, also when it goes meanwhile. A change is
    for the entry's owners: who has no session is led to ask for a link.
    """

    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        draft = find_draft(read_link(DRAFT, token)[0])
        if draft is None:
            return gone(request)
        owner: EnterpriseOwner | None = None
        if draft.enterprise_id is not None:
            owner = owner_of(request)
            if owner is None or owner.enterprise_id != draft.enterprise_id:
                return ask_to_log_in(request)
            open_session(request, owner)
        try:
            return view(request, draft=draft, owner=owner, **kwargs)
        except EnterpriseDraft.DoesNotExist:
            return gone(request)

    return wrapped
