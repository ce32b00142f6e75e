"""Consent that ends: until which day those in a picture or in a story have said yes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import end_of_swedish_day, swedish_today

#: So many days before consent ends staff are warned.
WARNING_DAYS = 30


class ConsentQuerySet:
    """Named questions about consent, to mix into a ``QuerySet``.

    ``today`` is a Swedish day, the present one unless given.
    """

    filter: Any

    def usable(self, today: date | None = None) -> Self:
        """What may be shown: nobody has said yes only until an earlier day."""
        consented = Q(consent_expires_on=None) | Q(consent_expires_on__gte=today or swedish_today())
        rows: Self = self.filter(consented)
        return rows

    def expired(self, today: date | None = None) -> Self:
        """Where consent has ended."""
        rows: Self = self.filter(consent_expires_on__lt=today or swedish_today())
        return rows

    def expiring(self, today: date | None = None) -> Self:
        """Where consent ends within ``WARNING_DAYS`` and has not ended."""
        day = today or swedish_today()
        rows: Self = self.filter(
            consent_expires_on__range=(day, day + timedelta(days=WARNING_DAYS))
        )
        return rows

    def to_look_after(self, today: date | None = None) -> Self:
        """Where consent has ended or ends within ``WARNING_DAYS``, the earliest first."""
        last = (today or swedish_today()) + timedelta(days=WARNING_DAYS)
        rows: Self = self.filter(consent_expires_on__lte=last).order_by("consent_expires_on", "pk")
        return rows


# Wagtail has no types; next to a typed model its own would no longer pass for any (django-stubs).
Model: Any = models.Model


class Consent(Model):
    """The last day of consent, and which end of it staff have been warned of."""

    consent_expires_on = models.DateField(
        _("consent ends"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "The last day that those who are shown or told of have said yes to. "
            "The day after, it disappears everywhere. Empty: it does not end."
        ),
    )
    #: The end of consent that staff have been warned of; another end is warned of anew.
    consent_warned_for = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_expired(self) -> bool:
        """Whether consent has ended: it is then shown nowhere but in the admin."""
        return self.consent_expires_on is not None and self.consent_expires_on < swedish_today()

    @property
    def consent_in_words(self) -> str:
        """Until when, or since when not, it may be shown; an empty string where that has no end."""
        if self.consent_expires_on is None:
            return ""
        day = date_format(self.consent_expires_on, "j F Y")
        text = gettext("Ended %(day)s") if self.is_expired else gettext("Until %(day)s")
        return text % {"day": day}


def unpublished_at(
    own: datetime | None, before: date | None, until: date | None
) -> datetime | None:
    """Return the moment (aware) of Wagtail's ``expire_at`` for a page whose consent is ``until``.

    It is the editor's ``own`` moment, or the end of consent where that comes first. A moment that
    was the end of the consent that the page had ``before`` was nobody's own.
    """
    if before and own == end_of_swedish_day(before):
        own = None
    ends = end_of_swedish_day(until) if until else None
    return min(filter(None, (own, ends)), default=None)
