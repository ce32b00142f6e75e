"""The links in the mails that ask whether an entry is right."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from asflist.models import ConfirmationRequest, EnterpriseOwner
from core.mail import full_url
from core.signed_links import BadLinkError, make_token, read_token

PURPOSE = "enterprise-confirmation"
#: Seconds that a link works: longer than it takes until silence pauses the entry, and long after.
LINK_LASTS = 200 * 24 * 3600


@dataclass(frozen=True)
class Asked:
    """Who followed a link: the question, its owner, and whether the link may still let them in.

    Each mail's link lets the owner in once: not when they have been in since it was written.
    """

    request: ConfirmationRequest
    owner: EnterpriseOwner
    may_log_in: bool


def token_for(request: ConfirmationRequest, owner: EnterpriseOwner) -> str:
    """Return what stands for the question and its owner in the links."""
    return make_token(PURPOSE, request.uid, owner.uid, owner.link_version)


def read(token: str) -> Asked:
    """Return what a link was made for.

    Raises ``BadLinkError`` for a forged or old one, one that has been answered or overtaken, and
    one whose owner has been removed.
    """
    uid, owner_uid, version = read_token(PURPOSE, token, max_age=LINK_LASTS)
    requests = ConfirmationRequest.objects.open().select_related("enterprise__locale")
    request = requests.filter(uid=uid).first()
    if request is None:
        raise BadLinkError
    owners = EnterpriseOwner.objects.confirmed().filter(enterprise=request.enterprise_id)
    owner = owners.select_related("enterprise").filter(uid=owner_uid).first()
    if owner is None:
        raise BadLinkError
    return Asked(request, owner, str(owner.link_version) == version)


def mail_links(request: ConfirmationRequest, owner: EnterpriseOwner) -> dict[str, str]:
    """Return the three links by name, with scheme and host, in the owner's language."""
    token = token_for(request, owner)
    with translation.override(owner.language):
        return {
            name: full_url(reverse(f"entry_{name}", args=[token]))
            for name in ("right", "change", "leave")
        }
