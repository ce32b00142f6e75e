"""Who leads the work in a county."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from asflist.models.regional import InCounties, RegionalQuerySet
from asflist.places import county_choices
from core.models import CustomImage


class ProcessLeader(InCounties, PreviewableMixin, TranslatableMixin, models.Model):
    """A process leader with contact, for one county or several."""

    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(
        _("role"),
        max_length=160,
        blank=True,
        help_text=_("What the process leader helps with, in a sentence."),
    )
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, help_text=_("A number that somebody answers.")
    )
    email = models.EmailField(_("e-mail"), help_text=_("It is shown on the page of each county."))
    counties = MultiSelectField(
        _("counties"),
        choices=county_choices,
        max_length=80,
        help_text=_("The counties that the process leader works in."),
    )
    picture = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A portrait, if the person has said yes to it."),
    )

    objects = RegionalQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("counties"),
        FieldPanel("picture"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("role"),
        SynchronizedField("phone"),
        SynchronizedField("email"),
        SynchronizedField("counties", overridable=False),
        SynchronizedField("picture"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("process leader")
        verbose_name_plural = _("process leaders")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/regions/process_leader_preview.html"
