"""The signed links of an enquiry: one purpose each, and each dies with what it was made for."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from asflist.enquiries.receivers import Reader, readers_of
from asflist.models import Enquiry, EnquiryReceiver
from core.mail import full_url
from core.signed_links import BadLinkError, make_token, read_token

CONFIRMING = "enquiry-confirm"
WRITING = "enquiry-writing"
BUYER = "enquiry-buyer"
RECEIVER = "enquiry-receiver"
#: How long a link to confirm with works.
DAYS_TO_CONFIRM = 7
#: Seconds that what was written can be changed, by the browser that sent it.
WRITING_LASTS = 24 * 3600
#: Seconds that the other links work: as long as anything of the enquiry is kept.
LINK_LASTS = 400 * 24 * 3600


def confirm_link(enquiry: Enquiry) -> str:
    """Return the address at which the buyer confirms, within ``DAYS_TO_CONFIRM``."""
    with translation.override(enquiry.language):
        token = make_token(CONFIRMING, enquiry.uid)
        return full_url(reverse("enquiry_confirm", args=[token]))


def writer_token(enquiry: Enquiry) -> str:
    """Return the token that stands for the browser that the enquiry was written in."""
    return make_token(WRITING, enquiry.uid)


def buyer_token(enquiry: Enquiry) -> str:
    """Return the token that stands for the buyer."""
    return make_token(BUYER, enquiry.uid)


def buyer_link(enquiry: Enquiry) -> str:
    """Return the address at which the buyer sees who has answered."""
    with translation.override(enquiry.language):
        return full_url(reverse("enquiry", args=[buyer_token(enquiry)]))


def outcome_link(enquiry: Enquiry) -> str:
    """Return the address at which the buyer tells what came of it."""
    with translation.override(enquiry.language):
        return full_url(reverse("enquiry_outcome", args=[buyer_token(enquiry)]))


def receiver_token(receiver: EnquiryReceiver, reader: Reader) -> str:
    """Return the token that stands for one who reads the entry's mail."""
    return make_token(RECEIVER, receiver.uid, reader.mark)


def receiver_link(receiver: EnquiryReceiver, reader: Reader) -> str:
    """Return the address at which ``reader`` answers for the entry, in that reader's language."""
    with translation.override(reader.language):
        return full_url(reverse("enquiry_answer", args=[receiver_token(receiver, reader)]))


def enquiry_behind(token: str, purpose: str = BUYER) -> Enquiry:
    """Return the enquiry that the buyer's token stands for; raises ``Http404``."""
    lasts = {CONFIRMING: DAYS_TO_CONFIRM * 24 * 3600, WRITING: WRITING_LASTS}
    try:
        (uid,) = read_token(purpose, token, max_age=lasts.get(purpose, LINK_LASTS))
        return Enquiry.objects.get(uid=UUID(uid), forgotten_at=None)
    except (BadLinkError, ValueError, ValidationError, Enquiry.DoesNotExist) as error:
        raise Http404 from error


def receiver_behind(token: str) -> EnquiryReceiver:
    """Return the receiver that the token stands for; raises ``Http404``.

    404 as well when the one it was mailed to no longer reads the entry's mail.
    """
    receivers = EnquiryReceiver.objects.select_related("enquiry", "enterprise")
    try:
        uid, mark = read_token(RECEIVER, token, max_age=LINK_LASTS)
        receiver = receivers.exclude(enquiry__sent_at=None).get(
            uid=UUID(uid), enquiry__forgotten_at=None
        )
    except (BadLinkError, ValueError, EnquiryReceiver.DoesNotExist) as error:
        raise Http404 from error
    if receiver.enterprise is None or mark not in {
        reader.mark for reader in readers_of(receiver.enterprise)
    }:
        raise Http404
    return receiver
