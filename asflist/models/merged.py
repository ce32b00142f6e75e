"""Where what has been merged into something else is found now."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from asflist.models.enterprise_address import SLUG_LENGTH


class MergedEntry(models.Model):
    """The slug of an entry that was merged into ``enterprise``, which is in the source language."""

    slug = models.SlugField(_("slug"), max_length=SLUG_LENGTH, unique=True)
    enterprise = models.ForeignKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="merged_entries"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("merged entry")
        verbose_name_plural = _("merged entries")

    def __str__(self) -> str:
        return self.slug


class MergedIndustry(models.Model):
    """The slug of an industry merged into ``industry``, which is in the source language."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    industry = models.ForeignKey(
        "asflist.Industry", on_delete=models.CASCADE, related_name="merged_industries"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("merged industry")
        verbose_name_plural = _("merged industries")

    def __str__(self) -> str:
        return self.slug
