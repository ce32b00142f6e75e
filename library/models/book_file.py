"""The files that a handbook is made into."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.enums import BookFormat
from library.models.handbook_page import HandbookPage


class BookFile(models.Model):
    """A handbook as PDF or EPUB: the newest whole file, and whether a newer one is wanted.

    Each publication raises ``wanted``; a build writes ``built``, the number it began with. While
    they differ the old file is served, and a build that died is begun anew by ``build_books``.
    """

    handbook = models.ForeignKey(HandbookPage, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(_("format"), max_length=4, choices=BookFormat)
    file = models.FileField(_("file"), upload_to="books/", blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    built_at = models.DateTimeField(_("made"), null=True, blank=True)
    wanted = models.PositiveIntegerField(default=0)
    built = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("book file")
        verbose_name_plural = _("book files")
        constraints = [
            models.UniqueConstraint(fields=["handbook", "format"], name="unique_format_per_book")
        ]

    def __str__(self) -> str:
        return f"{self.handbook}: {self.get_format_display()}"
