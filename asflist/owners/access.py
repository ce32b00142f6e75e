"""Letting an owner in: by a link that is mailed, works once, and opens a short session."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from asflist.models import EnterpriseOwner
from core.mail import full_url
from core.signed_links import BadLinkError, make_token, private_page, read_token

PURPOSE = "enterprise-owner"
#: Seconds that a link works, and that a session lasts without being used.
LINK_LASTS = 24 * 3600
SESSION_LASTS = 4 * 3600
SESSION_KEY = "enterprise_owner"
#: Seconds of use after which a session is prolonged: not each page need write it anew.
PROLONG_AFTER = 300
#: Texts of so many characters are worth showing again to one whose session has ended.
WORTH_KEEPING = 20


def login_url(owner: EnterpriseOwner) -> str:
    """Return the link that lets the owner in once, with scheme and host."""
    token = make_token(PURPOSE, owner.uid, owner.link_version)
    with translation.override(owner.language):
        return full_url(reverse("owner_login", args=[token]))


def find_owner(token: str) -> EnterpriseOwner:
    """Return whom a link would let in. Raises ``BadLinkError`` for a forged, old or used one."""
    uid, version = read_token(PURPOSE, token, max_age=LINK_LASTS)
    owners = EnterpriseOwner.objects.select_related("enterprise")
    owner = owners.filter(uid=uid, link_version=version).first()
    if owner is None:
        raise BadLinkError
    return owner


def log_in(request: HttpRequest, token: str) -> EnterpriseOwner:
    """Use the link up and open a session. Raises ``BadLinkError``; of two at once, one gets in."""
    owner = find_owner(token)
    enter(request, owner)
    return owner


def enter(request: HttpRequest, owner: EnterpriseOwner) -> None:
    """Open a session by a link of the owner's, and let the link and all others die.

    ``owner`` is as when the link was read. Raises ``BadLinkError`` when one was used since.
    """
    used = EnterpriseOwner.objects.filter(pk=owner.pk, link_version=owner.link_version)
    if not used.update(link_version=F("link_version") + 1):
        raise BadLinkError
    owner.refresh_from_db()
    request.session.cycle_key()
    open_session(request, owner)


def open_session(request: HttpRequest, owner: EnterpriseOwner) -> None:
    """Know the browser as the owner's for ``SESSION_LASTS`` from now."""
    request.session[SESSION_KEY] = [owner.pk, owner.link_version, int(time.time()) + SESSION_LASTS]


def prolong(request: HttpRequest, owner: EnterpriseOwner) -> None:
    """Let a session that is used last longer."""
    _pk, _version, until = request.session[SESSION_KEY]
    if until - time.time() < SESSION_LASTS - PROLONG_AFTER:
        open_session(request, owner)


def log_out(request: HttpRequest) -> None:
    """Forget whose browser it is."""
    request.session.pop(SESSION_KEY, None)


def shut_out(owner: EnterpriseOwner) -> None:
    """Let every link and session of the owner die, those of questions and enquiries too."""
    EnterpriseOwner.objects.filter(pk=owner.pk).update(
        uid=uuid.uuid4(), link_version=F("link_version") + 1
    )


def owner_of(request: HttpRequest) -> EnterpriseOwner | None:
    """Return the owner whose session it is, with the entry, or None; one query with a session."""
    pk, version, until = request.session.get(SESSION_KEY, (None, None, 0))
    if pk is None or until < time.time():
        return None
    owners = EnterpriseOwner.objects.confirmed().select_related("enterprise__locale")
    return owners.filter(pk=pk, link_version=version).first()


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Lead to where a link is asked for; what was typed in a form is shown first, to be copied.

    Nothing of it is kept: nobody is known to have written it.
    """
    texts = [
        text
        for name, values in request.POST.lists()
        for text in values
        if name != "csrfmiddlewaretoken" and len(text) >= WORTH_KEEPING
    ]
    if not texts:
        return redirect("owner_link")
    context = {"heading": _("You have been logged out"), "texts": texts}
    return render(request, "asflist/owners/logged_out.html", context, status=403)


def for_owner(view: Callable[..., HttpResponseBase]) -> Any:
    """Give ``view`` the ``owner`` whose session it is; anybody else is led to ask for a link.

    The page is private (``core.signed_links.private_page``), and use prolongs the session.
    """

    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        owner = owner_of(request)
        if owner is None:
            return ask_to_log_in(request)
        prolong(request, owner)
        return view(request, owner=owner, **kwargs)

    return wrapped
