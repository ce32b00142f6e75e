"""What an applicant or an owner has typed so far."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import ContentLanguage


class EnterpriseDraft(models.Model):
    """The public form while it is being filled in, for a new entry or for a change of one.

    ``data`` maps each step to its fields as they were typed, valid or not, so that nothing is
    lost (``core.step_forms``). Nothing of an application is on the list's own tables before the
    applicant has confirmed the address, so nobody can keep a number from others. It is deleted when
    it has been taken in, or when nobody has touched it for a month.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.OneToOneField(
        "asflist.Enterprise",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="draft",
    )
    owner = models.ForeignKey(
        "asflist.EnterpriseOwner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("language"), max_length=2, choices=ContentLanguage, default=ContentLanguage.SWEDISH
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("Where the link to what is unfinished goes, before anybody has confirmed it."),
    )
    data = models.JSONField(default=dict)
    logo = models.FileField(_("logo"), upload_to="enterprise_drafts/", blank=True)
    picture = models.FileField(_("picture"), upload_to="enterprise_drafts/", blank=True)
    sent_at = models.DateTimeField(_("sent in"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("entry being written")
        verbose_name_plural = _("entries being written")

    def __str__(self) -> str:
        return str(self.uid)

    def kept_picture(self, name: str) -> str:
        """The key of the entry's own logo or picture, as text, while the draft keeps it."""
        return "".join(self.data.get("pictures", {}).get(f"kept_{name}", [])[:1])

    def has_picture(self, name: str) -> bool:
        """Whether the entry will have a logo or a picture when the draft is taken in."""
        return bool(getattr(self, name) or self.kept_picture(name))
