"""What a buyer asks of several entries at once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from asflist.enums import EnquiryOutcome, EnquiryState
from asflist.places import Municipality, municipality, municipality_choices
from core.enums import ContentLanguage

NAME_LENGTH = 120
TITLE_LENGTH = 120
TEXT_LENGTH = 4000
PHONE_LENGTH = 30
COMMENT_LENGTH = 1000


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Named questions about enquiries; ``now`` and ``before`` are aware moments."""

    def sent(self) -> Self:
        """Enquiries that the entries have got, those stopped since too."""
        return self.exclude(sent_at=None)

    def open(self) -> Self:
        """Enquiries that can be answered."""
        return self.filter(state=EnquiryState.SENT, forgotten_at=None)

    def without_outcome(self) -> Self:
        """Enquiries whose buyer has not told what came of them."""
        return self.filter(outcome="")

    def never_confirmed(self, before: datetime) -> Self:
        """Enquiries made before a moment whose buyer never confirmed the address."""
        return self.filter(state=EnquiryState.UNCONFIRMED, created_at__lt=before)

    def silent_since(self, before: datetime) -> Self:
        """Enquiries with personal data in which nothing has happened since a moment."""
        return self.sent().filter(forgotten_at=None, last_event_at__lt=before)


class Enquiry(models.Model):
    """One enquiry, personal data in part: what is personal is emptied when its time is out.

    What stays is what the statistics need: when, to whom, whether it was answered, what came of it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=EnquiryState, default=EnquiryState.UNCONFIRMED
    )
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    organisation = models.CharField(_("organisation"), max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=PHONE_LENGTH, blank=True)
    title = models.CharField(_("what is needed"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("description"), max_length=TEXT_LENGTH, blank=True)
    municipality = models.CharField(
        _("municipality"), max_length=4, choices=municipality_choices, blank=True
    )
    wanted_by = models.DateField(_("needed by"), null=True, blank=True)
    reserved_contract = models.BooleanField(_("reserved contract"), default=False)
    outcome = models.CharField(_("outcome"), max_length=4, choices=EnquiryOutcome, blank=True)
    outcome_comment = models.TextField(_("comment"), max_length=COMMENT_LENGTH, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, db_index=True)
    last_event_at = models.DateTimeField(null=True, blank=True, db_index=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=EnquiryState.UNCONFIRMED)
                | models.Q(sent_at__isnull=False),
                name="enquiry_confirmed_was_sent",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def place(self) -> Municipality | None:
        """Where it is to be done, or None."""
        return municipality(self.municipality)

    @property
    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.state == EnquiryState.SENT and self.forgotten_at is None
