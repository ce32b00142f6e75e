"""The national plan for certification, and how far each enterprise has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from asflist.models.regional import TranslatedQuerySet


class CertificationStep(PreviewableMixin, TranslatableMixin, models.Model):
    """A step of the plan; what is done belongs to the one in the source language."""

    title = models.CharField(
        _("title"), max_length=100, help_text=_("What the enterprise does, beginning with a verb.")
    )
    text = models.TextField(
        _("text"), max_length=800, help_text=_("What the step is for and how it is done.")
    )
    evidence = models.TextField(
        _("what to show"),
        max_length=400,
        help_text=_("What the enterprise must show before the step counts as done."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first.")
    )

    objects = TranslatedQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("evidence"),
        FieldPanel("sort_order"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        TranslatableField("evidence"),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("certification step")
        verbose_name_plural = _("certification steps")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/certification/step_preview.html"


class CertificationStepDone(models.Model):
    """A step that an enterprise, in the source language, has done; ``by`` is who saw to it."""

    enterprise = models.ForeignKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="certification_steps"
    )
    step = models.ForeignKey(CertificationStep, on_delete=models.CASCADE, related_name="done")
    done_on = models.DateField(_("done"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("certification step that is done")
        verbose_name_plural = _("certification steps that are done")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "step"], name="step_is_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.step_id}"
