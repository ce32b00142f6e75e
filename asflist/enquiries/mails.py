"""The mails of an enquiry. None carries the address of the other side, in its text or its headers.

A key names each mail for good (``core.outbox``), so that none goes out twice.
"""

from __future__ import annotations

from typing import Any

from asflist.enquiries.links import (
    DAYS_TO_CONFIRM,
    buyer_link,
    confirm_link,
    outcome_link,
    receiver_link,
)
from asflist.enquiries.receivers import readers_of
from asflist.enums import AnswerState
from asflist.models import Enquiry, EnquiryReceiver
from core.models import OutgoingMail
from core.outbox import post

FOLDER = "asflist/mail/enquiry_"


def to_buyer(enquiry: Enquiry, key: str, template: str, **context: Any) -> bool:
    """Write a mail to the buyer; False where it has been written before."""
    return post(
        f"enquiry:{enquiry.uid}:{key}",
        f"{FOLDER}{template}.txt",
        {"enquiry": enquiry, "url": buyer_link(enquiry), **context},
        to=enquiry.email,
        language=enquiry.language,
    )


def ask_to_confirm(enquiry: Enquiry) -> None:
    """Ask the buyer to confirm the address; only this goes out before that is done."""
    to_buyer(
        enquiry,
        "confirm",
        "confirm",
        confirm_url=confirm_link(enquiry),
        receivers=list(enquiry.receivers.all()),
        days=DAYS_TO_CONFIRM,
    )


def take_back_question(enquiry: Enquiry) -> None:
    """Do not ask an address that has not been asked yet, and was wrong."""
    OutgoingMail.objects.unsent().filter(key=f"enquiry:{enquiry.uid}:confirm").delete()


def tell_buyer_it_is_sent(enquiry: Enquiry) -> None:
    """Give the buyer the link to the answers, and say who has left the list meanwhile."""
    receivers = list(enquiry.receivers.all())
    to_buyer(
        enquiry,
        "sent",
        "sent",
        receivers=[one for one in receivers if one.state != AnswerState.LEFT],
        left=[one for one in receivers if one.state == AnswerState.LEFT],
    )


def tell_buyer_of_answer(receiver: EnquiryReceiver) -> None:
    """Tell the buyer that there is an answer to read."""
    key = f"answer:{receiver.pk}:{receiver.answer_number}"
    to_buyer(receiver.enquiry, key, "answered", receiver=receiver)


def tell_buyer_it_is_stopped(enquiry: Enquiry) -> None:
    """Tell the buyer that nobody can answer any more."""
    to_buyer(enquiry, "stopped", "stopped")


def ask_for_outcome(enquiry: Enquiry, number: int) -> bool:
    """Ask the buyer what came of it, for the first or the second time."""
    receivers = list(enquiry.receivers.answered())
    return to_buyer(
        enquiry,
        f"outcome:{number}",
        "outcome",
        outcome_url=outcome_link(enquiry),
        receivers=receivers,
        is_reminder=number > 1,
    )


def tell_receiver(receiver: EnquiryReceiver, reminder: int = 0) -> int:
    """Write to each who reads the entry's mail, and count the mails that are new.

    ``reminder`` is after how many days they are reminded, 0 for the enquiry itself.
    """
    if receiver.enterprise is None:
        return 0
    return sum(
        post(
            f"enquiry-to:{receiver.uid}:{reminder}:{reader.mark}",
            f"{FOLDER}{'reminder' if reminder else 'received'}.txt",
            {
                "enquiry": receiver.enquiry,
                "receiver": receiver,
                "url": receiver_link(receiver, reader),
            },
            to=reader.email,
            language=reader.language,
        )
        for reader in readers_of(receiver.enterprise)
    )
