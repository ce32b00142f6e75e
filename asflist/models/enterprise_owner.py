"""Who looks after an entry: personal data, outside every revision."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.enums import ContentLanguage


class EnterpriseOwnerQuerySet(models.QuerySet["EnterpriseOwner"]):
    """Named questions about owners."""

    def confirmed(self) -> Self:
        """Owners who have shown that the address is theirs."""
        return self.exclude(confirmed_at=None)

    def with_address(self, email: str) -> Self:
        """Owners with this address, however it is capitalised.

        Other letters can have the same capitals (ı and i) or small letters (UAX #44), and other
        addresses have them: only what agrees in both is the same.
        """
        return self.alias(lower=Lower("email")).filter(
            email__iexact=email, lower=Lower(models.Value(email))
        )


class EnterpriseOwner(models.Model):
    """A person who may change an entry, in the source language; visitors never see them.

    ``link_version`` is part of every link that lets the owner in: it is raised when one is used
    and when the owner is to be shut out, and every link sent before is dead.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="owners"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The owner who leaves when this one has confirmed the address."),
    )
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    link_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EnterpriseOwnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("owner of an entry")
        verbose_name_plural = _("owners of entries")
        constraints = [
            models.UniqueConstraint("enterprise", Lower("email"), name="unique_owner_of_enterprise")
        ]

    def __str__(self) -> str:
        return str(self.uid)
