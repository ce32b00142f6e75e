"""Who answers for an event: personal data, outside every revision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import ContentLanguage


class EventOrganiser(models.Model):
    """The organiser's own contact, which visitors never see.

    ``link_version`` is part of the signed link: raise it and every link sent before is dead.
    """

    event = models.OneToOneField(
        "campaigns.Event", on_delete=models.CASCADE, related_name="organiser"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    link_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return self.name
