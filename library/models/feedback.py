"""What readers answer to “Was this helpful?”."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Feedback(models.Model):
    """One reader's answer about one page: no name, no address, no cookie."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    helpful = models.BooleanField(_("helpful"))
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("answered"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("answer from a reader")
        verbose_name_plural = _("answers from readers")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.helpful}"
