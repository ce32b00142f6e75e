"""Searches of the list that somebody wants to hear of by mail."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from asflist.enums import WatchFrequency
from core.enums import ContentLanguage

QUERY_LENGTH = 1000


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Named questions about saved searches; ``now`` is an aware moment."""

    def confirmed(self) -> Self:
        """Searches whose address has been confirmed."""
        return self.exclude(confirmed_at=None)

    def due(self, now: datetime) -> Self:
        """Confirmed searches whose time to be looked at again has come."""
        waited = Q()
        for frequency in WatchFrequency:
            waited |= Q(frequency=frequency, checked_at__lte=now - frequency.interval)
        return self.confirmed().filter(Q(checked_at=None) | waited)


class SavedSearch(models.Model):
    """One search, and whom to tell of what is new to it.

    ``query`` is the list's query string, in the order of ``Filters.address``. ``told_ids`` is a
    serialised Roaring bitmap of the source entries that were there when it was confirmed or have
    been told of since (https://roaringbitmap.org): 100,000 take some 20 kB. ``latest_ids`` are what
    the latest mail tells of, and ``number`` counts the mails.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    query = models.CharField(_("search"), max_length=QUERY_LENGTH, blank=True)
    frequency = models.CharField(
        _("how often"), max_length=6, choices=WatchFrequency, default=WatchFrequency.WEEKLY
    )
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True, db_index=True)
    number = models.PositiveIntegerField(default=0)
    told_ids = models.BinaryField(default=bytes)
    latest_ids = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(
                fields=["email", "query", "language"], name="unique_saved_search"
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def told(self) -> BitMap:
        """The ids of the source entries that need not be told of."""
        return BitMap.deserialize(bytes(self.told_ids)) if self.told_ids else BitMap()

    @told.setter
    def told(self, ids: BitMap) -> None:
        self.told_ids = ids.serialize()

    @property
    def latest(self) -> BitMap:
        """The ids of the source entries that the latest mail tells of."""
        return BitMap.deserialize(bytes(self.latest_ids)) if self.latest_ids else BitMap()

    @latest.setter
    def latest(self, ids: BitMap) -> None:
        self.latest_ids = ids.serialize()
