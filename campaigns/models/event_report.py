"""What came of an event, as its organiser reports it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventReport(models.Model):
    """Visitors and new contacts at one event; the campaign's totals are sums of these."""

    event = models.OneToOneField("campaigns.Event", on_delete=models.CASCADE, related_name="report")
    visitors = models.PositiveIntegerField(
        _("visitors"), help_text=_("How many came in all. An estimate will do.")
    )
    new_contacts = models.PositiveIntegerField(
        _("new contacts"),
        help_text=_("Buyers, employers and others you agreed to talk to again."),
    )
    comment = models.TextField(
        _("what was good, and what should be better"), max_length=1500, blank=True
    )
    reported_at = models.DateTimeField(_("reported"), auto_now=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return str(self.event)
