"""What an organiser has typed so far."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import ContentLanguage


class EventDraft(models.Model):
    """The public form while it is being filled in, for a new event or for a change of one.

    ``data`` maps each step to its fields as they were typed, valid or not, so that nothing is
    lost. It is deleted when it has been sent in, or when nobody has touched it for a month.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage", on_delete=models.CASCADE, related_name="event_drafts"
    )
    event = models.OneToOneField(
        "campaigns.Event",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="draft",
    )
    copied_from = models.ForeignKey(
        "campaigns.Event",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    data = models.JSONField(default=dict)
    picture = models.FileField(_("picture"), upload_to="event_drafts/", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("event being written")
        verbose_name_plural = _("events being written")

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def kept_picture(self) -> str:
        """The primary key of the event's own picture, as text, while the draft keeps it."""
        return (self.data.get("picture", {}).get("kept") or [""])[0]

    @property
    def has_picture(self) -> bool:
        """Whether the event will have a picture when the draft is sent in."""
        return bool(self.picture or self.kept_picture)
