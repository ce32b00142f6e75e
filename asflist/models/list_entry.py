"""The list as it is searched: a row an enterprise, with all that finding it takes."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListEntry(models.Model):
    """What ``asflist.finding`` knows of one source-language entry, and never whether it is public.

    ``version`` is the number of the change that wrote the row, None while the enterprise has
    changed since. Lists of values have a space between each. Texts are tokens
    (``core.analysis.index_words``, each once), apart by how much a hit in them says.
    """

    enterprise_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(null=True, db_index=True)
    #: Off the list; the row stays, so that every process learns it.
    gone = models.BooleanField(default=False)
    entry_type = models.CharField(max_length=10, default="")
    municipality = models.CharField(max_length=4, default="")
    #: Slugs, with those of the wider industries.
    industries = models.TextField(default="")
    languages = models.TextField(default="")
    procurement = models.TextField(default="")
    delivers_nationwide = models.BooleanField(default=False)
    delivers_to = models.TextField(default="")
    delivers_within_km = models.PositiveSmallIntegerField(null=True)
    certified_until = models.DateField(null=True)
    member_since = models.DateField(null=True)
    target_group_share = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    sort_sv = models.TextField(default="")
    name_sv = models.TextField(default="")
    subject_sv = models.TextField(default="")
    text_sv = models.TextField(default="")
    sort_en = models.TextField(default="")
    name_en = models.TextField(default="")
    subject_en = models.TextField(default="")
    text_en = models.TextField(default="")

    class Meta:
        verbose_name = _("list entry")
        verbose_name_plural = _("list entries")

    def __str__(self) -> str:
        return str(self.enterprise_id)


class ListClock(models.Model):
    """The number of the latest change to the entries: one row, locked by whoever draws the next.

    Changes therefore become visible in the order of their numbers. ``epoch`` tells one life of the
    database from another: numbers begin anew after a restore.
    """

    epoch = models.UUIDField(default=uuid.uuid4)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("list clock")
        verbose_name_plural = _("list clocks")

    def __str__(self) -> str:
        return str(self.version)
