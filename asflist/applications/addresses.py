"""The signed links of the application: to what is unfinished, and to confirm an address."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from asflist.models import EnterpriseDraft
from core.mail import full_url
from core.signed_links import make_token

DRAFT = "enterprise-draft"
CONFIRM = "enterprise-confirm"


def step_url(draft: EnterpriseDraft, step: str) -> str:
    """Return the path of one step of the form, in the active language."""
    return reverse("application_step", args=[make_token(DRAFT, draft.uid), step])


def picture_url(draft: EnterpriseDraft, name: str) -> str:
    """Return the path of the draft's logo or picture, which only its own links show."""
    return reverse("application_picture", args=[make_token(DRAFT, draft.uid), name])


def resume_url(draft: EnterpriseDraft, step: str) -> str:
    """Return the link by which an applicant goes on, with scheme and host."""
    with translation.override(draft.language):
        return full_url(step_url(draft, step))


def confirm_url(draft: EnterpriseDraft) -> str:
    """Return the link that confirms the draft's present address, with scheme and host."""
    token = make_token(CONFIRM, draft.uid, address_mark(draft.email))
    with translation.override(draft.language):
        return full_url(reverse("application_confirm", args=[token]))


def address_mark(email: str) -> str:
    """Return what stands for an address in a link: a link dies when the address is changed."""
    return salted_hmac(CONFIRM, email.lower(), algorithm="sha256").hexdigest()[:20]
