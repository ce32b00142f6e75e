"""Short addresses for print."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.enums import ContentLanguage


class ShortAddress(models.Model):
    """A short address that is printed, as a QR code too, and leads to a page for ever.

    When the page is gone, the address leads to ``fallback``, the page that it stood under.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    page = models.OneToOneField(
        Page,
        verbose_name=_("page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fallback = models.ForeignKey(
        Page, verbose_name=_("page above"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: In which language the library is shown to who comes when both are gone.
    language = models.CharField(max_length=2, choices=ContentLanguage)
    title = models.CharField(_("title when it was printed"), max_length=255)

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")

    def __str__(self) -> str:
        return self.code
