"""The link in the yearly mail: it lets the owner in once, for as long as the mail is of use."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from asflist.models import EnterpriseOwner
from asflist.owners.access import enter
from core.mail import full_url
from core.signed_links import BadLinkError, make_token, read_token

PURPOSE = "yearly-report"
#: Seconds that the link works: from one mail until after the next.
LINK_LASTS = 60 * 24 * 3600


def report_url(owner: EnterpriseOwner, year: int) -> str:
    """Return the link to the owner's report, with scheme and host.

    It is dead as soon as the owner has been let in by any link.
    """
    token = make_token(PURPOSE, owner.uid, owner.link_version, year)
    with translation.override(owner.language):
        return full_url(reverse("report_link", args=[token]))


def find_reporter(token: str) -> tuple[EnterpriseOwner, int]:
    """Return whom the link lets in, and the year to report. Raises ``BadLinkError``."""
    uid, version, year = read_token(PURPOSE, token, max_age=LINK_LASTS)
    owners = EnterpriseOwner.objects.confirmed().select_related("enterprise")
    owner = owners.filter(uid=uid, link_version=version).first()
    if owner is None:
        raise BadLinkError
    return owner, int(year)


def let_in(request: HttpRequest, token: str) -> int:
    """Use the link up, open the owner's session and return the year. Raises ``BadLinkError``."""
    owner, year = find_reporter(token)
    enter(request, owner)
    return year
