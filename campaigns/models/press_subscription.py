"""Those who want press news by mail, and what they have been sent."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asflist.places import county_choices
from campaigns.enums import PressKind
from core.enums import ContentLanguage


class PressSubscriptionQuerySet(models.QuerySet["PressSubscription"]):
    """Named questions about subscriptions."""

    def confirmed(self) -> Self:
        """Subscriptions whose address has been confirmed by its owner (double opt-in)."""
        return self.filter(confirmed_at__isnull=False)

    def wanting(self, kind: str, county_code: str, language: str) -> Self:
        """Subscriptions for an item of this kind, county (empty for the country) and language.

        Who has chosen a county gets its news and the country's.
        """
        county = Q(county_code="")
        if county_code:
            county |= Q(county_code=county_code)
            return self.filter(county, kind__in=["", kind], language=language)
        return self.filter(kind__in=["", kind], language=language)


class PressSubscription(models.Model):
    """One address that gets news of one kind or all, from one county or all."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(_("kind"), max_length=10, choices=PressKind, blank=True)
    county_code = models.CharField(_("county"), max_length=2, choices=county_choices, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = PressSubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["email", "kind", "county_code", "language"], name="unique_subscription"
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


class PressDelivery(models.Model):
    """One item to one subscriber: the row is what keeps it from being sent twice."""

    subscription = models.ForeignKey(
        PressSubscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    page = models.ForeignKey("core.BasePage", on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "page"], name="unique_delivery")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.page_id}"
