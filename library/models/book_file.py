"""The files that a handbook is made into."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import swedish_today
from library.enums import BookFormat, BookState
from library.models.handbook_page import HandbookPage

#: A build that began longer ago has died with its worker.
LEASE = timedelta(seconds=60)
#: What has failed is tried again by itself after so long; at once when something is published.
RETRY = timedelta(hours=1)


class BookFileQuerySet(models.QuerySet):
    """Named questions about books' files; ``now`` is aware, the present moment unless given."""

    def free(self, now: datetime | None = None) -> Self:
        """Files that are to be made and that nobody is making; asked of the row alone."""
        now = now or timezone.now()
        return self.filter(
            Q(wanted__gt=F("built")) | Q(good_until__lt=swedish_today()),
            Q(started_at=None) | Q(started_at__lt=now - LEASE),
            Q(failed_at=None) | Q(failed_at__lt=now - RETRY),
        )

    def due(self, now: datetime | None = None) -> Self:
        """Files of live books that are to be made, and that nobody is making."""
        return self.free(now).filter(handbook__live=True)

    def servable(self) -> Self:
        """Whole files that hold nothing that has been withdrawn."""
        return self.filter(
            Q(good_until=None) | Q(good_until__gte=swedish_today()), built__gte=F("needed")
        ).exclude(file="")

    def not_after(self, day: date | None) -> int:
        """Serve these files until ``day`` at the latest, if it is one; return how many it cut."""
        if day is None:
            return 0
        longer = self.filter(Q(good_until=None) | Q(good_until__gt=day)).exclude(file="")
        return longer.update(good_until=day)


class BookFile(models.Model):
    """A handbook as PDF or EPUB: the newest whole file, and whether a newer one is wanted.

    Each publication raises ``wanted``; a build writes ``built``, the number it began with. While
    they differ the old file is served, and a build that died is begun anew by ``build_books``.
    When something is withdrawn, ``needed`` is raised as well: a file that was built before that
    holds what visitors may no longer read, and is not served any more.
    """

    handbook = models.ForeignKey(HandbookPage, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(_("format"), max_length=4, choices=BookFormat)
    file = models.FileField(_("file"), upload_to="books/", blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    built_at = models.DateTimeField(_("made"), null=True, blank=True)
    wanted = models.PositiveIntegerField(default=0)
    built = models.PositiveIntegerField(default=0)
    needed = models.PositiveIntegerField(default=0)
    #: The last day that those in the file's pictures and on its cards have said yes to.
    good_until = models.DateField(null=True, blank=True)
    #: When the build that is going on began; it is taken to be dead after ``LEASE``.
    started_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = BookFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("book file")
        verbose_name_plural = _("book files")
        constraints = [
            models.UniqueConstraint(fields=["handbook", "format"], name="unique_format_per_book")
        ]

    def __str__(self) -> str:
        return f"{self.handbook}: {self.get_format_display()}"

    @property
    def is_servable(self) -> bool:
        """Whether visitors of a public book may have the file, as ``servable`` asks."""
        is_good = self.good_until is None or self.good_until >= swedish_today()
        return bool(self.file) and is_good and self.built >= self.needed

    @property
    def state(self) -> BookState:
        """Whether it is made, waits, is being made or has failed."""
        if self.started_at and self.started_at >= timezone.now() - LEASE:
            return BookState.BEING_MADE
        if self.failed_at:
            return BookState.FAILED
        return BookState.WAITING if self.built < self.wanted else BookState.MADE

    @property
    def newer_is_coming(self) -> bool:
        """Whether something has been published that is not in the file yet."""
        return self.built < self.wanted
