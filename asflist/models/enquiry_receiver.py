"""An entry that got an enquiry, and what it answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from asflist.enums import AnswerState, EnquiryState
from asflist.models.enquiry import NAME_LENGTH, TEXT_LENGTH
from asflist.places import county_choices


class EnquiryReceiverQuerySet(models.QuerySet["EnquiryReceiver"]):
    """Named questions about receivers; the moments are aware."""

    def waiting(self) -> Self:
        """Receivers of enquiries that can be answered, who have not done so."""
        return self.filter(
            state=AnswerState.WAITING, enquiry__state=EnquiryState.SENT, enquiry__forgotten_at=None
        )

    def answered(self) -> Self:
        """Receivers who have answered in any way."""
        return self.filter(state__in=AnswerState.answers())

    def sent_between(self, first: datetime, last: datetime) -> Self:
        """Receivers whose enquiry was sent after ``first``, and at ``last`` at the latest."""
        return self.filter(enquiry__sent_at__gt=first, enquiry__sent_at__lte=last)


class EnquiryReceiver(models.Model):
    """One entry's part of an enquiry.

    ``name`` and ``county_code`` are the entry's when it was chosen. ``answer_number`` counts how
    often an answer has been sent or changed. ``deal_sum`` is in whole kronor.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enquiry = models.ForeignKey(
        "asflist.Enquiry", on_delete=models.CASCADE, related_name="receivers"
    )
    enterprise = models.ForeignKey(
        "asflist.Enterprise",
        null=True,
        on_delete=models.SET_NULL,
        related_name="received_enquiries",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    county_code = models.CharField(
        _("county"), max_length=2, choices=county_choices, blank=True, db_index=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AnswerState, default=AnswerState.WAITING
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=TEXT_LENGTH, blank=True)
    answer_number = models.PositiveSmallIntegerField(default=0)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    report_reason = models.TextField(_("reason"), max_length=1000, blank=True)
    is_deal = models.BooleanField(_("deal"), default=False)
    deal_sum = models.PositiveBigIntegerField(_("sum in kronor"), null=True, blank=True)

    objects = EnquiryReceiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("receiver of an enquiry")
        verbose_name_plural = _("receivers of enquiries")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "enterprise"], name="unique_receiver_of_enquiry"
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def has_answered(self) -> bool:
        """Whether it has answered in any way."""
        return self.state in AnswerState.answers()
