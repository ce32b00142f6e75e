"""What stands under every press release."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin

from core.models import TranslatableSetting


class PressSettings(PreviewableMixin, TranslatableSetting):
    """The boilerplate, once a language."""

    boilerplate = RichTextField(
        _("ASF in short"),
        features=["bold", "italic"],
        help_text=_(
            "What an ASF is and who you are, in a few sentences that may be printed as they stand. "
            "It is shown in the press room and under every press release."
        ),
    )

    panels = [FieldPanel("boilerplate")]

    class Meta(TranslatableSetting.Meta):
        verbose_name = _("press texts")
        verbose_name_plural = _("press texts")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "campaigns/press_settings_preview.html"
