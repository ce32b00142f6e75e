"""The public history of a press page."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.enums import ChangeKind


class PressChange(models.Model):
    """One republication that readers are told of; corrections are numbered from 1 within a page.

    ``earlier`` is the page's content before a correction, as a Wagtail revision holds it, so that
    it stays readable also when old revisions are purged.
    """

    page = models.ForeignKey(
        "campaigns.PressPage", on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    note = models.TextField(_("what was changed"), max_length=400)
    made_at = models.DateTimeField(_("changed"))
    earlier = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="unique_correction_number"),
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.CORRECTION, number__isnull=False)
                | models.Q(kind=ChangeKind.UPDATE, number__isnull=True),
                name="only_corrections_are_numbered",
            ),
        ]

    def __str__(self) -> str:
        return self.note
