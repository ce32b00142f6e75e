"""Deleting what is personal in enquiries when it has served its purpose (GDPR, article 5.1 e).

What is left of an enquiry is what the statistics need: when it was sent, to whom, whether it was
answered, and what came of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from asflist.models import Enquiry, EnquiryAttachment, EnquiryQuerySet, EnquiryReceiver
from asflist.models.enquiry_attachment import FOLDER, private_storage
from core.uploads import sweep

#: After the last that happened.
KEEP = timedelta(days=365)
#: What was never confirmed; its link works for a week.
KEEP_UNCONFIRMED = timedelta(days=14)
#: A file that waits for its form to be put right.
KEEP_WAITING_FILES = timedelta(days=1)
KEEP_FILES_AFTER_OUTCOME = timedelta(days=90)
KEEP_FILES = timedelta(days=183)


def forget_enquiries(now: datetime) -> int:
    """Delete or empty all that is personal and whose time is out, and count it."""
    return (
        delete_files(now)
        + delete_unconfirmed(now)
        + empty_enquiries(Enquiry.objects.silent_since(now - KEEP), now)
    )


def delete_files(now: datetime) -> int:
    """Delete the attachments whose time is out, and files that no row names; count the former."""
    nobodys = Q(enquiry=None, receiver=None, created_at__lt=now - KEEP_WAITING_FILES)
    spent = nobodys
    for path in ("enquiry", "receiver__enquiry"):
        spent |= Q(**{f"{path}__outcome_at__lt": now - KEEP_FILES_AFTER_OUTCOME})
        spent |= Q(**{f"{path}__sent_at__lt": now - KEEP_FILES})
    attachments = list(EnquiryAttachment.objects.filter(spent))
    for attachment in attachments:
        attachment.delete()
    named = set(EnquiryAttachment.objects.values_list("file", flat=True))
    sweep(private_storage(), FOLDER, named, now - KEEP_WAITING_FILES)
    return len(attachments)


def delete_unconfirmed(now: datetime) -> int:
    """Delete enquiries that nobody confirmed, and count them."""
    enquiries = list(Enquiry.objects.never_confirmed(now - KEEP_UNCONFIRMED))
    for enquiry in enquiries:
        enquiry.delete()
    return len(enquiries)


def empty_enquiries(enquiries: EnquiryQuerySet, now: datetime) -> int:
    """Empty what is personal in enquiries and their answers, and count the enquiries."""
    with transaction.atomic():
        found = Enquiry.objects.filter(pk__in=enquiries.values("pk")).select_for_update()
        pks = list(found.values_list("pk", flat=True))
        for attachment in EnquiryAttachment.objects.filter(
            Q(enquiry__in=pks) | Q(receiver__enquiry__in=pks)
        ):
            attachment.delete()
        EnquiryReceiver.objects.filter(enquiry__in=pks).update(answer="", report_reason="")
        return Enquiry.objects.filter(pk__in=pks).update(
            name="",
            organisation="",
            email="",
            phone="",
            title="",
            text="",
            outcome_comment="",
            forgotten_at=now,
        )
