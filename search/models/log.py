"""What visitors searched for, a day at a time, without anything personal."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from core.enums import ContentLanguage

LOGGED_LENGTH = 100  # characters


class SearchLogQuerySet(models.QuerySet["SearchLog"]):
    """What the report asks for."""

    def since(self, day: date) -> Self:
        """Searches from ``day`` on."""
        return self.filter(day__gte=day)

    def most_asked(self) -> models.QuerySet[Any, Any]:
        """Queries by language as dicts: times asked, most hits on any day, and the last day."""
        return (
            self.values("language", "query")
            .annotate(asked=Sum("times"), most_hits=Max("hits"), last=Max("day"))
            .order_by("-asked", "query", "language")
        )


class SearchLog(models.Model):
    """How many times something was searched for on a day, and how much was found.

    No address, user, session or time of day is kept: a row cannot be tied to anybody.
    """

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=2, choices=ContentLanguage)
    query = models.CharField(_("searched for"), max_length=LOGGED_LENGTH)
    hits = models.PositiveIntegerField(_("hits"))
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = SearchLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "query"], name="one_row_a_day_and_query"
            )
        ]

    def __str__(self) -> str:
        return self.query
