"""What applicants hear by mail before anybody reads what they wrote.

Nothing that a stranger has typed stands in a mail to an address that nobody has confirmed.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from asflist.applications.addresses import confirm_url, resume_url
from asflist.models import EnterpriseDraft, EnterpriseOwner
from asflist.organisation_numbers import normalise
from core.guard import is_over_limit_of_address
from core.mail import full_url
from core.outbox import post

#: Mails of each kind that anybody can have sent to one address.
MOST_TO_ADDRESS = "6/d"


def write_link(draft: EnterpriseDraft, step: str) -> bool:
    """Mail the link to what is unfinished, or to confirm what was sent; False over the limit."""
    if draft.sent_at:
        return write_confirm(draft)
    if is_over_limit_of_address(draft.email, "application-link", MOST_TO_ADDRESS):
        return False
    write(draft, "link", {"link": resume_url(draft, step)})
    return True


def write_confirm(draft: EnterpriseDraft) -> bool:
    """Mail the link by which the applicant confirms the address; False over the limit."""
    if is_over_limit_of_address(draft.email, "application-confirm", MOST_TO_ADDRESS):
        return False
    number = "".join(draft.data["number"]["organisation_number"])
    context = {"link": confirm_url(draft), "number": in_one_style(number)}
    write(draft, "confirm", context)
    return True


def in_one_style(number: str) -> str:
    """Return an organisation number as NNNNNN-NNNN, and nothing of what is none."""
    try:
        return normalise(number)
    except ValidationError:
        return ""


def write(draft: EnterpriseDraft, letter: str, context: dict[str, Any]) -> None:
    """Have a mail sent to the draft's address when the transaction has committed."""
    post(
        f"application:{letter}:{draft.uid}:{uuid.uuid4().hex}",
        f"asflist/mail/application_{letter}.txt",
        context,
        to=draft.email,
        language=draft.language,
    )


def write_received(owner: EnterpriseOwner, draft: EnterpriseDraft) -> None:
    """Thank the owner, whose address is confirmed, for the application."""
    tell(owner, "received", draft)


def write_repeated(owner: EnterpriseOwner, draft: EnterpriseDraft) -> None:
    """Tell who looks after the entry that somebody else has tried to apply with its number."""
    tell(owner, "repeated", draft)


def tell(owner: EnterpriseOwner, letter: str, draft: EnterpriseDraft) -> None:
    """Have a mail sent to an owner, once for each application."""
    with translation.override(owner.language):
        ask_url = full_url(reverse("owner_link"))
    post(
        f"application:{letter}:{draft.uid}:{owner.uid}",
        f"asflist/mail/application_{letter}.txt",
        {"enterprise": owner.enterprise, "owner": owner, "ask_url": ask_url},
        to=owner.email,
        language=owner.language,
    )
